using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Backfills;

/// <summary>
/// Moves a running backfill: whether and how many of its videos are ordered now, a few ahead of what is finished, and when it waits, pauses or
/// ends. What a node left in the middle another one goes on with.
/// </summary>
internal sealed class BackfillRun(
    BackfillStore store, BackfillItems items, ItemOrders orders, BackfillGate gate, PriceSketches sketches, Shops shops, BackfillsOptions options,
    IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, ILogger<BackfillRun> log)
{
    /// <summary>After so many the claim is renewed and the word of a person heard. Where that takes longer than the claim lives, another node's orders are the same ones.</summary>
    private const int Batch = 16;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task RunAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var backfill = claim.Backfill;
        var now = await clock.NowAsync(cancellationToken);
        var next = await items.NextAsync(backfill.Id, Batch, cancellationToken);
        if (next.Count == 0)
        {
            await EndAsync(claim, now, cancellationToken);
            return;
        }

        if (claim.FailureCode is { } code && claim.Failures >= BackfillFailures.LimitOf(code, options))
        {
            await PauseAsync(claim, BackfillFailures.TooMany(code, claim.Failures, await LastFailedAsync(backfill.Id, code, cancellationToken)), now, cancellationToken);
            return;
        }

        if (BackfillTimes.WaitUntil(backfill.Plan.Schedule, now) is { } morning)
        {
            await WaitAsync(claim, morning, Blackout(morning), cancellationToken);
            return;
        }

        // Ordered all the same, what nobody else may make would be refused, and fail.
        if (await gate.StopAsync(backfill, () => sketches.MakersAsync(backfill, cancellationToken), cancellationToken) is { } stop)
        {
            await WaitAsync(claim, now + Look, stop, cancellationToken);
            return;
        }

        var account = await gate.NextAccountAsync(next[0], cancellationToken);
        if (account is { State: BreakerState.NeedsPerson })
        {
            await PauseAsync(claim, gate.Refused(account), now, cancellationToken);
            return;
        }

        var ahead = Ahead(account) - await items.CountAsync(backfill.Id, ItemState.UnderWay, cancellationToken);
        if (ahead <= 0)
        {
            await WaitForOrdersAsync(claim, now, cancellationToken);
            return;
        }

        var (room, until, why) = await RoomAsync(backfill, ahead, now, cancellationToken);
        if (room == 0)
        {
            await WaitAsync(claim, until, why, cancellationToken);
            return;
        }

        var (wait, inTheWay) = await orders.OrderAsync(backfill, [.. next.Take(room)], cancellationToken);
        await WaitAsync(claim, await clock.NowAsync(cancellationToken) + wait, inTheWay, cancellationToken);
    }

    /// <summary>How many of those that may be ahead the shop's week takes now; where none, until when and why.</summary>
    private async Task<(int Room, DateTimeOffset Until, Problem? Why)> RoomAsync(Backfill backfill, int ahead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (WeekQuota.Of(backfill.Plan.Caps.VideosPerWeek, shops.Find(backfill.Shop)) is not { } quota)
            return (ahead, now, null);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (left, moreAt) = await quota.LeftAsync(db, backfill.Shop, now, cancellationToken);
        return (Math.Min(ahead, left), moreAt, left > 0 ? null : quota.Full(moreAt));
    }

    /// <summary>As many as the account has places for, and a few to take the next free ones.</summary>
    private int Ahead(AccountStanding? account) =>
        account?.MaxInFlight is { } places ? Math.Min(options.Ahead, places + Math.Max(2, places / 4)) : options.Ahead;

    /// <summary>Done once everything ordered is at rest; until then what may still fail is waited for.</summary>
    private async Task EndAsync(ClaimedBackfill claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await items.IsMovingAsync(claim.Backfill.Id, cancellationToken))
            await WaitForOrdersAsync(claim, now, cancellationToken);
        else if (BackfillMachine.Finish(claim.Backfill, now) is { } done)
            await store.SaveAsync(claim, done, db => RunCaps.RemoveAsync(db, done.Id, cancellationToken), keep: false, cancellationToken);
    }

    /// <summary>Until there is room, or all is at rest; pauses where none of it goes on without a person.</summary>
    private async Task WaitForOrdersAsync(ClaimedBackfill claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await gate.LookAsync(claim.Backfill, cancellationToken);
        if (held is { NeedsPerson: true })
            await PauseAsync(claim, held.Why, now, cancellationToken);
        else
            await WaitAsync(claim, now + Look, held?.Why, cancellationToken);
    }

    private async Task PauseAsync(ClaimedBackfill claim, Problem why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (BackfillMachine.Pause(claim.Backfill, by: null, why, now) is not { } paused)
            return;
        log.LogWarning("Backfill {Backfill} of {Shop} paused by itself: {Why}", claim.Backfill.Id, claim.Backfill.Shop, why.OperatorText);
        await store.SaveAsync(claim, paused, follow: null, keep: false, cancellationToken);
    }

    private Task<bool> WaitAsync(ClaimedBackfill claim, DateTimeOffset until, Problem? why, CancellationToken cancellationToken) =>
        store.SaveAsync(claim, claim.Backfill with { DueAt = until, Problem = why }, follow: null, keep: false, cancellationToken);

    private async Task<BackfillItem?> LastFailedAsync(Guid backfill, string code, CancellationToken cancellationToken) =>
        (await items.FailedAsync(backfill, cancellationToken)).FirstOrDefault(item => item.Problem?.Code == code);

    private static Problem Blackout(DateTimeOffset until) => new(
        "backfill_blackout", "These are hours in which nothing is ordered. It goes on by itself.", $"Nothing is ordered until {until.UtcDateTime:u}.");
}
