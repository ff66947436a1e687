using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>
/// Makes a dry run in this process, which may run no jobs: with the shop's first scan, where it was never gone through. Where a server is at
/// it already its work is waited for; the claims see to it that nothing is done twice.
/// </summary>
public sealed class OwnDryRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly BackfillDesk _desk;
    private readonly BackfillWork _work;
    private readonly CatalogScan _scan;
    private readonly WatchedShops _watched;
    private readonly CatalogProducts _catalog;
    private readonly TimeProvider _time;

    internal OwnDryRun(BackfillDesk desk, BackfillWork work, CatalogScan scan, WatchedShops watched, CatalogProducts catalog, TimeProvider time) =>
        (_desk, _work, _scan, _watched, _catalog, _time) = (desk, work, scan, watched, catalog, time);

    /// <summary>Begins it and follows it to its end.</summary>
    /// <param name="id">Of a backfill that was not started.</param>
    /// <param name="tell">Is told how far it is.</param>
    /// <param name="cancellationToken">Ends the call; a server goes on with it.</param>
    /// <exception cref="RefusedException">It was started before, or the shop can't be gone through or its looks be read now.</exception>
    public async Task<Backfill> RunAsync(Guid id, Action<DryRunStep> tell, CancellationToken cancellationToken)
    {
        var backfill = await _desk.QuoteAsync(id, cancellationToken);
        await ScanAsync(backfill.Shop, tell, cancellationToken);
        var products = (await _catalog.StandingAsync(backfill.Shop, cancellationToken)).Products;
        var seen = 0;
        tell(new DryRunStep(IsScan: false, seen, products));
        while (true)
        {
            var moved = await _work.MoveAsync(id, more => tell(new DryRunStep(IsScan: false, seen += more, products)), cancellationToken);
            backfill = await _desk.GetAsync(id, cancellationToken);
            if (backfill.State is not BackfillState.Quoting)
                return backfill;
            if (backfill.Problem is { } problem && problem.Code is not (DryRun.NotReady or ChangeWords.Busy))
                throw new RefusedException(RefusalKind.Unavailable, problem);
            if (!moved)
                await Task.Delay(Look, _time, cancellationToken);
        }
    }

    private async Task ScanAsync(string shop, Action<DryRunStep> tell, CancellationToken cancellationToken)
    {
        if (await _watched.FindAsync(shop, cancellationToken) is { ScannedAt: not null })
            return;
        // What failed a while ago may work now.
        await _watched.ScanNowAsync(shop, cancellationToken);
        var told = _time.GetTimestamp();
        while (!await IsScannedAsync(shop, cancellationToken))
        {
            if (!await _scan.ScanNextAsync(shop, cancellationToken))
                await Task.Delay(Look, _time, cancellationToken);
            if (_time.GetElapsedTime(told) < TellEvery)
                continue;
            told = _time.GetTimestamp();
            tell(new DryRunStep(IsScan: true, (await _catalog.StandingAsync(shop, cancellationToken)).Products, OfAll: null));
        }
    }

    /// <exception cref="RefusedException">It was tried, and can't be gone through now.</exception>
    private async Task<bool> IsScannedAsync(string shop, CancellationToken cancellationToken)
    {
        var found = await _watched.FindAsync(shop, cancellationToken);
        return found is not { ScannedAt: null, Problem: { } problem } || found.DueAt <= _time.GetUtcNow()
            ? found?.ScannedAt is not null : throw new RefusedException(RefusalKind.Unavailable, problem, "shop");
    }
}

/// <param name="IsScan">Whether the shop's products are being gone through, for the first time; else each is judged and priced.</param>
/// <param name="Done">How many products were.</param>
/// <param name="OfAll">Of how many; null where that is not known yet.</param>
public sealed record DryRunStep(bool IsScan, int Done, int? OfAll);
