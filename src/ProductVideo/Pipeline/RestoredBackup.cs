using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>
/// For a database that was put back from a backup. What it shows as not sent may have been sent and paid for since, so each such order is
/// looked for, sent under the same key only, or left to a person; the counters of the caps are added up again. What a shop's changes order
/// by themselves may have been ordered since, and what is on its way to a listing may have been there and been taken off: both wait for a
/// person. Run twice, it changes nothing more.
/// </summary>
internal sealed class RestoredBackup(
    IDbContextFactory<ProductVideoDb> databases, GenerationStore store, VideoProviders providers, Budgets budgets, PipelineOptions options,
    IDatabaseClock clock)
{
    private const int Page = 200;

    private static readonly string[] Open = [nameof(GenerationState.Planned), nameof(GenerationState.Submitting)];

    public async Task<RestoreReport> RunAsync(CancellationToken cancellationToken)
    {
        var inReview = await MarkAllAsync(cancellationToken);
        await PauseBackfillsAsync(cancellationToken);
        var oldest = await OldestAsync(cancellationToken);
        var (onlyTold, forReview) = (await OnlyTellAsync(cancellationToken), await UnapproveAsync(cancellationToken));
        var report = new RestoreReport(WrongCounters: await budgets.RecountAsync(cancellationToken), OnlyTold: onlyTold, ForReview: forReview, InReview: inReview);
        foreach (var state in Open)
        {
            await foreach (var generation in InAsync(state, cancellationToken))
                report = report.With(await MarkAsync(generation, oldest.GetValueOrDefault(generation.Order.Provider, generation.CreatedAt), cancellationToken));
        }

        return report;
    }

    /// <summary>Of what was under way, another provider may have taken over since and been paid; nobody that costs money does so again by itself.</summary>
    /// <returns>How many of them waited for a person's look already.</returns>
    private async Task<int> MarkAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unmarked = db.Generations.Where(row => (row.Active || row.DueAt != null) && !row.FromBackup);
        var inReview = await unmarked.CountAsync(row => row.State == nameof(GenerationState.AwaitingReview), cancellationToken);
        await unmarked.ExecuteUpdateAsync(set => set.SetProperty(row => row.FromBackup, true), cancellationToken);
        return inReview;
    }

    /// <summary>What a backfill ordered since is not in the backup: going on by itself would order and pay for it again.</summary>
    private async Task PauseBackfillsAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await BackfillStore.PauseAllAsync(
            db.Backfills,
            new Problem(
                "backfill_restored", "A backup was put back, so what was ordered since it was taken is not known here. Look at what the provider made since; then resume, or make a new one.",
                "The database was restored; the backfill's orders since the backup are unknown."),
            now, cancellationToken);
    }

    /// <summary>What was ordered since for a change is not in the backup either: the same change would be ordered, and paid for, again.</summary>
    private async Task<int> OnlyTellAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await WatchedShops.OnlyTellAsync(db, "a restored backup", now, cancellationToken);
    }

    /// <returns>How many wait for a person's look again.</returns>
    private async Task<int> UnapproveAsync(CancellationToken cancellationToken)
    {
        var waiting = 0;
        await foreach (var generation in InAsync(nameof(GenerationState.Publishing), cancellationToken))
        {
            if (await OverruleAsync(generation, (found, _) => GenerationMachine.Unapproved(found), cancellationToken) is not null)
                waiting++;
        }

        return waiting;
    }

    /// <summary>All in a state, as they are read: what becomes of one does not move those behind it.</summary>
    private async IAsyncEnumerable<Generation> InAsync(string state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Generation? last = null;
        IReadOnlyList<Generation> page;
        do
        {
            page = await store.ListAsync(new GenerationFilter(State: state, Before: last, Take: Page), cancellationToken);
            foreach (var generation in page)
                yield return generation;
            last = page.LastOrDefault();
        }
        while (page.Count == Page);
    }

    private Task<GenerationState?> MarkAsync(Generation generation, DateTimeOffset since, CancellationToken cancellationToken) =>
        OverruleAsync(generation, (found, now) => GenerationMachine.Restored(found, since, now, providers.RulesFor(found, options)), cancellationToken);

    /// <returns>What it is now; null if it stays as it was.</returns>
    private async Task<GenerationState?> OverruleAsync(Generation generation, Func<Generation, DateTimeOffset, Next?> truth, CancellationToken cancellationToken)
    {
        for (var found = generation; found is not null; found = await store.FindAsync(generation.Id, cancellationToken))
        {
            if (truth(found, await clock.NowAsync(cancellationToken)) is not { } next)
                return null;
            if (await store.OverruleAsync(found, next, cancellationToken))
                return next.State;
        }

        return null;
    }

    /// <summary>When the oldest order of each provider was made whose submit is open.</summary>
    private async Task<Dictionary<string, DateTimeOffset>> OldestAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = db.Generations.AsNoTracking().Where(row => Open.Contains(row.State));
        var oldest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var provider in await open.Select(row => row.Provider).Distinct().ToListAsync(cancellationToken))
        {
            oldest[provider] = await open.Where(row => row.Provider == provider).OrderBy(row => row.CreatedAt)
                .Select(row => row.CreatedAt).FirstAsync(cancellationToken);
        }

        return oldest;
    }
}

/// <summary>What was done after a backup was put back.</summary>
/// <param name="LookedFor">Orders that are looked for at their provider before anything is sent.</param>
/// <param name="SameKey">Orders that are sent under the one key they may have been sent under, which gives the same task.</param>
/// <param name="InDoubt">Orders that only a person can tell about.</param>
/// <param name="WrongCounters">Counters of caps that did not agree with the ledger, and do now.</param>
/// <param name="OnlyTold">Shops whose changes ordered new videos by themselves, and are only told of now.</param>
/// <param name="ForReview">Videos that were on their way to a listing, and wait for a person's look again.</param>
/// <param name="InReview">Videos that waited for a person's look, and say now that they may have been on their listing since.</param>
internal sealed record RestoreReport(
    int LookedFor = 0, int SameKey = 0, int InDoubt = 0, int WrongCounters = 0, int OnlyTold = 0, int ForReview = 0, int InReview = 0)
{
    internal RestoreReport With(GenerationState? marked) => marked switch
    {
        GenerationState.Submitting => this with { LookedFor = LookedFor + 1 },
        GenerationState.Planned => this with { SameKey = SameKey + 1 },
        GenerationState.InDoubt => this with { InDoubt = InDoubt + 1 },
        _ => this,
    };
}
