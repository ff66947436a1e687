using CsvHelper;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>One row by its headings.</summary>
/// <param name="Number">As a spreadsheet counts; the heading is row 1.</param>
/// <param name="Cells">Heading to trimmed text; blank cells are left out.</param>
internal sealed record CsvRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    public string? this[string column] => Cells.GetValueOrDefault(column);
}

/// <summary>A CSV file as rows under headings. Takes comma, semicolon and tab, quoted line breaks, and a byte order mark.</summary>
/// <param name="Columns">In the file's order.</param>
/// <param name="Rows">Without blank ones.</param>
/// <param name="Broken">Rows whose quotes or cells don't add up, by number, with what is wrong.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvRow> Rows, IReadOnlyDictionary<int, string> Broken)
{
    private const string BadQuotes =
        "The quotation marks of this row don't add up; put a cell that holds quotes, separators or line breaks in quotes, and double the inner ones.";

    private const string TooManyCells = "The row has more cells than there are headings; put a cell that holds a separator in quotes.";

    /// <exception cref="CsvFormatException">A row is bigger than can be read.</exception>
    public static CsvTable Read(string text)
    {
        var broken = new Dictionary<int, string>();
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Separator(text),
            HasHeader = false,
            SkipEmptyLines = false,
            OnMalformedRecord = bad => broken[(int)bad.RecordNumber] = BadQuotes,
        });

        IReadOnlyList<string> columns = [];
        var rows = new List<CsvRow>();
        for (var number = 1; reader.Read(); number++)
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim()).ToList();
            if (number == 1)
            {
                columns = cells;
                continue;
            }

            if (cells.Skip(columns.Count).Any(c => c.Length > 0))
                broken.TryAdd(number, TooManyCells);
            var row = new CsvRow(number, Named(columns, cells));
            if (row.Cells.Count > 0)
                rows.Add(row);
        }

        return new(columns, rows, broken);
    }

    private static Dictionary<string, string> Named(IReadOnlyList<string> columns, List<string> cells)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, cell) in columns.Zip(cells).Where(c => c is { First.Length: > 0, Second.Length: > 0 }))
            named.TryAdd(column, cell);
        return named;
    }

    /// <summary>What the heading row holds most of; spreadsheets in much of Europe write semicolons.</summary>
    private static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var heading = end < 0 ? text : text[..end];
        return new[] { ',', ';', '\t' }.MaxBy(separator => heading.Count(c => c == separator));
    }
}
