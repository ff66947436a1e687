using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>Makes a listed product of what Medusa says.</summary>
internal static partial class MedusaMapping
{
    public static ListedProduct Listed(MedusaProduct product, MedusaOptions options)
    {
        var images = Images(product);
        var variants = (product.Variants ?? []).OrderBy(variant => variant.VariantRank ?? 0).ThenBy(variant => variant.Id, StringComparer.Ordinal)
            .Select(variant => Variant(variant, images, options)).ToList();
        var listed = new ListedProduct
        {
            Ref = new ProductRef(options.Shop, product.Id),
            Title = Text(product.Title) ?? $"Product {product.Id}",
            Handle = Text(product.Handle),
            DescriptionHtml = string.Join('\n', new[] { product.Subtitle, product.Description }.Select(Text).OfType<string>()),
            ProductType = Text(product.Type?.Value) ?? Sorted(product.Categories?.Select(category => category.Name)).FirstOrDefault(),
            Tags = Sorted(product.Tags?.Select(tag => tag.Value)),
            Attributes = Facts(product),
            Variants = variants,
            Images = images,
            Price = variants.Select(variant => variant.Price).MinBy(price => price?.Amount),
            Locale = options.Locale,
            Collections = Collections(product),
            Stock = Stock(product),
            Version = "",
            IsPublished = product.Status is "published",
            ListingUrl = ListingUrl(product.Id, product.Handle, options),
        };
        return listed with { Version = Version(listed) };
    }

    public static bool IsId(string id) => SoundId().IsMatch(id);

    /// <summary>Where shoppers see it; null where the settings do not say.</summary>
    public static string? ListingUrl(string id, string? handle, MedusaOptions options) =>
        options.ListingUrl is not { } template || (handle is null && template.Contains(MedusaOptions.Handle, StringComparison.Ordinal)) ? null
            : template.Replace(MedusaOptions.Id, Uri.EscapeDataString(id), StringComparison.Ordinal)
                .Replace(MedusaOptions.Handle, Uri.EscapeDataString(handle ?? ""), StringComparison.Ordinal);

    /// <summary>In the gallery's order, the product's thumbnail first. A picture is known by its address: its id changes whenever the gallery is saved.</summary>
    private static List<ListedImage> Images(MedusaProduct product)
    {
        var addresses = (product.Images ?? []).OrderBy(image => image.Rank).Select(image => Text(image.Url)).Prepend(Text(product.Thumbnail)).OfType<string>().Distinct(StringComparer.Ordinal);
        return [.. addresses.Select(address => new ListedImage(ImageId(address), new ImageSource.Remote(address), AltText: null))];
    }

    private static string ImageId(string address) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(address)))[..16];

    private static ProductVariant Variant(MedusaVariant variant, List<ListedImage> images, MedusaOptions options)
    {
        var chosen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in variant.Options ?? [])
        {
            if (Text(choice.Option?.Title) is { } name && Text(choice.Value) is { } value)
                chosen.TryAdd(name, value);
        }

        var shows = Text(variant.Thumbnail) is { } thumbnail ? ImageId(thumbnail) : null;
        return new(variant.Id, chosen, Price(variant, options), images.Any(image => image.Id == shows) ? shows : null) { Sku = Text(variant.Sku) };
    }

    /// <summary>Everybody's price of one piece.</summary>
    private static Money? Price(MedusaVariant variant, MedusaOptions options) =>
        options.Currency is { } currency
        && (variant.Prices ?? []).Where(price => string.Equals(price.CurrencyCode, currency, StringComparison.OrdinalIgnoreCase)
            && price is { Rules: null or { Count: 0 }, MinQuantity: null or <= 1, Amount: >= 0 }).Min(price => price.Amount) is { } amount
            ? new Money(amount, currency) : null;

    /// <summary>The collection, of which a product has one at most, then the categories.</summary>
    private static string[] Collections(MedusaProduct product) =>
        [.. new[] { Text(product.Collection?.Title) }.OfType<string>().Concat(Sorted(product.Categories?.Select(category => category.Name))).Distinct(StringComparer.Ordinal)];

    private static int? Stock(MedusaProduct product)
    {
        var counted = (product.Variants ?? []).Select(Pieces).OfType<decimal>().ToList();
        return counted.Count == 0 ? null : (int)Math.Min(int.MaxValue, counted.Sum());
    }

    /// <summary>As many as can be put together of what lies there; null for a variant that is not counted.</summary>
    private static decimal? Pieces(MedusaVariant variant) => variant is not { ManageInventory: true, InventoryItems.Count: > 0 } ? null
        : variant.InventoryItems.Min(part => Math.Max(0, decimal.Floor(
            (part.Inventory?.LocationLevels ?? []).Sum(level => (level.StockedQuantity ?? 0) - (level.ReservedQuantity ?? 0)) / (part.RequiredQuantity is > 0 and var required ? required : 1))));

    private static Dictionary<string, string> Facts(MedusaProduct product)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in new[] { ("material", product.Material), ("origin", product.OriginCountry) })
        {
            if (Text(value) is { } text)
                facts[name] = text;
        }

        return facts;
    }

    private static string[] Sorted(IEnumerable<string?>? names) => [.. (names ?? []).Select(Text).OfType<string>().Order(StringComparer.Ordinal)];

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Of what is listed and nothing else: <c>updated_at</c> moves with our own writes, and does not with a variant's.</summary>
    private static string Version(ListedProduct product) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        product.Title, product.DescriptionHtml, product.ProductType, product.Tags, product.Attributes, product.Variants, product.IsPublished, product.ListingUrl,
        Images = product.Images.Select(image => image.Id),
    })))[..32];

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SoundId();
}
