using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>Looks at products that may have changed, keeps the catalogue index by it, and follows their shop's policy.</summary>
internal sealed class ProductLook(
    WatchedProducts products, WatchedShops watched, CatalogProducts catalog, Shops shops, Comparing comparing, Consequences consequences, IDatabaseClock clock,
    ChangesOptions options, ILogger<ProductLook> log)
{
    private static readonly TimeSpan Uninstalled = TimeSpan.FromHours(1);

    /// <summary>Looks at one product that is due; false if none is.</summary>
    public async Task<bool> LookNextAsync(CancellationToken cancellationToken)
    {
        if (await products.ClaimNextAsync(cancellationToken) is not { } row)
            return false;
        await OrReleaseAsync(
            row,
            async () =>
            {
                await LookAtAsync(row, follow: true, cancellationToken);
                return await products.EndAsync(row, cancellationToken);
            },
            cancellationToken);
        return true;
    }

    /// <summary>
    /// Looks at this product now, due or not, whether it ever had a video or not. Nothing is ordered, cancelled or taken off: what the policy wants
    /// follows from the look that is due, or from one <see cref="ChangesOptions.Quiet"/> later where this one found something new.
    /// </summary>
    /// <returns>null once the index shows it as the shop does; else why the shop could not be asked.</returns>
    public async Task<LookWait?> LookNowAsync(ProductRef product, CancellationToken cancellationToken)
    {
        var (isWatched, row) = await products.ClaimAsync(product, cancellationToken);
        if (row is not null)
            return await OrReleaseAsync(row, () => SeeAsync(row, cancellationToken), cancellationToken);
        if (isWatched)
            return new LookWait(ChangeWords.BeingLookedAt(product), TimeSpan.Zero, MayBeProducts: false);
        // Nothing was ever ordered of it, so there is nothing to compare.
        if ((await watched.FindAsync(product.Shop, cancellationToken))?.UninstalledAt is not null)
            return Away(product.Shop);
        try
        {
            await ReadAsync(shops.Get(product.Shop), product, cancellationToken);
            return null;
        }
        catch (StorefrontException e)
        {
            return Away(e);
        }
    }

    /// <summary>A look that is broken off keeps nobody else from looking.</summary>
    private async Task<T> OrReleaseAsync<T>(WatchedProductRow row, Func<Task<T>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look();
        }
        catch when (cancellationToken.IsCancellationRequested)
        {
            await products.ReleaseAsync(row, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Looks, and leaves what follows to the regular look: the merchant may be in the midst of editing, and whoever asks a price orders nothing.</summary>
    /// <returns>Why the shop could not be asked; null if it was.</returns>
    private async Task<LookWait?> SeeAsync(WatchedProductRow row, CancellationToken cancellationToken)
    {
        var (due, problem, tries, known) = (row.DueAt, row.Problem, row.Tries, KnownOf(row));
        var wait = await LookAtAsync(row, follow: false, cancellationToken);
        // What could not be told now is told later.
        var callsForLook = row.DueAt is not null || KnownOf(row) != known;
        (row.Problem, row.Tries) = (problem, tries);
        row.DueAt = due ?? (callsForLook ? await clock.NowAsync(cancellationToken) + options.Quiet : null);
        await products.EndAsync(row, cancellationToken, keepHint: true);
        return wait;

        static (string, string, string?, Guid?, string?, string?) KnownOf(WatchedProductRow row) =>
            (row.State, row.Reasons, row.Version, row.ClipId, row.Sources, row.Style);
    }

    /// <param name="row">As claimed; holds then what was found, and when to look again by itself.</param>
    /// <param name="follow">Whether what the shop's policy wants is done.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Why the shop could not be asked; null if it was.</returns>
    private async Task<LookWait?> LookAtAsync(WatchedProductRow row, bool follow, CancellationToken cancellationToken)
    {
        LookWait? wait = null;
        try
        {
            (row.DueAt, row.Problem) = (null, null);
            if (!await LookAsync(row, follow, cancellationToken))
                wait = Away(row.Shop);
        }
        catch (StorefrontException e)
        {
            await LaterAsync(row, Refusals.ProblemOf(e), e.RetryAfter, cancellationToken);
            wait = Away(e);
            if (e.Fault is StorefrontFault.Unavailable or StorefrontFault.RateLimited or StorefrontFault.Unauthorised)
                await products.PostponeAsync(row.Shop, row.DueAt!.Value, cancellationToken);
        }
        catch (RefusedException e)
        {
            await LaterAsync(row, e.Problem, asked: null, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Product {Product} of {Shop} could not be looked at", row.ProductId, row.Shop);
            await LaterAsync(row, new Problem("look_failed", "This product could not be compared with its video. It is tried again.", e.Message), asked: null, cancellationToken);
        }

        return wait;
    }

    /// <returns>Whether the shop was asked.</returns>
    private async Task<bool> LookAsync(WatchedProductRow row, bool follow, CancellationToken cancellationToken)
    {
        // Of a shop that is not set up any more nothing can be known; a hint after it is set up again leads to a look.
        if (shops.All.FirstOrDefault(shop => shop.Shop == row.Shop) is not { } storefront)
            return false;
        var shop = await watched.FindAsync(row.Shop, cancellationToken);
        if (shop?.UninstalledAt is not null)
        {
            row.DueAt = await clock.NowAsync(cancellationToken) + Uninstalled;
            row.Problem = Json.Write(ChangeWords.Paused(row.Shop));
            return false;
        }

        var policy = shop?.Policy ?? ChangePolicy.Default;
        var videos = await comparing.VideosAsync(new ProductRef(row.Shop, row.ProductId), cancellationToken);
        var listed = await ReadAsync(storefront, new ProductRef(row.Shop, row.ProductId), cancellationToken);
        // A shop tells of every product; of one without a video no more follows.
        if (videos.Count == 0)
        {
            await TurnAsync(row, WatchState.Current, [], cancellationToken);
            (row.Version, row.Sources) = (null, null);
        }
        else if (listed is null)
        {
            await TurnAsync(row, WatchState.Gone, [], cancellationToken);
            (row.Version, row.Sources) = (null, null);
            if (follow)
                await consequences.OfRemovalAsync(videos, cancellationToken);
        }
        else if ((Comparing.ClipOf(videos) ?? (policy.OnChange is OnChange.Remake ? Comparing.TakenOffOf(videos) : null)) is not { } clip)
        {
            await TurnAsync(row, WatchState.Current, [], cancellationToken);
            (row.Version, row.ClipId, row.MadeFrom, row.Sources, row.Style) = (listed.Version, null, null, null, null);
        }
        else
        {
            var found = await CompareAsync(row, listed, clip, cancellationToken);
            if (follow)
                await FollowAsync(row, policy, listed, clip, found, videos, cancellationToken);
            return true;
        }

        row.Tries = 0;
        return true;
    }

    /// <summary>Reads it, and keeps the index by that.</summary>
    private async Task<ListedProduct?> ReadAsync(IStorefront storefront, ProductRef product, CancellationToken cancellationToken)
    {
        var asked = await clock.NowAsync(cancellationToken);
        var listed = await storefront.ReadAsync(product.ProductId, cancellationToken);
        if (listed is null)
            await catalog.ForgetAsync(product, cancellationToken);
        else
            await catalog.SeeAsync(listed, asked, cancellationToken);
        return listed;
    }

    private async Task<Comparison> CompareAsync(WatchedProductRow row, ListedProduct listed, Generation clip, CancellationToken cancellationToken)
    {
        var found = await comparing.CompareAsync(listed, clip, row, cancellationToken);
        await TurnAsync(row, found.Reasons.Count == 0 ? WatchState.Current : WatchState.Stale, found.Reasons, cancellationToken);
        (row.Version, row.ClipId, row.MadeFrom, row.Sources) = (listed.Version, clip.Id, Json.Write(found.From), Json.Write(found.Now));
        row.Style = await consequences.StyleAsync(row.Shop, found.From.Template, cancellationToken);
        return found;
    }

    private async Task FollowAsync(
        WatchedProductRow row, ChangePolicy policy, ListedProduct listed, Generation clip, Comparison found, IReadOnlyList<Generation> videos,
        CancellationToken cancellationToken)
    {
        if (await consequences.OfChangeAsync(row, policy, listed, clip, found, videos, cancellationToken) is { } problem)
            await LaterAsync(row, problem, asked: null, cancellationToken);
        else
            row.Tries = 0;
    }

    private async Task TurnAsync(WatchedProductRow row, WatchState state, IReadOnlyList<ChangeReason> reasons, CancellationToken cancellationToken)
    {
        var names = string.Join(',', reasons);
        if (row.State == state.ToString() && row.Reasons == names)
            return;
        (row.State, row.Reasons, row.StateAt) = (state.ToString(), names, await clock.NowAsync(cancellationToken));
        log.LogInformation("Product {Product} of {Shop} is now {State} {Reasons}", row.ProductId, row.Shop, state, names);
    }

    private async Task LaterAsync(WatchedProductRow row, Problem problem, TimeSpan? asked, CancellationToken cancellationToken)
    {
        row.Tries++;
        row.Problem = Json.Write(problem);
        row.DueAt = await clock.NowAsync(cancellationToken) + Patience.After(row.Tries, asked);
    }

    private static LookWait Away(string shop) => new(ChangeWords.Paused(shop), Uninstalled, MayBeProducts: false);

    private static LookWait Away(StorefrontException e) =>
        new(Refusals.ProblemOf(e), e.RetryAfter ?? TimeSpan.Zero, e.Fault is not (StorefrontFault.RateLimited or StorefrontFault.Unauthorised));
}

/// <param name="Why">In the merchant's words.</param>
/// <param name="AtLeast">How long the shop is not to be asked again.</param>
/// <param name="MayBeProducts">Whether it may be the product's own: then others can be read meanwhile.</param>
internal sealed record LookWait(Problem Why, TimeSpan AtLeast, bool MayBeProducts);
