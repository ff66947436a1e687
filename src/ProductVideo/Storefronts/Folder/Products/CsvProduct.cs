using System.Globalization;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>The rows of one handle on their way to a product.</summary>
internal sealed class CsvProduct(string handle, IReadOnlyList<CsvRow> rows, CsvTable table)
{
    /// <summary>Shopify's way to say that a product comes in one form only.</summary>
    public const string OneForm = "Default Title";

    private const string Tracker = "Variant Inventory Tracker";

    private readonly List<FolderProblem> _problems = [];

    public IReadOnlyList<FolderProblem> Problems => _problems;

    /// <summary>The product, or null where <see cref="Problems"/> says why not.</summary>
    public FolderProduct? Build()
    {
        var first = rows[0];
        foreach (var row in rows.Where(r => table.Broken.ContainsKey(r.Number)))
            Complain(row, null, table.Broken[row.Number]);
        if (Field.HandleMistake(handle) is { } mistake)
            Complain(first, "Handle", mistake);
        if (first["Title"] is null)
            Complain(first, "Title", "The product has no title; write one into its first row.");
        foreach (var row in rows.Skip(1).Where(r => r["Title"] is { } title && title != first["Title"]))
            Complain(row, "Title", $"Two products have the handle “{Field.Shorten(handle)}”; give this one another handle.");

        var product = new FolderProduct
        {
            Handle = handle,
            Title = first["Title"] ?? "",
            BodyHtml = first["Body (HTML)"] ?? "",
            Vendor = first["Vendor"],
            ProductType = first["Type"] ?? first["Product Category"],
            Tags = (first["Tags"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Locale = Checked(first, "Locale", Field.LocaleMistake),
            IsPublished = IsPublished(first),
            Attributes = Attributes(first),
            Variants = Variants(),
            Images = Images(),
            Collections = [.. rows.Select(row => row["Collection"]).OfType<string>().Distinct(StringComparer.Ordinal)],
            Stock = Stock(),
            Sold = Count(first, "Sold", least: 0),
            Place = new(ProductsCsv.FileName, first.Number, null),
        };
        return _problems.Count == 0 ? product : null;
    }

    private bool IsPublished(CsvRow row)
    {
        var status = row["Status"]?.ToLowerInvariant() ?? "active";
        if (status is not ("active" or "draft" or "archived" or "unlisted"))
            Complain(row, "Status", $"“{Field.Shorten(status)}” isn't a status; write active, draft or archived.");
        return status == "active" && !string.Equals(row["Published"], "false", StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Attributes(CsvRow row)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in row.Cells)
        {
            if (ProductsCsv.AttributeOf(column) is { } name)
                attributes.TryAdd(name, value);
        }

        return attributes;
    }

    private List<FolderVariant> Variants()
    {
        var names = Enumerable.Range(1, 3).Select(n => rows[0][Option(n, "Name")]).ToArray();
        var variants = new List<FolderVariant>();
        foreach (var row in rows.Where(r => r[Option(1, "Value")] is not null || r["Variant SKU"] is not null || r["Variant Price"] is not null))
        {
            var options = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var n = 1; n <= 3; n++)
            {
                if (row[Option(n, "Value")] is { } value && value != OneForm)
                    options[names[n - 1] ?? string.Create(CultureInfo.InvariantCulture, $"Option {n}")] = value;
            }

            var id = row["Variant SKU"] is { } sku && variants.TrueForAll(v => v.Id != sku)
                ? sku
                : string.Create(CultureInfo.InvariantCulture, $"v{variants.Count + 1}");
            variants.Add(new(
                id, options, Price(row, "Variant Price"), Price(row, "Variant Compare At Price"), null,
                Checked(row, "Variant Image", Field.ImageMistake)) { Sku = row["Variant SKU"] });
        }

        return variants;
    }

    private List<FolderImage> Images()
    {
        var placed = new List<(int Position, FolderImage Image)>();
        foreach (var row in rows)
        {
            if (Checked(row, "Image Src", Field.ImageMistake) is { } src && placed.TrueForAll(p => p.Image.Src != src))
                placed.Add((Position(row), new(src, row["Image Alt Text"], new(ProductsCsv.FileName, row.Number, "Image Src"))));
        }

        foreach (var row in rows)
        {
            if (row["Variant Image"] is { } src && placed.TrueForAll(p => p.Image.Src != src))
                placed.Add((int.MaxValue, new(src, null, new(ProductsCsv.FileName, row.Number, "Variant Image"))));
        }

        return [.. placed.OrderBy(p => p.Position).Select(p => p.Image)];
    }

    private int Position(CsvRow row)
    {
        if (row["Image Position"] is not { } text)
            return int.MaxValue;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position;
        Complain(row, "Image Position", $"“{Field.Shorten(text)}” isn't a position; write 1, 2, 3 …");
        return int.MaxValue;
    }

    /// <summary>Shopify exports a quantity of variants that it does not count too, with no tracker beside it, and one below nothing of those oversold.</summary>
    private int? Stock()
    {
        var isTold = table.Columns.Contains(Tracker, StringComparer.OrdinalIgnoreCase);
        int? stock = null;
        foreach (var row in rows.Where(row => !isTold || row[Tracker] is not null))
        {
            if (Count(row, "Variant Inventory Qty", least: int.MinValue) is { } pieces)
                stock = (int)Math.Min(int.MaxValue, (stock ?? 0) + Math.Max(0, pieces));
        }

        return stock;
    }

    private long? Count(CsvRow row, string column, long least)
    {
        if (row[column] is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= least && count <= int.MaxValue)
            return count;
        Complain(row, column, Field.CountMistake(text));
        return null;
    }

    private decimal? Price(CsvRow row, string column)
    {
        if (row[column] is not { } text)
            return null;
        if (Field.TryPrice(text, out var price))
            return price;
        Complain(row, column, Field.PriceMistake(text));
        return null;
    }

    private string? Checked(CsvRow row, string column, Func<string, string?> mistakeOf)
    {
        if (row[column] is { } value && mistakeOf(value) is { } mistake)
            Complain(row, column, mistake);
        return row[column];
    }

    private void Complain(CsvRow row, string? column, string text) =>
        _problems.Add(new(ProductsCsv.FileName, row.Number, column, handle, text));

    private static string Option(int number, string part) => string.Create(CultureInfo.InvariantCulture, $"Option{number} {part}");
}
