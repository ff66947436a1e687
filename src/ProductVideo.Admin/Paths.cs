using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Generations;

namespace ProductVideo.Admin;

/// <summary>Addresses of the admin's own pages.</summary>
internal static class Paths
{
    public const string Products = "/";

    public const string Videos = "/videos";

    public const string Backfills = "/backfills";

    public const string NewBackfill = "/backfills/new";

    public const string Spending = "/spending";

    public const string Providers = "/providers";

    public const string Shops = "/shops";

    /// <summary>Where a merchant comes back to from the shop's own page.</summary>
    public const string HandedOver = "/connect/handed-over";

    public const string Webhooks = "/webhooks";

    public const string Keys = "/keys";

    /// <summary>Where a cap is set on what an API key may spend.</summary>
    /// <param name="prefix">The key's first characters.</param>
    public static string CapOfKey(string prefix) => $"{Spending}?key={Uri.EscapeDataString(prefix)}";

    public static string Video(Guid id) => $"/videos/{id}";

    /// <summary>The products of a shop.</summary>
    /// <param name="shop">Its key.</param>
    /// <param name="search">Words to look for; null for none.</param>
    /// <param name="needs">One of the names in <c>Needs</c>; null for all products.</param>
    public static string ProductsOf(string shop, string? search = null, string? needs = null) =>
        $"{Products}?shop={Uri.EscapeDataString(shop)}{And("needs", needs)}{And("search", search)}";

    /// <summary>All backfills of a shop.</summary>
    public static string BackfillsOf(string shop) => $"{Backfills}?shop={Uri.EscapeDataString(shop)}";

    /// <summary>The products of a shop that need a video.</summary>
    /// <param name="shop">Its key.</param>
    /// <param name="what">One of the names in <c>Needs</c>.</param>
    public static string Needing(string shop, string what) => ProductsOf(shop, search: null, what);

    /// <summary>All videos in one state, for example <c>AwaitingReview</c>.</summary>
    public static string VideosIn(string state) => $"{Videos}?state={Uri.EscapeDataString(state)}";

    /// <summary>Leads to the video that is to be looked at now: of a backfill as long as one of it waits, else any.</summary>
    public static string Review(Guid? backfill) => backfill is null ? "/review" : $"/review?backfill={backfill}";

    /// <summary>The videos that wait for a look, beside each other.</summary>
    /// <param name="backfill">Those of a backfill; null for any.</param>
    /// <param name="shop">Those of a shop; null for all that the visitor sees.</param>
    public static string ReviewMany(Guid? backfill, string? shop = null) =>
        backfill is not null ? $"/review/many?backfill={backfill}" : shop is null ? "/review/many" : $"/review/many?shop={Uri.EscapeDataString(shop)}";

    public static string Backfill(Guid id) => $"{Backfills}/{id}";

    /// <summary>A backfill's page with its list narrowed.</summary>
    public static string Backfill(Guid id, ItemState? state, SkipReason? reason) =>
        $"{Backfill(id)}?{(reason is null ? $"state={state}" : $"reason={reason}")}#items";

    /// <summary>A new one of those products of an earlier one that failed.</summary>
    public static string BackfillOfFailed(Guid id) => $"{NewBackfill}?failed={id}";

    /// <summary>Where one that was not started is changed.</summary>
    public static string ChangeBackfill(Guid id) => $"{Backfill(id)}/change";

    /// <summary>A new one with what was wanted of an earlier one in the form.</summary>
    public static string BackfillLike(Guid id) => $"{NewBackfill}?like={id}";

    public static string Shop(string key) => $"{Shops}/{Uri.EscapeDataString(key)}";

    public static string Connect(string kind) => $"{Shops}/connect/{Uri.EscapeDataString(kind)}";

    public static string Webhook(Guid endpoint) => $"{Webhooks}/{endpoint}";

    public static string Product(ProductRef product) => $"/products/{Uri.EscapeDataString(product.Shop)}/{Uri.EscapeDataString(product.ProductId)}";

    /// <summary>Where the clip of this video can be changed.</summary>
    public static string Change(Generation generation) => $"{Product(generation.Product)}?change={generation.Id}";

    /// <summary>Where another video of the product is ordered, with what was wished for this one in the form.</summary>
    public static string Like(Generation generation) => generation.Order.Wishes.ChangeOf is { } source
        ? $"{Product(generation.Product)}?change={source}&like={generation.Id}" : $"{Product(generation.Product)}?like={generation.Id}";

    public static string Video(Generation generation) => Video(generation.Id);

    private static string? And(string name, string? value) => string.IsNullOrEmpty(value) ? null : $"&{name}={Uri.EscapeDataString(value)}";

    /// <summary>A listing's address if a browser may follow it; null for anything else, for a shop's data may say anything.</summary>
    public static string? Listing(string? address) =>
        address is null ? null
        : address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) ? address
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri
        : null;
}
