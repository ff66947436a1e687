using System.Text.RegularExpressions;
using CsvHelper;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>Reads <c>products.csv</c> in the layout of Shopify's product export: rows of one handle make one product.</summary>
internal static partial class ProductsCsv
{
    public const string FileName = "products.csv";

    public static FolderSource Parse(string text)
    {
        CsvTable table;
        try
        {
            table = CsvTable.Read(text);
        }
        catch (CsvFormatException e)
        {
            var row = e.RecordNumber is > 0 and < int.MaxValue ? (int?)e.RecordNumber : null;
            return new([], [new(FileName, row, null, null, "The file can't be read from here on; look for a missing quotation mark.")], IsUnreadable: true);
        }

        var missing = new[] { "Handle", "Title" }.Where(c => !table.Columns.Contains(c, StringComparer.OrdinalIgnoreCase)).ToList();
        if (missing.Count > 0)
        {
            return FolderSource.Unreadable(FileName,
                $"The heading row lacks {string.Join(" and ", missing.Select(m => $"“{m}”"))}; export the products again, or add the heading.");
        }

        var products = new List<FolderProduct>();
        var problems = new List<FolderProblem>();
        problems.AddRange(table.Rows.Where(r => r["Handle"] is null).Select(r => new FolderProblem(
            FileName, r.Number, "Handle", null, "The row has no handle, so it belongs to no product; write the handle of its product.")));

        // A row that broke before its handle could be read shows up nowhere else.
        problems.AddRange(table.Broken.Where(b => table.Rows.All(r => r.Number != b.Key))
            .Select(b => new FolderProblem(FileName, b.Key, null, null, b.Value)));

        foreach (var group in table.Rows.Where(r => r["Handle"] is not null).GroupBy(r => r["Handle"]!, StringComparer.Ordinal))
        {
            var product = new CsvProduct(group.Key, [.. group], table);
            var built = product.Build();
            problems.AddRange(product.Problems);
            if (built is not null)
                products.Add(built);
        }

        // A quotation mark that is never closed swallows the rows below it, and with them products that nobody can name.
        return new(products, problems, IsUnreadable: table.Broken.Count > 0);
    }

    /// <summary><c>Material (product.metafields.custom.material)</c> is the attribute <c>material</c>; null for every other heading.</summary>
    internal static string? AttributeOf(string column) =>
        Metafield().Match(column) is { Success: true } match ? match.Groups["key"].Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"\(product\.metafields\.[^.()]+\.(?<key>[^.()]+)\)\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Metafield();
}
