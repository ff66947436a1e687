using Microsoft.Extensions.Logging;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Backfills;

/// <summary>Moves the backfill that is due: its dry run, its orders, its schedule. One at a time on a node; any number of nodes may take part.</summary>
internal sealed class BackfillWork(
    BackfillStore store, DryRun dryRun, BackfillRun run, BackfillItems items, CancelledRest rest, IDatabaseClock clock, ILogger<BackfillWork> log)
{
    /// <summary>As whom what was ordered is cancelled where nobody is named.</summary>
    private const string Nobody = "backfill";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Moves one; false if none is due.</summary>
    public Task<bool> MoveNextAsync(CancellationToken cancellationToken) => MoveAsync(only: null, seen: null, cancellationToken);

    /// <summary>Moves this one; false if it is not due, or another process is at it.</summary>
    /// <param name="only">Which; null for the most urgent.</param>
    /// <param name="seen">Is told of so many more products that a dry run went through.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> MoveAsync(Guid? only, Action<int>? seen, CancellationToken cancellationToken)
    {
        if (await store.ClaimNextAsync(cancellationToken, only) is not { } claim)
            return false;
        claim.Seen = seen;
        try
        {
            await TryAsync(claim, cancellationToken);
        }
        catch when (cancellationToken.IsCancellationRequested)
        {
            await store.ReleaseAsync(claim, CancellationToken.None);
            throw;
        }

        return true;
    }

    private async Task TryAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        try
        {
            await MoveAsync(claim, cancellationToken);
        }
        catch (RefusedException e)
        {
            await LaterAsync(claim, e.Problem, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Backfill {Backfill} could not be moved", claim.Backfill.Id);
            await LaterAsync(claim, new Problem("backfill_stuck", "The backfill met something unexpected. It is tried again.", $"{e.GetType().Name}: {e.Message}"), cancellationToken);
        }
    }

    private Task MoveAsync(ClaimedBackfill claim, CancellationToken cancellationToken) => claim.Backfill.State switch
    {
        BackfillState.Quoting => dryRun.RunAsync(claim, cancellationToken),
        BackfillState.Running => run.RunAsync(claim, cancellationToken),
        BackfillState.Scheduled => BeginRunAsync(claim, cancellationToken),
        BackfillState.Paused => PauseRunsAsync(claim, cancellationToken),
        BackfillState.Cancelled => EndAsync(claim, cancellationToken),
        _ => store.SaveAsync(claim, claim.Backfill with { DueAt = null }, follow: null, keep: false, cancellationToken),
    };

    /// <summary>A schedule's run is a backfill of its own, for the price that was agreed to for each.</summary>
    private async Task BeginRunAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var schedule = claim.Backfill;
        var now = await clock.NowAsync(cancellationToken);
        var consent = schedule.Consent ?? throw new InvalidOperationException($"Nobody agreed to the runs of backfill {schedule.Id}.");
        var next = schedule with { DueAt = BackfillTimes.NextRun(schedule.Plan.Schedule, now), Problem = null };
        // One that nobody started is of yesterday's products and prices. Left, it could be started beside the next.
        await store.FollowRunsAsync(schedule, run => BackfillMachine.Supersede(run, now), cancellationToken);
        // Two runs at once would look for the same products.
        if (await store.OpenRunsAsync(schedule.Id, cancellationToken) is [var last, ..])
        {
            log.LogWarning("Run {Run} of backfill {Backfill} is {State}, so this time is left out", last.Id, schedule.Id, last.State);
            await store.SaveAsync(claim, next with { Problem = Unfinished(last) }, follow: null, keep: false, cancellationToken);
            return;
        }

        var begun = new Backfill
        {
            Id = Guid.CreateVersion7(now),
            Shop = schedule.Shop,
            Name = schedule.Name,
            Plan = schedule.Plan with { Schedule = schedule.Plan.Schedule with { Cron = null }, Caps = BackfillMachine.CapsOf(schedule.Plan, consent) },
            State = BackfillState.Quoting,
            QuotingSince = now,
            RunOf = schedule.Id,
            ApiKey = schedule.ApiKey,
            CreatedBy = schedule.CreatedBy,
            CreatedAt = now,
            Consent = consent,
            DueAt = now,
        };
        await store.SaveAsync(
            claim, next, async db =>
            {
                db.Backfills.Add(BackfillMapping.ToRow(begun));
                await db.SaveChangesAsync(cancellationToken);
            },
            keep: false, cancellationToken);
    }

    /// <summary>Whoever paused a schedule paused its runs too; had that been cut off, they would order and pay to their end.</summary>
    private async Task PauseRunsAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var (schedule, by, now) = (claim.Backfill, claim.Backfill.StoppedBy ?? Nobody, await clock.NowAsync(cancellationToken));
        await store.SaveAsync(
            claim, schedule with { DueAt = null }, db => BackfillStore.FollowRunsAsync(db, schedule, run => BackfillMachine.PauseRun(run, by, now), cancellationToken), keep: false,
            cancellationToken);
    }

    /// <summary>Cancelled, it is over once nothing of it moves any more.</summary>
    private async Task EndAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var (cancelled, by) = (claim.Backfill, claim.Backfill.StoppedBy ?? Nobody);
        // Whoever cancelled it did so too; had that been cut off, it would wait, and be sent, all the same.
        await rest.EndAsync(cancelled.Id, by, cancellationToken);
        // What a provider refuses for now is not sent again, and what it makes is finished within the run's caps: only then are they gone.
        if (await items.IsMovingAsync(claim.Backfill.Id, cancellationToken))
        {
            await store.SaveAsync(claim, cancelled with { DueAt = await clock.NowAsync(cancellationToken) + Look }, follow: null, keep: false, cancellationToken);
            return;
        }

        var now = await clock.NowAsync(cancellationToken);
        await store.SaveAsync(
            claim, cancelled with { DueAt = null }, async db =>
            {
                // Of a schedule: its runs were cancelled with it, unless that was cut off.
                await BackfillStore.FollowRunsAsync(db, cancelled, run => BackfillMachine.Cancel(run, by, now), cancellationToken);
                await RunCaps.RemoveAsync(db, cancelled.Id, cancellationToken);
            },
            keep: false, cancellationToken);
    }

    private async Task LaterAsync(ClaimedBackfill claim, Problem problem, CancellationToken cancellationToken) => await store.SaveAsync(
        claim, claim.Backfill with { Problem = problem, DueAt = await clock.NowAsync(cancellationToken) + Patience.After(1) }, follow: null, keep: false, cancellationToken);

    private static Problem Unfinished(Backfill last) => last.State is BackfillState.Paused
        ? new("backfill_run_paused", "The run before was paused at the last time, so none was begun then. Resume or cancel it; until then no other begins.", $"Run {last.Id} was paused.")
        : new("backfill_still_running", "The run before was still going on at the last time, so none was begun then.", $"Run {last.Id} had not ended.");
}
