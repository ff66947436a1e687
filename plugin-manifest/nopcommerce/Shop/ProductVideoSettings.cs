using Nop.Core.Configuration;

namespace ProductVideo.Shop;

/// <summary>What the merchant set. Kept among the shop's settings, for all stores.</summary>
public sealed class ProductVideoSettings : ISettings
{
    public string ServiceUrl { get; set; } = "";

    public string ServiceKey { get; set; } = "";

    public string ServiceShop { get; set; } = "";

    /// <summary>Signs what goes both ways.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The only store whose products the service sees; 0 for all.</summary>
    public int StoreId { get; set; }

    public int MaxClipMegabytes { get; set; } = 200;
}
