using System.Text.Json;
using CsvHelper;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>
/// Reads a list of products: CSV with a heading, or a JSON array of ids or of objects that have one. Which column or field is the id is known
/// by its name: <c>id</c>, <c>product_id</c>, <c>product</c> or <c>handle</c>, in whatever capitals. A handle is as good as an id: the index
/// knows both.
/// </summary>
internal static class ProductNames
{
    /// <summary>The best known first: a file may have several.</summary>
    private static readonly string[] Names = ["product_id", "productid", "product id", "id", "handle", "product"];

    /// <summary>How Shopify's programs write <c>42</c>.</summary>
    private const string Gid = "gid://shopify/Product/";

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>The ids in the file's order, each once.</summary>
    /// <exception cref="RefusedException">It is neither, or lacks ids; the text says where.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var ids = (text.AsSpan().TrimStart() is ['[' or '{', ..] ? OfJson(text) : OfCsv(FromFirstRow(text))).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count > 0 ? ids : throw Bad("The file names no products.");
    }

    /// <summary>As the index knows them, each once.</summary>
    internal static IEnumerable<string> Each(IEnumerable<string> names) => names.Select(Plain).Distinct(StringComparer.Ordinal);

    private static string Plain(string name) => name.StartsWith(Gid, StringComparison.OrdinalIgnoreCase) ? name[Gid.Length..] : name;

    private static List<string> OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 16 });
            return document.RootElement.ValueKind is JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(OfElement)]
                : throw Bad("The file is JSON but no array. Write the products as [\"id\", …] or [{\"id\": \"…\"}, …].");
        }
        catch (JsonException e)
        {
            throw Bad($"The file begins like JSON and can't be read as such: look at line {(e.LineNumber ?? 0) + 1}.", e);
        }
    }

    private static string OfElement(JsonElement element, int place)
    {
        var text = TextOf(element, place);
        return text.Length > 0 ? text : throw Bad($"Entry {place + 1} of the array has no id. Write the products as [\"id\", …] or [{{\"id\": \"…\"}}, …].");
    }

    private static string TextOf(JsonElement element, int place)
    {
        try
        {
            return TextOf(element);
        }
        catch (InvalidOperationException e)
        {
            throw Bad($"Entry {place + 1} of the array holds half a sign, such as \\ud800, which is no text. Write the ids as the shop shows them.", e);
        }
    }

    /// <exception cref="InvalidOperationException">A name or an id has half a surrogate pair.</exception>
    private static string TextOf(JsonElement element)
    {
        var id = element.ValueKind is JsonValueKind.Object
            ? Names.Select(name => element.EnumerateObject().FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).Value)
                .FirstOrDefault(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            : element;
        return id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!.Trim(),
            JsonValueKind.Number => id.GetRawText(),
            _ => "",
        };
    }

    /// <summary>Without the empty lines before it. What its first row begins with stays: a heading that is left empty, as of row numbers, is a column all the same.</summary>
    private static string FromFirstRow(string text)
    {
        var empty = text[..(text.Length - text.AsSpan().TrimStart().Length)];
        return text[(empty.LastIndexOfAny(['\r', '\n']) + 1)..];
    }

    private static List<string> OfCsv(string text)
    {
        var heading = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length).ToString();
        // Spreadsheets in much of Europe write semicolons.
        var separator = Separators.MaxBy(separator => heading.Count(c => c == separator));
        long? broken = null;
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator, HasHeader = false, SkipEmptyLines = true, OnMalformedRecord = bad => broken ??= bad.RecordNumber,
        });
        try
        {
            var column = csv.Read() ? ColumnOf(csv) : throw Bad("The file is empty.");
            var ids = new List<string>();
            while (csv.Read())
            {
                // Exports of products have rows of pictures and variants that name none.
                if (column < csv.FieldCount && csv.GetString(column).Trim() is { Length: > 0 } id)
                    ids.Add(id);
            }

            return broken is { } row ? throw BadRow(row, inner: null) : ids;
        }
        catch (CsvFormatException e)
        {
            throw BadRow(e.RecordNumber, e);
        }
    }

    private static int ColumnOf(CsvReader csv)
    {
        var headings = Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim()).ToList();
        var columns = Names.Select(name => headings.FindIndex(heading => string.Equals(heading, name, StringComparison.OrdinalIgnoreCase)));
        return columns.FirstOrDefault(column => column >= 0, -1) is var found and >= 0
            ? found : throw Bad("The first row names no column of products. Give the column of their ids the heading “id”, “handle” or “product”.");
    }

    private static RefusedException BadRow(long row, Exception? inner) =>
        Bad($"Row {row} can't be read as CSV; look for a missing quotation mark.", inner);

    private static RefusedException Bad(string text, Exception? inner = null) => new(RefusalKind.Invalid, new Problem("invalid_products", text, text), "products", inner);
}
