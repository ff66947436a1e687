using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Walks the shop's products by id. <c>wc/v3</c> can only skip a number of them, which names other ones as soon as one before is removed; so
/// each step begins with the last product of the one before, and where that is gone, goes back until an earlier one is seen. None is left out
/// and none comes twice; new ones have higher ids.
/// </summary>
internal sealed class WooCommerceCatalogue(WooCommerceApi api)
{
    /// <summary>More is refused by the shop.</summary>
    private const int Most = 100;

    /// <returns>The products, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<WooProduct> Products, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var at = query.Cursor is null ? default : Place.Read(query.Cursor) ?? throw ShopWords.BadCursor();
        var found = new List<(WooProduct Product, int Offset)>();
        var wentBack = false;
        while (found.Count <= query.Take)
        {
            var size = wentBack ? Most : Math.Min(Most, query.Take + 2 - found.Count);
            var rows = await RowsAsync(query.Search, at.Offset, size, cancellationToken);
            if (at.Offset > 0 && (rows.Count == 0 || rows[0].Id > at.After))
            {
                (at, wentBack) = (at with { Offset = Math.Max(0, at.Offset - Most) }, true);
                continue;
            }

            found.AddRange(rows.Select((row, i) => (row, at.Offset + i)).Where(row => row.row.Id > at.After));
            if (rows.Count < size)
                break;
            at = new Place(Math.Max(at.After, rows[^1].Id), at.Offset + rows.Count - 1);
        }

        var page = found.Take(query.Take).ToList();
        return ([.. page.Select(one => one.Product)], found.Count > query.Take ? new Place(page[^1].Product.Id, page[^1].Offset).ToString() : null);
    }

    private async Task<IReadOnlyList<WooProduct>> RowsAsync(string? search, int offset, int size, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? "" : $"&search={Uri.EscapeDataString(search.Trim())}";
        var rows = await api.GetAsync<List<WooProduct>>(
            string.Create(CultureInfo.InvariantCulture, $"wc/v3/products?orderby=id&order=asc&per_page={size}&offset={offset}{words}&_fields={WooProduct.Fields}"),
            cancellationToken);
        // A walk through any other order would never end.
        return rows.Zip(rows.Skip(1)).All(pair => pair.First.Id < pair.Second.Id) ? rows : throw WooCommerceFaults.NotInOrder();
    }

    /// <param name="After">The last id that was given.</param>
    /// <param name="Offset">Where it stood then.</param>
    private readonly record struct Place(long After, int Offset)
    {
        public static Place? Read(string cursor) =>
            cursor.Split('-') is [var after, var offset]
            && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? new Place(id, place) : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{After}-{Offset}");
    }
}
