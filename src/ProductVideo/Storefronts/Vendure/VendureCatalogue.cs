using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>
/// Walks the shop's products by id. Vendure can only skip a number of them, which names other ones as soon as one before is removed; so each
/// step begins with the last product of the one before, and where that is gone, goes back until an earlier one is seen. None is left out and
/// none comes twice; new ones have higher ids, except among random ids, where a new one may be met by the next walk.
/// </summary>
internal sealed class VendureCatalogue(VendureApi api)
{
    private const int Most = 100;

    /// <returns>The products, the places of their prices, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<VendureProduct> Products, int Precision, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var at = query.Cursor is null ? default : Place.Read(query.Cursor) ?? throw ShopWords.BadCursor();
        var found = new List<(VendureProduct Product, int Offset)>();
        var (wentBack, precision) = (false, VendureMapping.UsualPrecision);
        while (found.Count <= query.Take)
        {
            var size = wentBack ? Most : Math.Min(Most, query.Take + 2 - found.Count);
            (var rows, precision) = await RowsAsync(query.Search, at.Offset, size, cancellationToken);
            if (at.Offset > 0 && (rows.Count == 0 || InOrder(at.After, rows[0].Id)))
            {
                (at, wentBack) = (at with { Offset = Math.Max(0, at.Offset - Most) }, true);
                continue;
            }

            found.AddRange(rows.Select((row, i) => (row, at.Offset + i)).Where(row => InOrder(at.After, row.row.Id)));
            if (rows.Count < size)
                break;
            at = new Place(InOrder(at.After, rows[^1].Id) ? rows[^1].Id : at.After, at.Offset + rows.Count - 1);
        }

        var page = found.Take(query.Take).ToList();
        return ([.. page.Select(one => one.Product)], precision, found.Count > query.Take ? new Place(page[^1].Product.Id, page[^1].Offset).ToString() : null);
    }

    private async Task<(IReadOnlyList<VendureProduct> Rows, int Precision)> RowsAsync(string? search, int skip, int take, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var filter = words is null ? null
            : new { _or = new object[] { new { name = new { contains = words } }, new { id = new { eq = words } } } };
        var answer = await api.AskAsync<VendureMany>(
            VendureDocuments.Products, new { options = new { skip, take, sort = new { id = "ASC" }, filter } }, cancellationToken);
        var rows = answer.Products?.Items ?? [];
        // A walk through any other order would never end.
        return rows.Zip(rows.Skip(1)).All(pair => InOrder(pair.First.Id, pair.Second.Id)) ? (rows, VendureMapping.Precision(answer.GlobalSettings)) : throw VendureFaults.NotInOrder();
    }

    /// <summary>Numbers by their size, as Vendure gives them; UUIDs as databases sort them.</summary>
    private static bool InOrder(string? before, string after) =>
        before is null
        || (long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var a) && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
            ? a < b : string.CompareOrdinal(before, after) < 0);

    /// <param name="After">The last id that was given; null at the beginning.</param>
    /// <param name="Offset">Where it stood then.</param>
    private readonly record struct Place(string? After, int Offset)
    {
        public static Place? Read(string cursor) =>
            cursor.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && VendureMapping.IsId(cursor[(colon + 1)..])
            && int.TryParse(cursor[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? new Place(cursor[(colon + 1)..], place) : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}:{After}");
    }
}
