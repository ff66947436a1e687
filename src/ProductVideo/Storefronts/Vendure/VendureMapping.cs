using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>Makes a listed product of what the admin API says.</summary>
internal static partial class VendureMapping
{
    /// <summary>Decimal places of prices, where the shop does not say.</summary>
    private const int UsualPrecision = 2;

    /// <summary>Facets whose value is the maker, by code.</summary>
    private static readonly string[] Brand = ["brand", "vendor", "manufacturer"];

    /// <summary>Facets whose value is the kind of product, by code.</summary>
    private static readonly string[] Kind = ["category", "product-type", "type"];

    /// <summary>Facets whose values are mere words.</summary>
    private static readonly string[] Tag = ["tag", "tags"];

    /// <param name="product">As the shop gave it.</param>
    /// <param name="settings">Of the shop; null where it does not say.</param>
    /// <param name="options">Whose shop.</param>
    public static ListedProduct Listed(VendureProduct product, VendureSettings? settings, VendureOptions options)
    {
        var precision = Precision(settings);
        // No shopper sees the others.
        product = product with { Variants = [.. (product.Variants ?? []).Where(variant => variant.Enabled is not false)] };
        var sorted = Sorted(product);
        var facets = sorted.FacetValues!.GroupBy(value => value.Facet!.Code!, StringComparer.OrdinalIgnoreCase).ToList();
        var variants = sorted.Variants!.Select(variant => Variant(variant, precision)).ToList();
        return new()
        {
            Ref = new ProductRef(options.Shop, product.Id),
            Title = Text(product.Name) ?? $"Product {product.Id}",
            Handle = Text(product.Slug),
            DescriptionHtml = product.Description ?? "",
            Vendor = First(facets, Brand),
            ProductType = First(facets, Kind),
            Tags = [.. facets.Where(facet => Tag.Contains(facet.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(facet => facet).Select(value => value.Name!)],
            Attributes = facets.Where(facet => !Brand.Concat(Kind).Concat(Tag).Contains(facet.Key, StringComparer.OrdinalIgnoreCase))
                .GroupBy(facet => (Text(facet.First().Facet!.Name) ?? facet.Key).ToLowerInvariant(), StringComparer.Ordinal)
                .ToDictionary(facet => facet.Key, facet => string.Join(", ", facet.SelectMany(one => one).Select(value => value.Name)), StringComparer.Ordinal),
            Variants = variants,
            Images = [.. sorted.Assets!.Select(asset => new ListedImage(asset.Id, new ImageSource.Remote(new Uri(options.Url!, asset.Source!).AbsoluteUri), AltText: null))],
            Price = variants.Select(variant => variant.Price).MinBy(price => price?.Amount),
            Locale = options.Locale,
            Version = Version(sorted),
            Collections = [.. (product.Collections ?? []).Select(collection => Text(collection.Name)).OfType<string>().Distinct(StringComparer.Ordinal)],
            Stock = Stock(product, settings),
            IsPublished = product.Enabled,
            ListingUrl = ListingUrl(product, options),
        };
    }

    /// <summary>Where shoppers see it; null where the settings do not say.</summary>
    public static string? ListingUrl(VendureProduct product, VendureOptions options) => options.ShopUrl?
        .Replace("{slug}", Uri.EscapeDataString(product.Slug ?? ""), StringComparison.Ordinal)
        .Replace("{id}", Uri.EscapeDataString(product.Id), StringComparison.Ordinal);

    private static int Precision(VendureSettings? settings) => settings?.ServerConfig?.MoneyStrategyPrecision is >= 0 and <= 6 and var places ? places : UsualPrecision;

    /// <summary>Whether it may be an id: a number, a UUID, or what a shop makes of one.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    /// <summary>
    /// What is listed and nothing else, in one order: what comes of it is compared. <c>updatedAt</c> is not asked for, because it moves with
    /// everything that is saved. Our clips may stand among the assets, and are no part of it.
    /// </summary>
    private static VendureProduct Sorted(VendureProduct product)
    {
        IEnumerable<VendureAsset> assets = product.Assets ?? [];
        if (product.FeaturedAsset is { } featured)
            assets = assets.Prepend(featured);
        return product with
        {
            FeaturedAsset = null,
            Collections = null,
            Assets = [.. assets.Where(asset => asset is { Type: "IMAGE", Source.Length: > 0 }).DistinctBy(asset => asset.Id, StringComparer.Ordinal)],
            FacetValues = [.. (product.FacetValues ?? []).Where(value => Text(value.Name) is not null && Text(value.Facet?.Code) is not null)
                .OrderBy(value => value.Facet!.Code, StringComparer.Ordinal).ThenBy(value => value.Name, StringComparer.Ordinal)],
            Variants = [.. (product.Variants ?? []).Select(variant => variant with
            {
                Options = [.. (variant.Options ?? []).OrderBy(option => option.Group?.Name, StringComparer.Ordinal)],
                FeaturedAsset = variant.FeaturedAsset is { } shown ? new VendureAsset(shown.Id, Type: null, Source: null) : null,
                Enabled = null, TrackInventory = null, UseGlobalOutOfStockThreshold = null, OutOfStockThreshold = null, StockLevels = null,
            }).OrderBy(variant => variant.Id.Length).ThenBy(variant => variant.Id, StringComparer.Ordinal)],
        };
    }

    private static string Version(VendureProduct sorted) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        sorted with { Variants = [.. sorted.Variants!.Select(variant => variant with { Sku = null })] })))[..32];

    private static ProductVariant Variant(VendureVariant variant, int precision)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in variant.Options!)
        {
            if (Text(option.Group?.Name) is { } group && Text(option.Name) is { } name)
                chosen.TryAdd(group, name);
        }

        return new(variant.Id, chosen, Price(variant, precision), variant.FeaturedAsset?.Id) { Sku = Text(variant.Sku) };
    }

    /// <summary>As the shop itself works out what it can sell.</summary>
    private static int? Stock(VendureProduct product, VendureSettings? settings)
    {
        var counted = (product.Variants ?? []).Where(variant => variant.TrackInventory is "TRUE" || (variant.TrackInventory is "INHERIT" && settings is { TrackInventory: true })).ToList();
        return counted.Count == 0 ? null : (int)Math.Min(int.MaxValue, counted.Sum(variant => Math.Max(0, (variant.StockLevels ?? []).Sum(level => (long)level.StockOnHand - level.StockAllocated)
            - ((variant.UseGlobalOutOfStockThreshold is true ? settings?.OutOfStockThreshold : variant.OutOfStockThreshold) ?? 0))));
    }

    private static Money? Price(VendureVariant variant, int precision) =>
        variant is { PriceWithTax: { } amount and >= 0, CurrencyCode: { } currency } && Currencies.IsKnown(currency)
            ? new Money(amount / Power(precision), currency) : null;

    private static decimal Power(int places) => Enumerable.Repeat(10m, places).Aggregate(1m, (product, ten) => product * ten);

    private static string? First(IEnumerable<IGrouping<string, VendureFacetValue>> facets, string[] codes) =>
        facets.FirstOrDefault(facet => codes.Contains(facet.Key, StringComparer.OrdinalIgnoreCase))?.First().Name;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
