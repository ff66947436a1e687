namespace ProductVideo.Providers.DashScope;

/// <summary>An account at Alibaba Cloud Model Studio (DashScope). Bound from <c>ProductVideo:HappyHorse</c> and <c>ProductVideo:Wan</c>.</summary>
public sealed class DashScopeOptions
{
    /// <summary>Of the same region as <see cref="BaseAddress"/>. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// The region's host, for example <c>https://dashscope.aliyuncs.com</c> (Beijing) or a workspace's own,
    /// <c>https://{WorkspaceId}.eu-central-1.maas.aliyuncs.com</c>.
    /// </summary>
    /// <value>Singapore.</value>
    public Uri BaseAddress { get; set; } = new("https://dashscope-intl.aliyuncs.com");

    /// <summary>A sub-workspace to which tasks are counted; null for the key's own.</summary>
    public string? Workspace { get; set; }

    /// <summary>How pictures get there.</summary>
    /// <value>Within the request.</value>
    public DashScopePictures Pictures { get; set; } = DashScopePictures.DataUri;

    /// <summary>Models that may be chosen, the default first; empty for all that the adapter knows and has a price for.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>
    /// Resolutions that may be chosen, the default first; empty for all that a model makes and that have a price. 480P of HappyHorse 1.1 is
    /// documented by the newest pages only: leave it out where it is refused.
    /// </summary>
    public IList<string> Resolutions { get; } = [];

    /// <summary>
    /// What a second costs, where the built-in list is out of date or has no price: model → resolution → <see cref="Currency"/>. Needed for every
    /// region but Singapore, whose prices alone are built in.
    /// </summary>
    public IDictionary<string, Dictionary<string, decimal>> PricePerSecond { get; } = new Dictionary<string, Dictionary<string, decimal>>(StringComparer.Ordinal);

    /// <summary>Of <see cref="PricePerSecond"/>; ISO 4217.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day from which <see cref="PricePerSecond"/> is known to be true.</summary>
    public DateOnly PriceDate { get; set; } = DashScopePrices.Date;
}

public enum DashScopePictures
{
    /// <summary>Within the request: works for shops that nobody can reach from outside.</summary>
    DataUri,

    /// <summary>By an address of the blob store, where that gives any, as Azure does; otherwise within the request.</summary>
    Url,

    /// <summary>By Model Studio's temporary upload (48 hours; meant for trials, Beijing and Singapore only).</summary>
    Upload,
}
