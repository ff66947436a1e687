using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Exchange;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>
/// Goes through all products of each shop, a page at a time, writes them into the catalogue index, and makes due what differs from the last
/// look. Between two scans a shop that can list what changed since is asked for that, which finds no deletions. A page is claimed by lease, so
/// nodes share the shops, and a scan goes on where it was wherever a node ended.
/// </summary>
internal sealed class CatalogScan(
    WatchedShops watched, WatchedProducts products, CatalogProducts catalog, Shops shops, ClipSources sources, IDatabaseClock clock, ChangesOptions options,
    ILogger<CatalogScan> log)
{
    private const int MostPerPage = 100;

    /// <summary>A cursor that the shop refuses so often is given up, and the scan begins anew.</summary>
    private const int TriesOfCursor = 4;

    /// <summary>A fifth of the time is for pages that wait for each other, and for a shop that makes us wait.</summary>
    private const double ShareOfTime = 0.8;

    /// <summary>A shop's clock may be behind, and a change may be listed some time after it was made.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>How many products a shop had when this process began to list it, or went on; counted once for each scan and each asking.</summary>
    private readonly ConcurrentDictionary<string, int> _sizes = new(StringComparer.Ordinal);

    /// <summary>Lists one page of a shop that is due; false if none is.</summary>
    public Task<bool> ScanNextAsync(CancellationToken cancellationToken) => ScanNextAsync(only: null, cancellationToken);

    /// <param name="only">Lists a page of this shop, for which somebody waits, or of none; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<bool> ScanNextAsync(string? only, CancellationToken cancellationToken)
    {
        if (await watched.ClaimNextAsync(only, cancellationToken) is not { } row)
            return false;
        try
        {
            await GoOnAsync(row, isAwaited: only is not null, cancellationToken);
        }
        catch when (cancellationToken.IsCancellationRequested)
        {
            await watched.ReleaseAsync(row, CancellationToken.None);
            throw;
        }

        return true;
    }

    private async Task GoOnAsync(WatchedShopRow row, bool isAwaited, CancellationToken cancellationToken)
    {
        // Each has its turn, however late both are.
        var isScan = row.ChangesDueAt is not { } due || row.DueAt <= due;
        try
        {
            if (isScan)
                await ScanAsync(row, isAwaited, cancellationToken);
            else
                await AskAsync(row, cancellationToken);
        }
        catch (Exception e) when (!isScan && e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            await AskLaterAsync(row, e, cancellationToken);
        }
        catch (StorefrontException e)
        {
            await LaterAsync(row, Refusals.ProblemOf(e), e.RetryAfter, cancellationToken, keepCursor: e.Fault is StorefrontFault.RateLimited);
        }
        catch (RefusedException e)
        {
            await LaterAsync(row, e.Problem, asked: null, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Shop {Shop} could not be scanned", row.Shop);
            await LaterAsync(row, new Problem("scan_failed", "The shop's products could not be gone through. It is tried again.", e.Message), asked: null, cancellationToken);
        }
    }

    private async Task ScanAsync(WatchedShopRow row, bool isAwaited, CancellationToken cancellationToken)
    {
        var began = await clock.NowAsync(cancellationToken);
        var since = row.ScanSince ?? began;
        var (shop, pace) = (shops.Get(row.Shop), isAwaited ? options.FirstProductsPerMinute : await PaceAsync(row, begins: row.ScanSince is null, cancellationToken));
        var page = await ListAsync(shop, new ProductQuery(Take: Math.Min(MostPerPage, pace), Cursor: row.Cursor), cancellationToken);
        var looks = await sources.LooksAsync(row.Shop, cancellationToken);
        (row.Cursor, row.Tries, row.Problem) = (page.NextCursor, 0, null);
        if (page.NextCursor is not null)
            (row.ScanSince, row.DueAt) = (since, began + TimeSpan.FromMinutes((double)page.Products.Count / pace));
        else
            (row.ScanSince, row.ScannedAt, row.DueAt) = (null, began, since + options.ScanEvery);
        if (shop.Capabilities.ListsChanges && row is { ScannedAt: not null, ChangesDueAt: null })
            (row.ChangesSince, row.ChangesDueAt) = (since, began + options.AskEvery);
        await watched.EndAsync(
            row, letInAt: began,
            async db =>
            {
                await NoteAsync(db, row.Shop, page.Products, looks, began, cancellationToken);
                await catalog.SeeAsync(db, row.Shop, page.Products, began, cancellationToken);
                if (page.NextCursor is not null)
                    return;
                await MissAsync(db, row.Shop, since, cancellationToken);
                await CatalogProducts.ForgetAsync(db, row.Shop, since, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>A page, or a shorter one where the shop's answer would be too large: what stands behind a few enormous products is not to stay unseen.</summary>
    private static async Task<ProductPage> ListAsync(IStorefront shop, ProductQuery query, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await shop.ListAsync(query, cancellationToken);
            }
            catch (StorefrontException e) when (ShopExchange.IsTooMuch(e) && query.Take > 1)
            {
                query = query with { Take = (query.Take + 1) / 2 };
            }
        }
    }

    /// <summary>Lists a page of what changed since that was asked last. What changes meanwhile is found by the next time, which begins where this one began.</summary>
    private async Task AskAsync(WatchedShopRow row, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var shop = shops.Get(row.Shop);
        if (!shop.Capabilities.ListsChanges || row.ChangesSince is not { } since)
        {
            (row.ChangesSince, row.ChangesBegan, row.ChangesCursor, row.ChangesDueAt) = (null, null, null, null);
            await watched.EndAsync(row, letInAt: null, follow: null, cancellationToken);
            return;
        }

        var pace = await PaceAsync(row, begins: row.ChangesBegan is null, cancellationToken);
        var page = await ListAsync(shop, new ProductQuery(Take: Math.Min(MostPerPage, pace), Cursor: row.ChangesCursor, ChangedSince: since - Overlap), cancellationToken);
        var looks = await sources.LooksAsync(row.Shop, cancellationToken);
        var began = row.ChangesBegan ?? now;
        var wait = page.NextCursor is null && await ListedMostAsync(row, began, page.Products.Count, cancellationToken) ? options.ScanEvery : options.AskEvery;
        (row.ChangesBegan, row.ChangesCursor, row.ChangesSince, row.ChangesDueAt) = page.NextCursor is { } next
            ? (began, next, since, now + TimeSpan.FromMinutes((double)page.Products.Count / pace))
            : ((DateTimeOffset?)null, (string?)null, began, now + wait);
        await watched.EndAsync(
            row, letInAt: now,
            async db =>
            {
                await NoteAsync(db, row.Shop, page.Products, looks, now, cancellationToken);
                await catalog.SeeAsync(db, row.Shop, page.Products, now, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether so much was listed that the shop seems not to hear since when it is asked, as WooCommerce before 5.8: it would be gone through whole
    /// each hour. What fits on one page costs no more than any asking.
    /// </summary>
    private async Task<bool> ListedMostAsync(WatchedShopRow row, DateTimeOffset began, int onLastPage, CancellationToken cancellationToken)
    {
        if (row.ChangesCursor is null)
            return false;
        // Other nodes may have listed some of its pages. What a scan saw meanwhile counts too, and need not be asked for soon.
        var listed = onLastPage + await catalog.CountAsync(row.Shop, cancellationToken, seenSince: began);
        return listed > MostPerPage && listed > _sizes.GetValueOrDefault(row.Shop) / 2;
    }

    /// <summary>Nothing is lost by it: the next time asks for what changed since the same moment, and a scan sees all.</summary>
    private async Task AskLaterAsync(WatchedShopRow row, Exception why, CancellationToken cancellationToken)
    {
        if (why is not StorefrontException { Fault: StorefrontFault.RateLimited })
            (row.ChangesBegan, row.ChangesCursor) = (null, null);
        row.ChangesDueAt = await clock.NowAsync(cancellationToken) + ((why as StorefrontException)?.RetryAfter ?? options.AskEvery);
        log.LogWarning(why, "Shop {Shop} could not be asked what changed", row.Shop);
        await watched.EndAsync(row, letInAt: null, follow: null, cancellationToken);
    }

    /// <summary>How many products in a minute. While nothing is known of a shop a merchant waits for it; later a large one would take days at the pace of a small one.</summary>
    private async Task<int> PaceAsync(WatchedShopRow row, bool begins, CancellationToken cancellationToken)
    {
        if (row.ScannedAt is null)
            return options.FirstProductsPerMinute;
        if (begins || !_sizes.TryGetValue(row.Shop, out var products))
            _sizes[row.Shop] = products = await catalog.CountAsync(row.Shop, cancellationToken);
        var needed = Math.Ceiling(products / (options.ScanEvery.TotalMinutes * ShareOfTime));
        return Math.Max(options.ProductsPerMinute, (int)Math.Min(options.FirstProductsPerMinute, needed));
    }

    private async Task NoteAsync(
        ProductVideoDb db, string shop, IReadOnlyList<ListedProduct> listed, string looks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var versions = listed.DistinctBy(product => product.Ref.ProductId).ToDictionary(product => product.Ref.ProductId, product => product.Version, StringComparer.Ordinal);
        var ids = versions.Keys.ToList();
        var page = db.WatchedProducts.Where(row => row.Shop == shop && ids.Contains(row.ProductId));
        await page.ExecuteUpdateAsync(set => set.SetProperty(row => row.ListedAt, now), cancellationToken);
        foreach (var row in (await page.AsNoTracking().ToListAsync(cancellationToken)).OrderBy(row => row.ProductId, StringComparer.Ordinal))
        {
            var version = versions[row.ProductId];
            if (IsChanged(row, version, looks))
                await products.HintAsync(db, new ProductRef(shop, row.ProductId), cancellationToken);
            if (row.ListVersion != version)
            {
                await db.WatchedProducts.Where(r => r.Shop == shop && r.ProductId == row.ProductId)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.ListVersion, version), cancellationToken);
            }
        }
    }

    private bool IsChanged(WatchedProductRow row, string version, string looks) =>
        (version != row.Version && version != row.ListVersion)
        || row.State == nameof(WatchState.Gone)
        || (row is { Style: { } style, MadeFrom: { } from } && style != sources.StyleOf(Json.Read<MadeFrom>(from).Template, looks));

    /// <summary>What was not in the whole list is read: it may be gone, or only not listed for shoppers.</summary>
    private static Task MissAsync(ProductVideoDb db, string shop, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.WatchedProducts
            .Where(row => row.Shop == shop && row.CreatedAt < since && (row.ListedAt == null || row.ListedAt < since) && row.State != nameof(WatchState.Gone) && row.DueAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Hints, row => row.Hints + 1).SetProperty(row => row.DueAt, since), cancellationToken);

    /// <param name="row">The shop's.</param>
    /// <param name="problem">Why not now.</param>
    /// <param name="asked">When the shop said to come back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="keepCursor">Whether the cursor is not to blame: a busy shop would be walked from its beginning again and again.</param>
    private async Task LaterAsync(WatchedShopRow row, Problem problem, TimeSpan? asked, CancellationToken cancellationToken, bool keepCursor = false)
    {
        row.Tries++;
        (row.Problem, row.DueAt) = (Json.Write(problem), await clock.NowAsync(cancellationToken) + Patience.After(row.Tries, asked));
        if (!keepCursor && row.Tries % TriesOfCursor == 0)
            (row.Cursor, row.ScanSince) = (null, null);
        log.LogWarning("Shop {Shop} can't be scanned now, for the {Tries}. time: {Why}", row.Shop, row.Tries, problem.OperatorText);
        await watched.EndAsync(row, letInAt: null, follow: null, cancellationToken);
    }
}
