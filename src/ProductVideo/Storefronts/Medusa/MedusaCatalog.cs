using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>The shop's products, by id: ids begin with the time, so new ones are higher.</summary>
internal sealed class MedusaCatalog(MedusaApi api)
{
    /// <returns>The products, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<MedusaProduct> Products, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var from = query.Cursor is null ? null : WalkPlace.Read(query.Cursor, MedusaMapping.IsId) ?? throw ShopWords.BadCursor();
        var walk = new SteadyWalk<MedusaProduct>((offset, size, token) => RowsAsync(query.Search, offset, size, token), product => product.Id, WalkPlace.IsBefore, MedusaFaults.NotInOrder);
        var (products, next) = await walk.TakeAsync(from, query.Take, cancellationToken);
        return (products, next?.ToString());
    }

    private async Task<WalkRows<MedusaProduct>> RowsAsync(string? search, int offset, int size, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(search) ? "" : $"&q={Uri.EscapeDataString(search.Trim())}";
        var answer = await api.GetAsync<MedusaProductsAnswer>(
            string.Create(CultureInfo.InvariantCulture, $"admin/products?order=id&limit={size}&offset={offset}{words}&fields={MedusaProduct.Fields}"), cancellationToken);
        return new(answer.Products ?? [], Total: null);
    }
}
