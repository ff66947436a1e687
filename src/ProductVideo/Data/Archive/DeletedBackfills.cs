using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;

namespace ProductVideo.Data.Archive;

/// <summary>Clears up what deleted backfills leave: the lines of their dry runs and the products that were named for them, and then the backfill's own row. They may be a million.</summary>
internal sealed class DeletedBackfills(IDbContextFactory<ProductVideoDb> databases) : IChore
{
    public string Name => "deleted-backfills";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <returns>Anything while one is left: the next call finds by itself where to go on.</returns>
    public async Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // That they are due lets an index find them among all.
        var deleted = db.Backfills.IgnoreQueryFilters().Where(row => row.DueAt != null && row.State == BackfillRow.Deleted);
        if (await deleted.OrderBy(row => row.DueAt).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken) is not { } id)
            return null;
        if (!await BackfillItems.DeleteSomeAsync(db, id, cancellationToken) && !await BackfillItems.ForgetSomeNamesAsync(db, id, cancellationToken))
            await deleted.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return 0;
    }
}
