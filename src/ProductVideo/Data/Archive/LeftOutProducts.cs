using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;

namespace ProductVideo.Data.Archive;

/// <summary>
/// Forgets, some weeks after a backfill's end, which products it left out and which were named for it: a run each night would fill the database
/// with them. How many were left out for which reason stays. The rows of videos stay too: they are no more than the videos, and who makes a
/// new backfill of those that failed reads them.
/// </summary>
internal sealed class LeftOutProducts(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, ArchiveOptions options) : IChore
{
    /// <summary>So many rows in one transaction: no writer waits noticeably for them.</summary>
    private const int Together = BackfillItems.Together;

    public string Name => "left-out-products";

    public TimeSpan Every => TimeSpan.FromHours(6);

    /// <returns>When the backfill was made that it is at; null when none is left.</returns>
    public async Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken)
    {
        if (options.LeftOutPatience is not { } patience)
            return null;
        var before = await clock.NowAsync(cancellationToken) - patience;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Over(db, new DateTimeOffset(from ?? 0, TimeSpan.Zero), before).FirstOrDefaultAsync(cancellationToken) is not { } backfill)
            return null;
        if (await CountAsync(db, backfill, cancellationToken))
        {
            await BackfillItems.ForgetSomeNamesAsync(db, backfill.Id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return backfill.CreatedAt.UtcTicks;
    }

    /// <summary>
    /// Those that have something to forget. A run of a schedule that nobody started, for it was too dear, ends never: what it would make waits on,
    /// and what it left out is forgotten by its price's age.
    /// </summary>
    private static IQueryable<BackfillRow> Over(ProductVideoDb db, DateTimeOffset from, DateTimeOffset before) =>
        from row in db.Backfills.AsNoTracking()
        where row.CreatedAt >= @from && row.DueAt == null
        where ((row.State == nameof(BackfillState.Done) || row.State == nameof(BackfillState.Cancelled)) && row.EndedAt < before)
            || (row.State == nameof(BackfillState.Quoted) && row.RunOf != null && row.QuotedAt < before)
        where db.BackfillItems.Any(item => item.BackfillId == row.Id && item.State == nameof(ItemState.Skipped)) || db.BackfillNames.Any(name => name.BackfillId == row.Id)
        orderby row.CreatedAt, row.Id
        select row;

    /// <summary>Makes numbers of some of its rows.</summary>
    /// <returns>Whether they are right: another process may be at the same rows.</returns>
    private static async Task<bool> CountAsync(ProductVideoDb db, BackfillRow backfill, CancellationToken cancellationToken)
    {
        var some = await db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill.Id && row.State == nameof(ItemState.Skipped))
            .OrderBy(row => row.Rank).ThenBy(row => row.ProductId).ThenBy(row => row.Aspect).Take(Together)
            .Select(row => new { row.Rank, row.ProductId, row.Aspect, row.Reason }).ToListAsync(cancellationToken);
        if (some.Count == 0)
            return true;
        var last = some[^1];
        var deleted = await db.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM backfill_items WHERE "BackfillId" = {backfill.Id} AND "State" = 'Skipped'
               AND ("Rank", "ProductId", "Aspect") <= ({last.Rank}, {last.ProductId}, {last.Aspect})
             """,
            cancellationToken);
        var leftOut = BackfillMapping.ToLeftOut(backfill.LeftOut);
        foreach (var reason in some.Where(row => row.Reason is not null).GroupBy(row => Enum.Parse<SkipReason>(row.Reason!)))
            leftOut[reason.Key] = leftOut.GetValueOrDefault(reason.Key) + reason.Count();
        var text = BackfillMapping.ToText(leftOut);
        return deleted == some.Count
            && await db.Backfills.Where(row => row.Id == backfill.Id && row.Version == backfill.Version && row.LeftOut == backfill.LeftOut)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeftOut, text), cancellationToken) > 0;
    }
}
