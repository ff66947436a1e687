using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>How far a backfill is.</summary>
/// <param name="Counts">How many videos stand how; those that were skipped are not in it.</param>
/// <param name="Skipped">How many videos, or products, are left out, by reason; those out of scope only where they were named.</param>
/// <param name="Held">Put aside for what is under way or in doubt, for each currency.</param>
/// <param name="Spent">Gone, for each currency.</param>
/// <param name="EstimatedEnd">When all are made, at the pace so far; null where there is none yet.</param>
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

    internal static BackfillProgress Of(Backfill backfill, IReadOnlyList<ItemCount> counts, IReadOnlyList<Money> held, IReadOnlyList<Money> spent, DateTimeOffset now)
    {
        var progress = new BackfillProgress(
            counts.Where(count => count.State is not ItemState.Skipped).GroupBy(count => count.State).ToDictionary(group => group.Key, group => group.Sum(count => count.Count)),
            counts.Where(count => count is { State: ItemState.Skipped, Reason: not null }).GroupBy(count => count.Reason!.Value).ToDictionary(group => group.Key, group => group.Sum(count => count.Count)),
            held, spent, EstimatedEnd: null);
        return progress with { EstimatedEnd = EndOf(backfill, progress, now) };
    }

    private static DateTimeOffset? EndOf(Backfill backfill, BackfillProgress progress, DateTimeOffset now)
    {
        if (backfill is not { State: BackfillState.Running, StartedAt: { } started } || progress.AtRest == 0 || progress.AtRest == progress.Total)
            return null;
        var left = (now - started - backfill.PausedFor) / progress.AtRest * (progress.Total - progress.AtRest);
        // Farther away than that is no estimate.
        return left < TimeSpan.FromDays(3650) ? now + left : null;
    }
}
