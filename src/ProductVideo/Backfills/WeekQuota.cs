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
        var since = now - Week;
        var ordered = Ordered(db, shop, since);
        var left = Most - await ordered.CountAsync(cancellationToken);
        return left > 0 ? (left, now) : (0, (await ordered.MinAsync(cancellationToken) ?? now) + Week);
    }

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
