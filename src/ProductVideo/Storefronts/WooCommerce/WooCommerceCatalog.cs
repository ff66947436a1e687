using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>The shop's products and their variants.</summary>
internal sealed class WooCommerceCatalog(WooCommerceApi api)
{
    /// <summary>More than any product has.</summary>
    private const int MaxVariations = 100_000;

    /// <summary>A product that was put into the bin is as good as gone.</summary>
    private static readonly string[] NoSuchProduct = ["woocommerce_rest_product_invalid_id"];

    /// <returns>The products, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<WooProduct> Products, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var from = query.Cursor is null ? null : WalkPlace.Read(query.Cursor, id => WooCommerceMapping.Id(id) is not null) ?? throw ShopWords.BadCursor();
        var words = string.IsNullOrWhiteSpace(query.Search) ? "" : $"&search={Uri.EscapeDataString(query.Search.Trim())}";
        // Shops older than WooCommerce 5.8 know no such date, and list all.
        var changed = query.ChangedSince is { } since ? string.Create(CultureInfo.InvariantCulture, $"&modified_after={since.UtcDateTime:yyyy-MM-ddTHH:mm:ss}&dates_are_gmt=true") : "";
        var (products, next) = await Walk<WooProduct>("wc/v3/products", words + changed + $"&_fields={WooProduct.Fields}", product => product.Id)
            .TakeAsync(from, query.Take, cancellationToken);
        return (products, next?.ToString());
    }

    /// <returns>null where the shop has no such product, or has it in the bin; a variant, which the shop gives here too, is no product.</returns>
    public async Task<WooProduct?> FindAsync(long id, CancellationToken cancellationToken) =>
        await api.FindAsync<WooProduct>(Product(id) + $"?_fields={WooProduct.Fields}", NoSuchProduct, cancellationToken)
            is { Status: not "trash", Type: not WooChanged.Variation } product ? product : null;

    /// <summary>All variants of a product that shoppers see, however many.</summary>
    public async Task<IReadOnlyList<WooVariation>> VariationsAsync(long product, CancellationToken cancellationToken) =>
        [.. (await Walk<WooVariation>(Product(product) + "/variations", $"&_fields={WooVariation.Fields}", variation => variation.Id)
            .TakeAsync(null, MaxVariations, cancellationToken)).Rows.Where(variation => variation.IsEnabled)];

    private SteadyWalk<T> Walk<T>(string list, string more, Func<T, long> id) => new(
        (offset, size, cancellationToken) => RowsAsync<T>(
            string.Create(CultureInfo.InvariantCulture, $"{list}?orderby=id&order=asc&per_page={size}&offset={offset}{more}"), cancellationToken),
        row => WooCommerceMapping.Id(id(row)), WalkPlace.IsBefore, WooCommerceFaults.NotInOrder);

    /// <summary>WooCommerce counts first, and then leaves out what it can't read or may not show.</summary>
    private async Task<WalkRows<T>> RowsAsync<T>(string path, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Get, path, cancellationToken);
        var rows = WooCommerceApi.Read<List<T>>(answer);
        return new(rows, answer.Answer.Headers.TryGetValues("X-WP-Total", out var told) && int.TryParse(told.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null);
    }

    private static string Product(long id) => string.Create(CultureInfo.InvariantCulture, $"wc/v3/products/{id}");
}
