using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>
/// Goes through all products of each shop, a page at a time, and makes due what differs from the last look. A page is claimed by lease, so
/// nodes share the shops, and a scan goes on where it was wherever a node ended.
/// </summary>
public sealed class CatalogScan(
    WatchedShops watched, WatchedProducts products, Shops shops, ClipSources sources, IDatabaseClock clock, ChangesOptions options, ILogger<CatalogScan> log)
{
    private const int MostPerPage = 100;

    /// <summary>A cursor that the shop refuses so often is given up, and the scan begins anew.</summary>
    private const int TriesOfCursor = 4;

    /// <summary>Lists one page of a shop that is due; false if none is.</summary>
    public async Task<bool> ScanNextAsync(CancellationToken cancellationToken)
    {
        if (await watched.ClaimNextAsync(cancellationToken) is not { } row)
            return false;
        try
        {
            await ScanAsync(row, cancellationToken);
        }
        catch (StorefrontException e)
        {
            await LaterAsync(row, Refusals.ProblemOf(e), e.RetryAfter, cancellationToken);
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
        var page = await shops.Get(row.Shop).ListAsync(new ProductQuery(Take: Math.Min(MostPerPage, options.ProductsPerMinute), Cursor: row.Cursor), cancellationToken);
        var looks = await sources.LooksAsync(row.Shop, cancellationToken);
        (row.Cursor, row.Tries, row.Problem) = (page.NextCursor, 0, null);
        if (page.NextCursor is not null)
            (row.ScanSince, row.DueAt) = (since, began + TimeSpan.FromMinutes((double)page.Products.Count / options.ProductsPerMinute));
        else
            (row.ScanSince, row.ScannedAt, row.DueAt) = (null, began, since + options.ScanEvery);
        await watched.EndAsync(
            row, letInAt: began,
            async db =>
            {
                await NoteAsync(db, row.Shop, page.Products, looks, began, cancellationToken);
                if (page.NextCursor is null)
                    await MissAsync(db, row.Shop, since, cancellationToken);
            },
            cancellationToken);
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

    private async Task LaterAsync(WatchedShopRow row, Problem problem, TimeSpan? asked, CancellationToken cancellationToken)
    {
        row.Tries++;
        (row.Problem, row.DueAt) = (Json.Write(problem), await clock.NowAsync(cancellationToken) + Patience.After(row.Tries, asked));
        if (row.Tries % TriesOfCursor == 0)
            (row.Cursor, row.ScanSince) = (null, null);
        log.LogWarning("Shop {Shop} can't be scanned now, for the {Tries}. time: {Why}", row.Shop, row.Tries, problem.OperatorText);
        await watched.EndAsync(row, letInAt: null, follow: null, cancellationToken);
    }
}
