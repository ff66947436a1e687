using System.Security.Cryptography;
using System.Text.Json;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>Makes a listed product of what <c>api/catalog/products</c> says, and a video's row of a clip.</summary>
internal static class VirtoCommerceMapping
{
    /// <summary>As the shop's own pages write the owner's kind.</summary>
    public const string OwnerType = "Product";

    private const string Variation = "Variation";
    private const string Brand = "brand";
    private const string NoLanguage = "en-US";
    private const string Mark = "Made with AI.";
    private const string GermanMark = "Mit KI erstellt.";

    /// <summary>The shop's columns for a video's texts hold no more characters.</summary>
    private const int MaxText = 1024;

    public static ListedProduct Listed(VirtoProduct product, VirtoCommerceOptions options)
    {
        var language = Language(product, options);
        product = AsShown(product, language);
        return new()
        {
            Ref = new ProductRef(options.Shop, product.Id!),
            Title = Text(product.Name) ?? $"Product {product.Id}",
            Handle = Slug(product, language),
            DescriptionHtml = Description(product.Reviews, language),
            Vendor = Values(product.Properties, Brand, language).FirstOrDefault(),
            ProductType = Kind(product),
            Collections = Collections(product),
            Attributes = Facts(product.Properties, language),
            Variants = [.. (product.Variations ?? []).Where(one => one is { Id: not null, IsActive: not false }).Select(one => new ProductVariant(
                one.Id!, Chosen(one, language), Price: null, (one.Images ?? []).Select(image => image.Id).FirstOrDefault(id => id is not null && product.Images?.Any(image => image.Id == id) is true)) { Sku = Text(one.Code) })],
            Images = [.. (product.Images ?? []).Where(image => image.Url is { Length: > 0 }).OrderBy(image => image.SortOrder).Select(image => new ListedImage(
                image.Id ?? image.Url!, new ImageSource.Remote(Absolute(image.Url!, options)), Text(image.AltText))).DistinctBy(image => image.Id)],
            Locale = language,
            Sku = Text(product.Code),
            Version = Version(product),
            IsPublished = product.IsActive is not false,
            ListingUrl = ListingUrl(product, language, options),
        };
    }

    /// <summary>The row that shows a clip. The shop keeps no key with it: the name of the clip's file is its key.</summary>
    /// <param name="product">Whose it is; read with <see cref="Listed"/>.</param>
    /// <param name="clip">What is shown.</param>
    /// <param name="contentUrl">Where the MP4 is.</param>
    /// <param name="posterUrl">Where the poster is; without one the row shows the main picture, for it must show one.</param>
    /// <param name="sortOrder">Its place among the product's videos.</param>
    /// <param name="now">When it went up.</param>
    public static VirtoVideo Row(ListedProduct product, ClipToAttach clip, string contentUrl, string? posterUrl, int sortOrder, DateTimeOffset now)
    {
        var language = product.Locale is { Length: > 0 and <= VirtoCommerceOptions.MaxLanguage } locale ? locale : NoLanguage;
        var mark = !clip.MadeWithAi ? "" : Subtag(language) is "de" ? GermanMark : Mark;
        return new(
            Id: null, WithMark(product.Title, mark), WithMark(Text(clip.AltText) ?? product.Title, mark), sortOrder, now.UtcDateTime,
            posterUrl ?? product.Images.Select(image => image.Source).OfType<ImageSource.Remote>().FirstOrDefault()?.Address ?? contentUrl,
            contentUrl, contentUrl, System.Xml.XmlConvert.ToString(TimeSpan.FromMilliseconds(Math.Round(clip.Duration.TotalMilliseconds))), language,
            product.Ref.ProductId, OwnerType, CreatedDate: null);
    }

    /// <summary>Whether a row shows the clip of that key: one that we made, by its file's name.</summary>
    public static bool Shows(VirtoVideo video, string key) => IsOurs(video) && video.ContentUrl!.EndsWith($"/{VirtoCommerceAssets.ClipName(key)}", StringComparison.Ordinal);

    /// <summary>A row of ours that the storefront can't play, because an earlier version made it, as <see cref="Row"/> makes one; null for any other.</summary>
    public static VirtoVideo? Mended(VirtoVideo video) => !IsOurs(video) || !string.IsNullOrEmpty(video.EmbedUrl) ? null : video with
    {
        EmbedUrl = video.ContentUrl,
        Name = WithMark(video.Name ?? "", new[] { Mark, GermanMark }.FirstOrDefault(mark => video.Description?.EndsWith(mark, StringComparison.Ordinal) is true) ?? ""),
    };

    private static bool IsOurs(VirtoVideo video) => video.ContentUrl?.Contains($"/{VirtoCommerceAssets.Folder}/", StringComparison.Ordinal) is true;

    public static string Absolute(string url, VirtoCommerceOptions options) => new Uri(new Uri(VirtoCommerceApi.Root(options)), url).AbsoluteUri;

    private static IEnumerable<string> Path(VirtoProduct product) => (product.Path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Text).OfType<string>();

    private static string? Kind(VirtoProduct product) => Path(product).LastOrDefault();

