using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>How many videos backfills may order for a shop in any seven days: as the plan says, or less where the shop takes less.</summary>
/// <param name="Most">In seven days.</param>
internal sealed record WeekQuota(int Most)
{
    /// <summary>The code of what is refused because the week is full.</summary>
    public const string IsFull = "backfill_week_full";

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <returns>Null if there is none.</returns>
    public static WeekQuota? Of(int? planned, IStorefront? shop) => (planned, shop?.Capabilities.WeeklyQuota) switch
    {
        (null, null) => null,
        var (own, shops) => new WeekQuota(Math.Min(own ?? int.MaxValue, shops ?? int.MaxValue)),
    };

    /// <summary>What is left of it, and when there is more; for a decision, within the transaction that orders and after <see cref="ProductVideoDb.LockWeekAsync"/>.</summary>
    public async Task<(int Left, DateTimeOffset MoreAt)> LeftAsync(ProductVideoDb db, string shop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ordered = Ordered(db, shop, now - Week);
        var count = await ordered.CountAsync(cancellationToken);
        return count < Most ? (Most - count, now) : (0, await FreeAtAsync(ordered, count, place: 0, now, cancellationToken));
    }

    /// <summary>When the last of those that wait can be ordered, where nobody else's orders of the shop come between; for an estimate.</summary>
    /// <param name="db">Reads.</param>
    /// <param name="shop">Whose week.</param>
    /// <param name="waiting">How many wait.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>null if all of them find a place now.</returns>
    public async Task<WeekAhead?> AheadAsync(ProductVideoDb db, string shop, int waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ordered = Ordered(db, shop, now - Week);
        var count = await ordered.CountAsync(cancellationToken);
        var left = Math.Max(0, Most - count);
        if (waiting <= left)
            return null;
        // Each place is free again a week after it was taken; those that are free now are taken now.
        var (weeks, place) = Math.DivRem(waiting - left - 1, Most);
        var freeAt = place < Most - left ? await FreeAtAsync(ordered, count, place, now, cancellationToken) : now + Week;
        return new WeekAhead(IsFull: left == 0, weeks < (int)(BackfillProgress.Farthest / Week) ? freeAt + (Week * weeks) : null);
    }

    /// <summary>When one of the places that are taken is free again. Where more were ordered than a week now has, as by a plan with a larger one, those must be over first.</summary>
    private async Task<DateTimeOffset> FreeAtAsync(IQueryable<DateTimeOffset?> ordered, int count, int place, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ordered.Order().Skip(Math.Max(0, count - Most) + place).FirstOrDefaultAsync(cancellationToken) ?? now) + Week;

    /// <summary>By the shop's few backfills: all shops' orders of a week may be a million.</summary>
    internal static IQueryable<DateTimeOffset?> Ordered(ProductVideoDb db, string shop, DateTimeOffset since) =>
        from backfill in db.Backfills
        where backfill.Shop == shop
        join item in db.BackfillItems on backfill.Id equals item.BackfillId
        where item.OrderedAt >= since
        select item.OrderedAt;

    public Problem Full(DateTimeOffset moreAt) => new(
        IsFull, $"The shop's {Most} videos for seven days are ordered. It goes on by itself as soon as there is room.",
        $"{Most} videos were ordered within seven days; the next place is free at {moreAt.UtcDateTime:u}.");
}

/// <summary>What the shop's week means for the orders that wait.</summary>
/// <param name="IsFull">Whether none can be ordered now.</param>
/// <param name="LastOrder">When the last of them can; null where that is years away.</param>
internal sealed record WeekAhead(bool IsFull, DateTimeOffset? LastOrder);
