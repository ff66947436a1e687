using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>
/// Walks the shop's products by id. Medusa can only skip a number of them, which names other ones as soon as one before is removed; so each
/// step begins with the last product of the one before, and where that is gone, goes back until an earlier one is seen. None is left out and
/// none comes twice: ids begin with the time, so new ones are higher.
/// </summary>
internal sealed class MedusaCatalogue(MedusaApi api)
{
    /// <summary>Each comes with its variants and their prices.</summary>
    private const int Most = 100;

    /// <returns>The products, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<MedusaProduct> Products, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var at = query.Cursor is null ? new Place("", 0) : Place.Read(query.Cursor) ?? throw ShopWords.BadCursor();
        var found = new List<(MedusaProduct Product, int Offset)>();
        var wentBack = false;
        while (found.Count <= query.Take)
        {
            var size = wentBack ? Most : Math.Min(Most, query.Take + 2 - found.Count);
            var rows = await RowsAsync(query.Search, at.Offset, size, cancellationToken);
            if (at.Offset > 0 && (rows.Count == 0 || IsAfter(rows[0].Id, at.After)))
            {
                (at, wentBack) = (at with { Offset = Math.Max(0, at.Offset - Most) }, true);
                continue;
            }

            found.AddRange(rows.Select((row, i) => (row, at.Offset + i)).Where(row => IsAfter(row.row.Id, at.After)));
            if (rows.Count < size)
                break;
            at = new Place(IsAfter(rows[^1].Id, at.After) ? rows[^1].Id : at.After, at.Offset + rows.Count - 1);
        }

        var page = found.Take(query.Take).ToList();
        return ([.. page.Select(one => one.Product)], found.Count > query.Take ? new Place(page[^1].Product.Id, page[^1].Offset).ToString() : null);
    }

    private async Task<IReadOnlyList<MedusaProduct>> RowsAsync(string? search, int offset, int size, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? "" : $"&q={Uri.EscapeDataString(search.Trim())}";
        var answer = await api.GetAsync<MedusaProductsAnswer>(
            string.Create(CultureInfo.InvariantCulture, $"admin/products?order=id&limit={size}&offset={offset}{words}&fields={MedusaProduct.Fields}"), cancellationToken);
        var rows = answer.Products ?? [];
        // A walk through any other order would never end.
        return rows.Zip(rows.Skip(1)).All(pair => IsAfter(pair.Second.Id, pair.First.Id)) ? rows : throw MedusaFaults.NotInOrder();
    }

    private static bool IsAfter(string id, string other) => string.CompareOrdinal(id, other) > 0;

    /// <param name="After">The last id that was given; empty at the beginning.</param>
    /// <param name="Offset">Where it stood then.</param>
    private readonly record struct Place(string After, int Offset)
    {
        public static Place? Read(string cursor) =>
            cursor.Split('.') is [var offset, var after] && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && MedusaMapping.IsId(after)
                ? new Place(after, place) : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}.{After}");
    }
}
