using Microsoft.AspNetCore.Components.Authorization;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Admin;

/// <summary>Who looks at the pages, and which shops are theirs to see.</summary>
internal sealed class Visitor(AuthenticationStateProvider authentication, Shops shops, ProductVideoOptions options)
{
    /// <summary>The value of <see cref="NameAsync"/> that pages cascade under this name.</summary>
    public const string Cascade = "visitor";

    /// <summary>The name under which what they do is recorded.</summary>
    public async Task<string> NameAsync() => (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name ?? "unknown";

    public async Task<Requester> RequesterAsync() => new(await NameAsync(), GenerationOrigin.Click);

    /// <summary>As one who orders what was shown to them.</summary>
    public async Task<Requester> RequesterAsync(VideoPreview shown) => await RequesterAsync() with { Agreed = shown.Agreed };

    /// <summary>In the order in which the host added them.</summary>
    public async Task<IReadOnlyList<IStorefront>> ShopsAsync() =>
        await OwnAsync() is { } own ? [.. shops.All.Where(shop => shop.Shop == own)] : shops.All;

    /// <exception cref="RefusedException">There is no such shop for this visitor.</exception>
    public async Task<IStorefront> ShopAsync(string key) =>
        (await ShopsAsync()).FirstOrDefault(shop => shop.Shop == key) ?? throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_shop", $"There is no shop “{key}” here.", $"Shop '{key}' is not configured or not this visitor's."), "shop");

    /// <summary>The named one; where none is named the first, and the shop that is there to be tried only if there is no other.</summary>
    /// <exception cref="RefusedException">There is no such shop for this visitor.</exception>
    public async Task<IStorefront> ShopOrFirstAsync(string? key)
    {
        var own = await ShopsAsync();
        return key is null && own.Count > 0 ? own.FirstOrDefault(shop => shop.Shop != options.TrialShop) ?? own[0] : await ShopAsync(key ?? "");
    }

    /// <summary>The one shop that videos are to be narrowed to; null for all.</summary>
    public async Task<string?> OwnAsync() => ProductVideoAuth.ShopOf((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>What the visitor may do on the pages, and so may let an API key do: some of <see cref="Scopes.All"/>.</summary>
    public async Task<IReadOnlyList<string>> ScopesAsync() => await OwnAsync() is null ? Scopes.All : Scopes.OfOneShop;

    /// <summary>What concerns every shop is for those who see all of them.</summary>
    /// <exception cref="RefusedException">The visitor sees one shop only.</exception>
    public async Task DemandAllShopsAsync()
    {
        if (await OwnAsync() is { } own)
        {
            throw new RefusedException(
                RefusalKind.Forbidden,
                new Problem("may_not_connect", "You look after one shop here. Ask whoever looks after the server to connect another.", $"A visitor of shop '{own}' asked to connect shops."));
        }
    }

    /// <summary>The generation, if its shop is the visitor's.</summary>
    /// <exception cref="RefusedException">It is not; told as if it did not exist.</exception>
    public async Task<Generation> OwnedAsync(Generation generation) =>
        await OwnAsync() is { } own && own != generation.Product.Shop
            ? throw new RefusedException(
                RefusalKind.NotFound, new Problem("unknown_generation", "There is no such video.", $"Generation {generation.Id} is another shop's."))
            : generation;

    /// <summary>The backfill, if its shop is the visitor's.</summary>
    /// <exception cref="RefusedException">It is not; told as if it did not exist.</exception>
    public async Task<Backfill> OwnedAsync(Backfill backfill) =>
        await OwnAsync() is { } own && own != backfill.Shop
            ? throw new RefusedException(
                RefusalKind.NotFound, new Problem("unknown_backfill", BackfillDesk.UnknownText, $"Backfill {backfill.Id} is another shop's."))
            : backfill;
}
