using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>Who calls, and what of the installation is theirs to see.</summary>
internal static class Caller
{
    /// <summary>Items on a page where the caller names no number.</summary>
    public const int UsualTake = 50;

    public const int MostTake = 250;

    public static string Name(ClaimsPrincipal caller) => caller.Identity?.Name ?? "unknown";

    public static string Id(ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.NameIdentifier) ?? Name(caller);

    /// <summary>The caller as one who orders: caps and the ledger count by the key that asked.</summary>
    public static Requester Requester(ClaimsPrincipal caller, IReadOnlyList<Money>? agreed = null) =>
        new(Name(caller), GenerationOrigin.Api, caller.FindFirstValue(ProductVideoAuth.KeyClaim), Agreed: agreed);

    /// <summary>The shop, if the caller may see it; otherwise the answer is as if it did not exist.</summary>
    public static string ShopFor(ClaimsPrincipal caller, string shop) =>
        ProductVideoAuth.ShopOf(caller) is { } own && own != shop
            ? throw new RefusedException(
                RefusalKind.NotFound, new Problem("unknown_shop", $"There is no shop '{shop}' here.", $"Key of shop '{own}' asked for shop '{shop}'."), "shop")
            : shop;

    /// <summary>Whether the caller may decide about clips and doubts.</summary>
    public static bool MayReview(ClaimsPrincipal caller) => caller.HasClaim(ProductVideoAuth.ScopeClaim, Scopes.Review);

    /// <summary>Publishing without a person's look is an approval given in advance, so it takes the same scope.</summary>
    public static void DemandReview(ClaimsPrincipal caller, string? field)
    {
        if (!MayReview(caller))
        {
            throw new RefusedException(
                RefusalKind.Forbidden,
                new Problem(
                    "may_not_approve", "This key may order videos but not approve them. Leave 'autoApprove' out, or use a key with the scope videos:review.",
                    $"Key '{Name(caller)}' lacks the scope {Scopes.Review}."),
                field);
        }
    }

    /// <summary>A key of one shop must not lift a cap or a stop that was set for it.</summary>
    public static void DemandAllShops(ClaimsPrincipal caller)
    {
        if (ProductVideoAuth.ShopOf(caller) is { } own)
        {
            throw new RefusedException(
                RefusalKind.Forbidden,
                new Problem(
                    "may_not_set_caps", "This key is one shop's, so it may see what holds for that shop but not change it. Use a key of all shops.",
                    $"Key of shop '{own}' tried to change a cap or a stop."));
        }
    }

    /// <summary>The generation, if the caller may see its shop; otherwise as if it did not exist.</summary>
    public static Generation Owned(ClaimsPrincipal caller, Generation generation) =>
        ProductVideoAuth.ShopOf(caller) is { } own && own != generation.Product.Shop
            ? throw new RefusedException(
                RefusalKind.NotFound,
                new Problem("unknown_generation", "There is no such video.", $"Key of shop '{own}' asked for generation {generation.Id}."))
            : generation;

    /// <summary>The shop that needs no naming because the caller has, or there is, only one.</summary>
    public static string OnlyShop(ClaimsPrincipal caller, Shops shops) =>
        ProductVideoAuth.ShopOf(caller)
        ?? (shops.All.Count == 1 ? shops.All[0].Shop : throw Bad(
            "shop", $"Say which shop, for example ?shop={shops.All.Select(s => s.Shop).FirstOrDefault("…")}."));

    public static int Take(string? take) =>
        string.IsNullOrEmpty(take) ? UsualTake
        : int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostTake ? count
        : throw Bad("take", string.Create(CultureInfo.InvariantCulture, $"'take' is the number of items on a page, 1 to {MostTake}."));

    /// <summary>The last item of the page before.</summary>
    public static Guid? Cursor(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : Guid.TryParse(cursor, out var id) ? id
        : throw Bad("cursor", "'cursor' is the next page's, as the page before gave it; leave it out for the first page.");

    /// <summary>The word of the API that the text is, and one alone: .NET makes another value of two.</summary>
    /// <returns>null where none is given.</returns>
    public static T? Known<T>(string? text, string field)
        where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? null
        : ApiJson.WordsOf<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
        : throw Bad(field, $"There is no {field} '{text}'. Give one of: {string.Join(", ", ApiJson.WordsOf<T>())}.");

    public static RefusedException NoProduct(string shop, string product) => new(
        RefusalKind.NotFound,
        new Problem("unknown_product", $"Shop '{shop}' has no product '{product}', or no such picture of it.", $"{shop}/{product} was not found."), "product");

    /// <summary>The caller's idempotency key, if one was sent.</summary>
    public static IdempotencyKey? IdempotencyKey(HttpRequest request, ClaimsPrincipal caller)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var sent))
            return null;
        // An empty one is a program's mistake: what it sends again would be ordered again.
        var key = sent.ToString();
        return key.Length is >= 1 and <= 200 && key.All(c => c is > ' ' and <= '~')
            ? new IdempotencyKey(Id(caller), key)
            : throw Bad("Idempotency-Key", "An Idempotency-Key is 1 to 200 visible ASCII characters, for example a UUID.");
    }

    public static RefusedException Bad(string field, string text) => new(RefusalKind.Invalid, new Problem("invalid_request", text, text), field);
}
