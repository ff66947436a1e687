using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>
/// Makes a dry run in this process, which may run no jobs: with the scan that the shop is due for. A shop's first one is waited for also where a
/// server is at it already; the claims see to it that nothing is done twice.
/// </summary>
internal sealed class OwnDryRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly BackfillDesk _desk;
    private readonly BackfillStore _store;
    private readonly BackfillWork _work;
    private readonly CatalogScan _scan;
    private readonly WatchedShops _watched;
    private readonly CatalogProducts _catalog;
    private readonly IDatabaseClock _clock;
    private readonly TimeProvider _time;

    internal OwnDryRun(
        BackfillDesk desk, BackfillStore store, BackfillWork work, CatalogScan scan, WatchedShops watched, CatalogProducts catalog, IDatabaseClock clock,
        TimeProvider time) =>
        (_desk, _store, _work, _scan, _watched, _catalog, _clock, _time) = (desk, store, work, scan, watched, catalog, clock, time);

    /// <summary>Begins it and follows it to its end.</summary>
    /// <param name="id">Of a backfill that was not started.</param>
    /// <param name="tell">Is told how far it is: at most once a second, and at the end.</param>
    /// <param name="cancellationToken">Ends the call; a server goes on with it.</param>
    /// <exception cref="RefusedException">It was started before, or the shop can't be gone through or its looks be read now.</exception>
    public async Task<Backfill> RunAsync(Guid id, Action<DryRunStep> tell, CancellationToken cancellationToken)
    {
        var backfill = await _desk.GetAsync(id, cancellationToken);
        var known = (await _watched.RowAsync(backfill.Shop, cancellationToken))?.ScannedAt;
        // Quoted before, it would be priced by a server meanwhile, from what was known.
        if (known is not null && BackfillMachine.IsUnstarted(backfill.State))
            await ScanAsync(backfill.Shop, known, tell, cancellationToken);
        backfill = await _desk.QuoteAsync(id, cancellationToken);
        if (known is null)
            await ScanAsync(backfill.Shop, known: null, tell, cancellationToken);
        var products = backfill.Plan.Scope.OnlyNamed
            ? await _store.CountNamesAsync(id, cancellationToken) : await _catalog.CountAsync(backfill.Shop, cancellationToken);
        var (seen, pace) = (0, new Pace(_time));
        tell(new DryRunStep(IsScan: false, seen, products));
        while (true)
        {
            var moved = await _work.MoveAsync(id, See, cancellationToken);
            backfill = await _desk.GetAsync(id, cancellationToken);
            if (backfill.State is not BackfillState.Quoting)
            {
                tell(new DryRunStep(IsScan: false, seen, products));
                return backfill;
            }

            if (backfill.Problem is { } problem && problem.Code is not (DryRun.NotReady or ChangeWords.Busy))
                throw new RefusedException(RefusalKind.Unavailable, problem);
            if (!moved)
                await Task.Delay(Look, _time, cancellationToken);
        }

        void See(int more)
        {
            seen += more;
            if (pace.IsDue())
                tell(new DryRunStep(IsScan: false, seen, products));
        }
    }

    /// <summary>Goes through the shop if it is due. What is known of it already must do where a server is at it, in its own time, or the shop is away.</summary>
    /// <param name="shop">Which.</param>
    /// <param name="known">When all of it was last gone through; null if never yet.</param>
    /// <param name="tell">Is told how far it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">Nothing is known of it, and it can't be gone through now.</exception>
    private async Task ScanAsync(string shop, DateTimeOffset? known, Action<DryRunStep> tell, CancellationToken cancellationToken)
    {
        // What failed a while ago may work now.
        if (known is null)
            await _watched.ScanNowAsync(shop, cancellationToken);
        var (begun, pace) = (known is null, new Pace(_time));
        while (true)
        {
            var (row, now) = (await _watched.RowAsync(shop, cancellationToken), await _clock.NowAsync(cancellationToken));
            if (row is { ScannedAt: { } scanned } && scanned != known)
                return;
            if (row is { Problem: { } problem } && row.DueAt > now && known is null)
                throw new RefusedException(RefusalKind.Unavailable, Json.Read<Problem>(problem), "shop");
            if (known is not null && (IsHeld(row, now) || (row?.DueAt > now && (!begun || row.Problem is not null))))
                return;
            if (await _scan.ScanNextAsync(shop, cancellationToken))
                begun = true;
            else
                await Task.Delay(Look, _time, cancellationToken);
            if (pace.IsDue())
                tell(await StepAsync(shop, known, row?.ScanSince, cancellationToken));
        }
    }

    private static bool IsHeld(WatchedShopRow? row, DateTimeOffset now) => row is { Owner: not null } && row.LeaseUntil > now;

    private async Task<DryRunStep> StepAsync(string shop, DateTimeOffset? known, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var products = await _catalog.CountAsync(shop, cancellationToken);
        return known is null ? new DryRunStep(IsScan: true, products, OfAll: null)
            : new DryRunStep(IsScan: true, since is null ? 0 : await _catalog.CountAsync(shop, cancellationToken, seenSince: since), products);
    }

    /// <summary>How often it is told: at most once a second, for the first time after the first.</summary>
    private sealed class Pace(TimeProvider time)
    {
        private long _told = time.GetTimestamp();

        public bool IsDue()
        {
            if (time.GetElapsedTime(_told) < TellEvery)
                return false;
            _told = time.GetTimestamp();
            return true;
        }
    }
}

/// <param name="IsScan">Whether the shop's products are being gone through; else each is judged and priced.</param>
/// <param name="Done">How many products were.</param>
/// <param name="OfAll">Of how many; null where that is not known yet, as while a shop is gone through for the first time.</param>
internal sealed record DryRunStep(bool IsScan, int Done, int? OfAll);
