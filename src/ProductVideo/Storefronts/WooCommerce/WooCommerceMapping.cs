using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>Makes a listed product of what <c>wc/v3</c> says.</summary>
internal static class WooCommerceMapping
{
    private const string NoCategory = "Uncategorized";

    /// <param name="product">As the shop gave it.</param>
    /// <param name="variations">Of a product with variants, where they were read; a list gives only their ids.</param>
    /// <param name="options">Whose shop.</param>
    public static ListedProduct Listed(WooProduct product, IReadOnlyList<WooVariation>? variations, WooCommerceOptions options) => new()
    {
        Ref = new ProductRef(options.Shop, Id(product.Id)),
        Title = Text(product.Name) ?? $"Product {Id(product.Id)}",
        Handle = string.IsNullOrWhiteSpace(product.Slug) ? null : product.Slug,
        DescriptionHtml = string.Join('\n', new[] { product.ShortDescription, product.Description }.Where(part => !string.IsNullOrWhiteSpace(part))),
        Vendor = product.Brands?.Select(brand => Text(brand.Name)).FirstOrDefault(name => name is not null),
        ProductType = Categories(product).FirstOrDefault(),
        Tags = [.. Names(product.Tags)],
        Attributes = Facts(product.Attributes),
        Variants = variations is null ? [.. (product.Variations ?? []).Select(id => new ProductVariant(Id(id), Nothing, Price: null, ImageId: null))]
            : [.. variations.Select(variation => Variant(variation, options))],
        Images = [.. (product.Images ?? []).Where(image => image is { Id: > 0, Src.Length: > 0 }).DistinctBy(image => image.Id).Select(image => new ListedImage(
            Id(image.Id), new ImageSource.Remote(image.Src!), Text(image.Alt)))],
        Price = Price(product.ProductvideoPrice ?? product.Price, options),
        Locale = options.Locale,
        Version = Version(product),
        Collections = [.. Categories(product).Distinct(StringComparer.Ordinal)],
        Stock = Stock(product),
        Sold = Pieces(product.TotalSales),
        Sku = Text(product.Sku),
        IsPublished = product.Status is "publish",
        ListingUrl = product.Permalink,
    };

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <returns>null for what is no id that WordPress gives.</returns>
    public static long? Id(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && Id(number) == id ? number : null;

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static ProductVariant Variant(WooVariation variation, WooCommerceOptions options)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in variation.Attributes ?? [])
        {
            if (Text(attribute.Name) is { } name && Text(attribute.Option) is { } option)
                chosen.TryAdd(name, option);
        }

        return new(Id(variation.Id), chosen, Price(variation.ProductvideoPrice ?? variation.Price, options), variation.Image is { Id: > 0 and var image } ? Id(image) : null)
        {
            Sku = Text(variation.Sku),
        };
    }

    /// <summary>What all variants share; what they differ in is no fact of the product.</summary>
    private static Dictionary<string, string> Facts(IReadOnlyList<WooAttribute>? attributes)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in (attributes ?? []).Where(attribute => !attribute.Variation))
        {
            var values = (attribute.Options ?? []).Select(Text).OfType<string>().ToList();
            if (Text(attribute.Name) is { } name && values.Count > 0)
                facts.TryAdd(name.ToLowerInvariant(), string.Join(", ", values));
        }

        return facts;
    }

    private static Money? Price(string? price, WooCommerceOptions options) =>
        options.Currency is { } currency && decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount >= 0
            ? new Money(amount, currency) : null;

    private static IEnumerable<string> Categories(WooProduct product) => Names(product.Categories).Where(name => name is not NoCategory);

    /// <summary>Of the product as a whole, and of variants that are counted each for itself. That all is sold out is told without numbers too.</summary>
    private static int? Stock(WooProduct product)
    {
        var (whole, variants) = (product.ManageStock is "true" ? Pieces(product.StockQuantity) : null, Pieces(product.ProductvideoStock));
        return whole is null && variants is null ? product.StockStatus is "outofstock" ? 0 : null : (int)Math.Min(int.MaxValue, (whole ?? 0) + (variants ?? 0));
    }

    private static long? Pieces(string? number) => decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pieces)
        ? (long)Math.Clamp(decimal.Floor(pieces), 0, int.MaxValue) : null;

    private static IEnumerable<string> Names(IReadOnlyList<WooTerm>? terms) => (terms ?? []).Select(term => Text(term.Name)).OfType<string>();

    /// <summary>WordPress keeps titles and names with entities in them.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : WebUtility.HtmlDecode(text).Trim();

    /// <summary>
    /// Of what is listed and nothing else: <c>date_modified</c> moves with every save of stock, and of what other plugins keep. Only of members
    /// that a list has too, so that a product in a list and the product itself are compared alike.
    /// </summary>
    private static string Version(WooProduct product) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(product with
    {
        // The one that is listed as the kind of product; the others are no part of what a video is made from.
        Categories = [.. Categories(product).Take(1).Select(name => new WooTerm(name))],
        Slug = null, ManageStock = null, StockQuantity = null, StockStatus = null, ProductvideoStock = null, TotalSales = null, Sku = null,
    })))[..32];
}
