using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>How far a backfill is.</summary>
/// <param name="Counts">How many videos stand how; those that were skipped are not in it.</param>
/// <param name="Skipped">How many videos, or products, are left out, by reason; those out of scope only where they were named.</param>
/// <param name="Held">Put aside for what is under way or in doubt, for each currency.</param>
/// <param name="Spent">Gone, for each currency.</param>
/// <param name="EstimatedEnd">When all are made, at the pace so far, by the shop's week and outside the hours in which nothing is ordered; null where there is no pace yet, or a person's stop or an account that a person must mend holds it up.</param>
public sealed record BackfillProgress(
    IReadOnlyDictionary<ItemState, int> Counts, IReadOnlyDictionary<SkipReason, int> Skipped, IReadOnlyList<Money> Held, IReadOnlyList<Money> Spent, DateTimeOffset? EstimatedEnd)
{
    /// <summary>All videos that are, or were to be, made.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>Those of which nothing more comes without a person.</summary>
    public int AtRest => Counts.Where(count => ItemStates.IsAtRest(count.Key)).Sum(count => count.Value);

    public int Of(ItemState state) => Counts.GetValueOrDefault(state);

    /// <summary>0 to 1.</summary>
    public double Share => Total == 0 ? 1 : (double)AtRest / Total;

    /// <param name="backfill">Which.</param>
    /// <param name="counts">How many stand how.</param>
    /// <param name="held">Put aside, for each currency.</param>
    /// <param name="spent">Gone, for each currency.</param>
    /// <param name="now">The time.</param>
    /// <param name="week">What the shop's week means for those that wait; null where it holds up none.</param>
    internal static BackfillProgress Of(
        Backfill backfill, IReadOnlyList<ItemCount> counts, IReadOnlyList<Money> held, IReadOnlyList<Money> spent, DateTimeOffset now, WeekAhead? week = null)
    {
        var progress = new BackfillProgress(
            counts.Where(count => count.State is not ItemState.Skipped).GroupBy(count => count.State).ToDictionary(group => group.Key, group => group.Sum(count => count.Count)),
            counts.Where(count => count is { State: ItemState.Skipped, Reason: not null }).GroupBy(count => count.Reason!.Value).ToDictionary(group => group.Key, group => group.Sum(count => count.Count)),
            held, spent, EstimatedEnd: null);
        return progress with { EstimatedEnd = EndOf(backfill, progress, now, week) };
    }

    private static DateTimeOffset? EndOf(Backfill backfill, BackfillProgress progress, DateTimeOffset now, WeekAhead? week)
    {
        if (backfill is not { State: BackfillState.Running, StartedAt: { } started } || progress.AtRest == 0 || progress.AtRest == progress.Total
            || backfill.Problem is { Code: Problem.SubmitsPaused or Problem.AccountRefused })
            return null;
        var farthest = now + Farthest;
        var byWeek = week?.LastOrder is { } last && last < farthest ? BackfillTimes.WaitUntil(backfill.Plan.Schedule, last) ?? last : (DateTimeOffset?)null;
        // Where the week is full, what it made wait says nothing of the pace.
        if (week is not null && (week.IsFull || byWeek is null))
            return byWeek;
        var byPace = ByPace(backfill, started, progress, now, farthest);
        return byPace < byWeek ? byWeek : byPace;
    }

    private static DateTimeOffset? ByPace(Backfill backfill, DateTimeOffset started, BackfillProgress progress, DateTimeOffset now, DateTimeOffset farthest)
    {
        var (schedule, since) = (backfill.Plan.Schedule, now - started);
        var closed = since - BackfillTimes.OpenBetween(schedule, started, now);
        var unpaused = since - backfill.PausedFor;
        // When it was paused is not known: as much of that as of all other time may lie in hours in which nothing is ordered anyway.
        var ordering = closed > TimeSpan.Zero ? unpaused - (closed * (unpaused / since)) : unpaused;
        var left = ordering / progress.AtRest * (progress.Total - progress.AtRest);
        // What is ordered goes on at any hour.
        return left >= farthest - now ? null : progress.Of(ItemState.Waiting) == 0 ? now + left : BackfillTimes.AfterOpen(schedule, now, left, farthest);
    }

    /// <summary>Farther away than that is no estimate.</summary>
    internal static readonly TimeSpan Farthest = TimeSpan.FromDays(3650);
}
