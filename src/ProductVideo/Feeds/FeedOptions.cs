using Microsoft.Extensions.Options;
using ProductVideo.Hosting;

namespace ProductVideo.Feeds;

/// <summary>How the items of feeds are named. Bound from <c>ProductVideo:Feeds</c>.</summary>
public sealed class FeedOptions
{
    internal const string Section = ProductVideoOptions.Section + ":Feeds";

    /// <summary>By the shop's key; a shop that is not named has the defaults.</summary>
    public Dictionary<string, ShopFeedOptions> Shops { get; set; } = new(StringComparer.Ordinal);

    internal ShopFeedOptions Of(string shop) => Shops.GetValueOrDefault(shop) ?? new();
}

/// <summary>How the items of one shop's feeds are named.</summary>
public sealed class ShopFeedOptions
{
    /// <summary>The ids in the shop's Google feed: <c>{product}</c>, <c>{variant}</c>, <c>{sku}</c>, <c>{country}</c> are filled in. <c>shopify</c> is Shopify's own form.</summary>
    /// <value><c>{product}</c></value>
    public string GoogleId { get; set; } = "{product}";

    /// <summary>The same for Meta's catalog.</summary>
    /// <value><c>{product}</c></value>
    public string MetaId { get; set; } = "{product}";

    /// <summary>ISO 3166 code that <c>{country}</c> stands for, for example <c>DE</c>.</summary>
    public string? Country { get; set; }

    internal ItemIdTemplate TemplateFor(FeedChannel channel) => ItemIdTemplate.Parse(channel is FeedChannel.Google ? GoogleId : MetaId)
        ?? throw new InvalidOperationException("The settings of the feeds were not checked.");
}

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class FeedOptionsValidation : IValidateOptions<FeedOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        string[] mistakes = [.. options.Shops.SelectMany(shop => Mistakes(shop.Key, shop.Value))];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(string shop, ShopFeedOptions options)
    {
        foreach (var (setting, text) in new[] { (nameof(options.GoogleId), options.GoogleId), (nameof(options.MetaId), options.MetaId) })
        {
            if (ItemIdTemplate.Parse(text) is not { } template)
                yield return $"{FeedOptions.Section}:Shops:{shop}:{setting} is '{text}'; write how the channel names items, with {{product}}, {{variant}} or {{sku}}, or shopify.";
            else if (template.NamesCountry && string.IsNullOrWhiteSpace(options.Country))
                yield return $"{FeedOptions.Section}:Shops:{shop}:{setting} names {{country}}, but Country is missing; write it, for example DE.";
        }
    }
}
