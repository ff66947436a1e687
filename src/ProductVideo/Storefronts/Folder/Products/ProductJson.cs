using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>Reads one <c>products/*.json</c>.</summary>
internal static class ProductJson
{
    internal static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <param name="json">The text of the file.</param>
    /// <param name="file">Its path relative to the folder, to name in problems.</param>
    public static FolderSource Parse(string json, string file)
    {
        ProductFile? read;
        try
        {
            read = JsonSerializer.Deserialize<ProductFile>(json, Reading);
        }
        catch (JsonException e)
        {
            return new([], [NotJson(file, e)], IsUnreadable: true);
        }

        if (read is null)
            return FolderSource.Unreadable(file, "The file holds no product; write one, or take the file away.");

        var problems = Mistakes(read).Select(m => new FolderProblem(file, null, m.Member, read.Handle, m.Text)).ToList();
        return problems.Count > 0 ? new([], problems) : new([Product(read, file)], []);
    }

    internal static FolderProblem NotJson(string file, JsonException e) => new(
        file, e.LineNumber is { } line ? (int)line + 1 : null, e.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : null, null,
        "The file isn't sound here: a value of another kind, a quotation mark or a comma is expected. Compare it with the sample, or take the file away.");

    private static IEnumerable<(string Member, string Text)> Mistakes(ProductFile file)
    {
        if (Field.HandleMistake(file.Handle ?? "") is { } handle)
            yield return ("handle", handle);
        if (string.IsNullOrWhiteSpace(file.Title))
            yield return ("title", "The product has no title; write one.");
        if (file.Locale is { } locale && Field.LocaleMistake(locale) is { } mistake)
            yield return ("locale", mistake);
        if (file.Status is not (null or "active" or "draft" or "archived" or "unlisted"))
            yield return ("status", $"“{Field.Shorten(file.Status)}” isn't a status; write active, draft or archived.");
        if (file.Stock < 0)
            yield return ("stock", "There can't be less than nothing in stock; write a number of pieces, like 12.");
        if (file.Sold < 0)
            yield return ("sold", "There can't be less than nothing sold; write a number of pieces, like 12.");

        foreach (var (i, image) in (file.Images ?? []).Index())
        {
            if (Field.ImageMistake(image?.Src ?? "") is { } text)
                yield return (At("images", i, "src"), text);
        }

        foreach (var (i, variant) in (file.Variants ?? []).Index())
        {
            if (variant is null)
                yield return (At("variants", i, "sku"), "The variant is empty; fill it in or take it away.");
            if (variant?.Image is { } image && Field.ImageMistake(image) is { } text)
                yield return (At("variants", i, "image"), text);
            if (variant?.Currency is { } currency && Field.CurrencyMistake(currency) is { } unknown)
                yield return (At("variants", i, "currency"), unknown);
            if (variant is { Price: < 0 or > 999_999_999 } or { CompareAtPrice: < 0 or > 999_999_999 })
                yield return (At("variants", i, "price"), "The price is out of range; write it like 19.90.");
        }
    }

    private static FolderProduct Product(ProductFile read, string file) => new()
    {
        Handle = read.Handle!,
        Title = read.Title!.Trim(),
        BodyHtml = read.BodyHtml ?? "",
        Vendor = Given(read.Vendor),
        ProductType = Given(read.ProductType),
        Tags = [.. (read.Tags ?? []).Select(Given).OfType<string>()],
        Locale = Given(read.Locale),
        IsPublished = read.Status is null or "active",
        Attributes = (read.Attributes ?? []).Where(a => Given(a.Value) is not null)
            .GroupBy(a => a.Key.ToLowerInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value!.Trim(), StringComparer.Ordinal),
        Variants = Variants(read),
        Images = Images(read, file),
        Collections = [.. (read.Collections ?? []).Select(Given).OfType<string>().Distinct(StringComparer.Ordinal)],
        Stock = read.Stock,
        Sold = read.Sold,
        Place = new(file, null, null),
    };

    private static List<FolderVariant> Variants(ProductFile read)
    {
        var variants = new List<FolderVariant>();
        foreach (var variant in read.Variants ?? [])
        {
            var id = Given(variant!.Sku) is { } sku && variants.TrueForAll(v => v.Id != sku)
                ? sku
                : string.Create(CultureInfo.InvariantCulture, $"v{variants.Count + 1}");
            var options = (variant.Options ?? []).Where(o => Given(o.Value) is not null && o.Value != CsvProduct.OneForm)
                .ToDictionary(o => o.Key, o => o.Value!, StringComparer.Ordinal);
            variants.Add(new(id, options, variant.Price, variant.CompareAtPrice, variant.Currency, Given(variant.Image)) { Sku = Given(variant.Sku) });
        }

        return variants;
    }

    private static List<FolderImage> Images(ProductFile read, string file)
    {
        var gallery = (read.Images ?? []).Select((m, i) => new FolderImage(m!.Src!, Given(m.Alt), new(file, null, At("images", i, "src"))));
        var variants = (read.Variants ?? []).Select((v, i) => (v!.Image, Index: i)).Where(v => Given(v.Image) is not null)
            .Select(v => new FolderImage(v.Image!, null, new(file, null, At("variants", v.Index, "image"))));
        return [.. gallery.Concat(variants).DistinctBy(m => m.Src)];
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string At(string list, int index, string member) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}].{member}");

    private sealed record ProductFile(
        string? Handle, string? Title, string? BodyHtml, string? Vendor, string? ProductType, List<string?>? Tags, string? Locale, string? Status,
        List<VariantPart?>? Variants, List<ImagePart?>? Images, Dictionary<string, string?>? Attributes, List<string?>? Collections, int? Stock, long? Sold);

    private sealed record VariantPart(
        string? Sku, decimal? Price, decimal? CompareAtPrice, string? Currency, Dictionary<string, string?>? Options, string? Image);

    private sealed record ImagePart(string? Src, string? Alt);
}
