using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>Where a Medusa's products stand and lie: a collection, categories, and a place with stock. Made once for a shop.</summary>
/// <param name="Kitchen">Id of a collection of that name.</param>
/// <param name="Gifts">Id of a category of that name.</param>
/// <param name="Place">Id of a stock location.</param>
public sealed record MedusaShelves(string Kitchen, string Gifts, string Place)
{
    public static async Task<MedusaShelves> MakeAsync(HttpClient admin) => new(
        await PostAsync(admin, "/admin/collections", new { title = "Kitchen" }, "collection"),
        await AddCategoryAsync(admin, "Gifts"),
        await PostAsync(admin, "/admin/stock-locations", new { name = "Workshop" }, "stock_location"));

    public static Task<string> AddCategoryAsync(HttpClient admin, string name) => PostAsync(admin, "/admin/product-categories", new { name, is_active = true }, "product_category");

    /// <summary>Puts pieces of each variant there.</summary>
    public async Task StockAsync(HttpClient admin, string product, params IReadOnlyList<int> pieces)
    {
        foreach (var (item, stocked) in (await ItemsAsync(admin, product)).Zip(pieces))
            await PostAsync(admin, $"/admin/inventory-items/{item}/location-levels", new { location_id = Place, stocked_quantity = stocked }, "inventory_item");
    }

    /// <summary>Leaves so many pieces of the first variant there.</summary>
    public async Task LeaveAsync(HttpClient admin, string product, int pieces) =>
        await PostAsync(admin, $"/admin/inventory-items/{(await ItemsAsync(admin, product))[0]}/location-levels/{Place}", new { stocked_quantity = pieces }, "inventory_item");

    private static async Task<List<string>> ItemsAsync(HttpClient admin, string product) =>
    [
        .. (await admin.GetFromJsonAsync<JsonObject>($"/admin/products/{product}?fields=id,variants.variant_rank,variants.inventory_items.inventory_item_id"))!["product"]!["variants"]!.AsArray()
            .OrderBy(variant => (int)variant!["variant_rank"]!).Select(variant => (string)variant!["inventory_items"]![0]!["inventory_item_id"]!),
    ];

    private static async Task<string> PostAsync(HttpClient admin, string path, object body, string answers)
    {
        using var answer = await admin.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())![answers]!["id"]!;
    }
}
