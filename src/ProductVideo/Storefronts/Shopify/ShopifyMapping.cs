using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>Makes a listed product of what the Admin API says, and our ids of its ids: <c>gid://shopify/Product/42</c> is <c>42</c> here.</summary>
internal static class ShopifyMapping
{
    /// <summary>As many pictures as a list holds: by them and no more it is told whether the product changed, however it was read.</summary>
    private const int PicturesThatTell = 20;

    private const string ProductId = "gid://shopify/Product/";

    /// <summary>What Shopify calls the only option of a product that has none.</summary>
    private const string NoOption = "Title";

    /// <param name="product">As the shop gave it.</param>
    /// <param name="options">Whose shop.</param>
    public static ListedProduct Listed(ShopifyProduct product, ShopifyOptions options)
    {
        var pictures = (product.Media?.Nodes ?? []).Where(media => media.Image is not null).ToList();
        var price = product.PriceRangeV2?.MinVariantPrice;
        return new ListedProduct
        {
            Ref = new ProductRef(options.Shop, Id(product.Id)),
            Title = product.Title,
            Handle = Text(product.Handle),
            DescriptionHtml = product.DescriptionHtml ?? "",
            Vendor = Text(product.Vendor),
            ProductType = Text(product.ProductType) ?? Text(product.Category?.FullName.Split('>')[^1]),
            Tags = product.Tags ?? [],
            Attributes = Facts(product.Options),
            Variants = [.. (product.Variants?.Nodes ?? []).Select(variant => Variant(variant, price?.CurrencyCode))],
            Images = [.. pictures.Select(media => new ListedImage(Id(media.Id), new ImageSource.Remote(media.Image!.Url), Text(media.Alt)))],
            Price = Price(price?.Amount, price?.CurrencyCode),
            Locale = options.Locale,
            Version = Version(product, pictures),
            Collections = [.. (product.Collections?.Nodes ?? []).Select(collection => Text(collection.Title)).OfType<string>().Distinct(StringComparer.Ordinal)],
            Stock = product is { TracksInventory: true, TotalInventory: { } pieces } ? Math.Max(0, pieces) : null,
            IsPublished = product.Status is "ACTIVE" or "UNLISTED",
            ListingUrl = product.OnlineStoreUrl,
        };
    }

    /// <summary>The number at the end.</summary>
    public static string Id(string gid) => gid[(gid.LastIndexOf('/') + 1)..];

    /// <returns>null for what is no id that Shopify gives.</returns>
    public static string? Gid(string productId) =>
        long.TryParse(productId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number.ToString(CultureInfo.InvariantCulture) == productId
            ? ProductId + productId : null;

    /// <summary>Words that all must be found, each quoted: what a person types is no query language.</summary>
    /// <param name="words">null for any.</param>
    /// <param name="changedSince">null for whenever.</param>
    public static string? Search(string? words, DateTimeOffset? changedSince)
    {
        var terms = (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"").ToList();
        if (changedSince is { } since)
            terms.Add(string.Create(CultureInfo.InvariantCulture, $"updated_at:>='{since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}'"));
        return terms.Count == 0 ? null : string.Join(' ', terms);
    }

    private static ProductVariant Variant(ShopifyVariant variant, string? currency) => new(
        Id(variant.Id),
        (variant.SelectedOptions ?? []).Where(option => option is not { Name: NoOption, Value: "Default Title" })
            .DistinctBy(option => option.Name, StringComparer.Ordinal).ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal),
        Price(variant.Price, currency),
        variant.Media?.Nodes is [{ } media, ..] ? Id(media.Id) : null)
    {
        Sku = Text(variant.Sku),
    };

    /// <summary>What all variants share; what they differ in is no fact of the product.</summary>
    private static Dictionary<string, string> Facts(IReadOnlyList<ShopifyOption>? options)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in (options ?? []).Where(option => option is { Name: not NoOption, Values.Count: 1 }))
            facts.TryAdd(option.Name.ToLowerInvariant(), option.Values[0]);
        return facts;
    }

    private static Money? Price(string? amount, string? currency) =>
        currency is not null && decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price >= 0 ? new Money(price, currency) : null;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>
    /// Of what is listed and nothing else: <c>updatedAt</c> moves with stock, and with our own clip. Only of members that a list has too, so
    /// that a product in a list and the product itself are compared alike.
    /// </summary>
    private static string Version(ShopifyProduct product, IEnumerable<ShopifyMedia> pictures) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        product with
        {
            Variants = null, Media = new([.. pictures.Take(PicturesThatTell).Select(media => media with { Filename = null })]),
            Handle = null, Collections = null, TracksInventory = null, TotalInventory = null,
        })))[..32];
}