    /// <summary>Every category on a way to it, the outermost first. Older modules give the ways without names.</summary>
    private static IReadOnlyList<string> Collections(VirtoProduct product)
    {
        var named = (product.Outlines ?? []).SelectMany(outline => outline.Items ?? []).Where(item => item.SeoObjectType is "Category").Select(item => Text(item.Name)).OfType<string>();
        return [.. Path(product).Concat(named).Distinct(StringComparer.Ordinal)];
    }

    private static string Language(VirtoProduct product, VirtoCommerceOptions options) =>
        options.Locale ?? (product.Reviews ?? []).Select(review => Text(review.LanguageCode)).FirstOrDefault(code => code is not null)
        ?? (product.SeoInfos ?? []).Select(seo => Text(seo.LanguageCode)).FirstOrDefault(code => code is not null) ?? NoLanguage;

    /// <summary>Under the name of that language, and without what the merchant keeps from shoppers.</summary>
    private static VirtoProduct AsShown(VirtoProduct product, string language) => product with
    {
        Name = In((product.LocalizedName?.Values ?? new Dictionary<string, string?>()).Where(name => Text(name.Value) is not null).ToList(), language, name => name.Key)
            .Select(name => name.Value).FirstOrDefault() ?? product.Name,
        LocalizedName = null,
        Properties = Shown(product.Properties),
        Variations = product.Variations?.Select(variation => variation with { LocalizedName = null, Properties = Shown(variation.Properties) }).ToList(),
    };

    private static IReadOnlyList<VirtoProperty>? Shown(IReadOnlyList<VirtoProperty>? properties) => properties?.Where(property => !property.Hidden).ToList();

    /// <summary>What is said in this language; else in it elsewhere (de-AT for de-DE), else in none.</summary>
    private static IReadOnlyList<T> In<T>(IReadOnlyList<T>? all, string language, Func<T, string?> code)
    {
        var parts = new Func<T, bool>[]
        {
            one => string.Equals(code(one), language, StringComparison.OrdinalIgnoreCase),
            one => string.Equals(Subtag(code(one)), Subtag(language), StringComparison.OrdinalIgnoreCase),
            one => string.IsNullOrEmpty(code(one)),
        };
        return parts.Select(part => (all ?? []).Where(part).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    private static string? Subtag(string? language) => language?.Split('-')[0];

    /// <summary>The short one first, as a listing shows them.</summary>
    private static string Description(IReadOnlyList<VirtoReview>? reviews, string language) => string.Join('\n', In(reviews, language, review => review.LanguageCode)
        .Where(review => !string.IsNullOrWhiteSpace(review.Content)).OrderByDescending(review => review.ReviewType is "QuickReview").Select(review => review.Content));

    /// <summary>What all variations share; what they differ in is no fact of the product.</summary>
    private static Dictionary<string, string> Facts(IReadOnlyList<VirtoProperty>? properties, string language)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in (properties ?? []).Where(property => property.Type is not Variation && !string.Equals(property.Name, Brand, StringComparison.OrdinalIgnoreCase)))
        {
            var values = Values([property], property.Name, language);
            if (Text(property.Name) is { } name && values.Count > 0)
                facts.TryAdd(name.ToLowerInvariant(), string.Join(", ", values));
        }

        return facts;
    }

    private static Dictionary<string, string> Chosen(VirtoProduct variation, string language)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in (variation.Properties ?? []).Where(property => property.Type is Variation))
        {
            if (Text(property.Name) is { } name && Values([property], property.Name, language) is [var value, ..])
                chosen.TryAdd(name, value);
        }

        return chosen;
    }

    private static IReadOnlyList<string> Values(IReadOnlyList<VirtoProperty>? properties, string? name, string language) =>
        [.. (properties ?? []).Where(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(property => In(property.Values, language, value => value.LanguageCode)).Select(value => Text(Said(value.Value))).OfType<string>()];

    private static string? Said(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string? ListingUrl(VirtoProduct product, string language, VirtoCommerceOptions options)
    {
        if (options.StoreUrl is not { } template)
            return null;
        var slug = Slug(product, language);
        if (template.Contains("{slug}", StringComparison.Ordinal) && slug is null)
            return null;
        return template.Replace("{slug}", Escaped(slug), StringComparison.Ordinal).Replace("{id}", Escaped(product.Id), StringComparison.Ordinal)
            .Replace("{code}", Escaped(product.Code), StringComparison.Ordinal);
    }

    private static string? Slug(VirtoProduct product, string language) =>
        In((product.SeoInfos ?? []).Where(seo => seo is { SemanticUrl.Length: > 0, IsActive: not false }).ToList(), language, seo => seo.LanguageCode).FirstOrDefault()?.SemanticUrl;

    private static string Escaped(string? part) => Uri.EscapeDataString(part ?? "");

    /// <summary>
    /// The shop has no field for the mark, and shoppers are told where they see it: of the two texts its storefront shows the name alone. Where there is
    /// no room for both, the text is cut.
    /// </summary>
    private static string WithMark(string text, string mark)
    {
        var end = mark.Length == 0 ? "" : (text.EndsWith('.') ? " " : ". ") + mark;
        return (text.Length + end.Length <= MaxText ? text : text[..(MaxText - end.Length)]) + end;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Of what is listed and nothing else. Videos are no part of a product here, so our own are no change of it.</summary>
    private static string Version(VirtoProduct product) =>
        // Of its categories only the one that is listed as the kind of product.
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(product with { Path = Kind(product), Outlines = null })))[..32];
}
