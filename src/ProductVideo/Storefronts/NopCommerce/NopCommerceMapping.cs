using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>Makes a listed product of what the bridge says.</summary>
internal static class NopCommerceMapping
{
    public static ListedProduct Listed(NopProduct product, NopCommerceOptions options) => new()
    {
        Ref = new ProductRef(options.Shop, Id(product.Id)),
        Title = Text(product.Name) ?? $"Product {Id(product.Id)}",
        // The bridge tells it in the address alone.
        Handle = Uri.TryCreate(product.Url, UriKind.Absolute, out var page) && page.Segments[^1].Trim('/') is { Length: > 0 } name ? Uri.UnescapeDataString(name) : null,
        DescriptionHtml = string.Join('\n', new[] { product.ShortDescription, product.FullDescription }.Where(part => !string.IsNullOrWhiteSpace(part))),
        Vendor = Names(product.Manufacturers).FirstOrDefault(),
        ProductType = Names(product.Categories).FirstOrDefault(),
        Tags = [.. Names(product.Tags)],
        Attributes = Facts(product.Specifications),
        Variants = [.. (product.Variants ?? []).Select(variant => Variant(variant, product))],
        Images = [.. (product.Pictures ?? []).Where(picture => picture.Id > 0).DistinctBy(picture => picture.Id).Select(picture => new ListedImage(
            Id(picture.Id), new ImageSource.Held(Id(picture.Id)), Text(picture.Alt)))],
        Price = Price(product.Price, product.Currency),
        Locale = options.Locale ?? Text(product.Language),
        Collections = [.. Names(product.Categories).Distinct(StringComparer.Ordinal)],
        Stock = product.Stock is { } pieces ? Math.Max(0, pieces) : null,
        Sold = product.Sold,
        Sku = Text(product.Sku),
        Version = Version(product),
        IsPublished = product.Published,
        ListingUrl = product.Url,
    };

    public static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <returns>null for what is no id that nopCommerce gives.</returns>
    public static int? Id(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && Id(number) == id ? number : null;

    private static ProductVariant Variant(NopVariant variant, NopProduct product) => new(
        Id(variant.Id), Options(variant.Options), Price(variant.Price ?? product.Price, product.Currency), variant.PictureId is > 0 and var picture ? Id(picture) : null)
    {
        Sku = Text(variant.Sku),
    };

    private static Dictionary<string, string> Options(IReadOnlyList<NopValue>? options)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            if (Text(option.Name) is { } name && Text(option.Value) is { } value)
                chosen.TryAdd(name, value);
        }

        return chosen;
    }

    /// <summary>An attribute that a product has several values of comes once for each.</summary>
    private static Dictionary<string, string> Facts(IReadOnlyList<NopValue>? specifications) => (specifications ?? [])
        .Select(one => (Name: Text(one.Name)?.ToLowerInvariant(), Value: Text(one.Value))).Where(one => one is { Name: not null, Value: not null })
        .GroupBy(one => one.Name!, one => one.Value!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => string.Join(", ", group.Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);

    private static Money? Price(decimal? amount, string? currency) =>
        amount is >= 0 && currency is not null && Currencies.IsKnown(currency) ? new Money(amount.Value, currency) : null;

    private static IEnumerable<string> Names(IReadOnlyList<string>? names) => (names ?? []).Select(Text).OfType<string>();

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Of what is listed and nothing else: the shop's own date moves with every order that takes from the stock.</summary>
    private static string Version(NopProduct product) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        // The first category is listed as the kind of product; the others are no part of what a video is made from.
        product with { Categories = [.. Names(product.Categories).Take(1)], Stock = null, Sold = null })))[..32];
}
