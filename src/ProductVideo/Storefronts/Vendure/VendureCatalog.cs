using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>The shop's products, by id. Among random ids a new one may be met by the next walk only.</summary>
internal sealed class VendureCatalog(VendureApi api)
{
    /// <returns>The products, what the shop's settings say of them, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<VendureProduct> Products, VendureSettings? Settings, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var from = query.Cursor is null ? null : WalkPlace.Read(query.Cursor, VendureMapping.IsId) ?? throw ShopWords.BadCursor();
        VendureSettings? settings = null;
        var walk = new SteadyWalk<VendureProduct>(
            async (skip, take, token) =>
            {
                (var rows, settings) = await RowsAsync(query.Search, skip, take, token);
                return new(rows, Total: null);
            },
            product => product.Id, WalkPlace.IsBefore, VendureFaults.NotInOrder);
        var (products, next) = await walk.TakeAsync(from, query.Take, cancellationToken);
        return (products, settings, next?.ToString());
    }

    private async Task<(IReadOnlyList<VendureProduct> Rows, VendureSettings? Settings)> RowsAsync(string? search, int skip, int take, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var filter = words is null ? null
            : new { _or = new object[] { new { name = new { contains = words } }, new { id = new { eq = words } } } };
        var answer = await api.AskAsync<VendureMany>(
            VendureDocuments.Products, new { options = new { skip, take, sort = new { id = "ASC" }, filter } }, cancellationToken);
        return (answer.Products?.Items ?? [], answer.GlobalSettings);
    }
}
