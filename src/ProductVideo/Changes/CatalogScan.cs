using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>
/// Goes through all products of each shop, a page at a time, writes them into the catalogue index, and makes due what differs from the last
/// look. A page is claimed by lease, so nodes share the shops, and a scan goes on where it was wherever a node ended.
/// </summary>
internal sealed class CatalogScan(
    WatchedShops watched, WatchedProducts products, CatalogProducts catalog, Shops shops, ClipSources sources, IDatabaseClock clock, ChangesOptions options,
    ILogger<CatalogScan> log)
{
    private const int MostPerPage = 100;

    /// <summary>A cursor that the shop refuses so often is given up, and the scan begins anew.</summary>
    private const int TriesOfCursor = 4;

    /// <summary>Lists one page of a shop that is due; false if none is.</summary>
    public Task<bool> ScanNextAsync(CancellationToken cancellationToken) => ScanNextAsync(only: null, cancellationToken);

    /// <param name="only">Lists a page of this shop or of none; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<bool> ScanNextAsync(string? only, CancellationToken cancellationToken)
    {
        if (await watched.ClaimNextAsync(only, cancellationToken) is not { } row)
            return false;
        try
        {
            await ScanAsync(row, cancellationToken);
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

        return true;
    }

    private async Task ScanAsync(WatchedShopRow row, CancellationToken cancellationToken)
    {
        var began = await clock.NowAsync(cancellationToken);
        var since = row.ScanSince ?? began;
        var page = await shops.Get(row.Shop).ListAsync(new ProductQuery(Take: Math.Min(MostPerPage, PaceOf(row)), Cursor: row.Cursor), cancellationToken);
        var looks = await sources.LooksAsync(row.Shop, cancellationToken);
        (row.Cursor, row.Tries, row.Problem) = (page.NextCursor, 0, null);
        if (page.NextCursor is not null)
            (row.ScanSince, row.DueAt) = (since, began + TimeSpan.FromMinutes((double)page.Products.Count / PaceOf(row)));
        else
            (row.ScanSince, row.ScannedAt, row.DueAt) = (null, began, since + options.ScanEvery);
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

    /// <summary>While nothing is known of a shop a merchant waits for it.</summary>
    private int PaceOf(WatchedShopRow row) => row.ScannedAt is null ? options.FirstProductsPerMinute : options.ProductsPerMinute;

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
