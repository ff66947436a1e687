using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;

namespace ProductVideo.Data.Archive;

/// <summary>
/// Puts away generations that ended long ago and whose clip is on no listing, so that the table which every sweep and every page looks into
/// holds what matters. The newest of each product stays, and the last that came to an end: these are what a product's state is told by.
/// </summary>
internal sealed class GenerationArchive(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, ArchiveOptions options) : IChore
{
    /// <summary>So few that no writer waits noticeably for them.</summary>
    private const int Together = 50;

    public string Name => "archive";

    public TimeSpan Every => TimeSpan.FromHours(6);

    /// <returns>The last change of the last one that was looked at; null when there is none left.</returns>
    public async Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken)
    {
        if (options.Patience is not { } patience)
            return null;
        var before = await clock.NowAsync(cancellationToken) - patience;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await Ended(db, new DateTimeOffset(from ?? 0, TimeSpan.Zero), before).Take(Together).ToListAsync(cancellationToken);
        foreach (var row in ended)
        {
            // Whoever changed it since it was read wants it where it is.
            var same = db.Generations.Where(r => r.Id == row.Id && r.Version == row.Version && r.Cost == row.Cost);
            if (await same.ExecuteDeleteAsync(cancellationToken) > 0)
                db.ArchivedGenerations.Add(ArchivedGenerationRow.Of(row));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended.Count == Together ? ended[^1].UpdatedAt.UtcTicks : null;
    }

    public static async Task<Generation?> FindAsync(ProductVideoDb db, Guid id, CancellationToken cancellationToken) =>
        await db.ArchivedGenerations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? GenerationRows.FromRow(row.Unpack()) : null;

    /// <summary>Takes one out again because somebody goes on with it; does nothing if it is not in the archive.</summary>
    public static async Task BringBackAsync(ProductVideoDb db, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var archived = await db.ArchivedGenerations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (archived is null || await db.ArchivedGenerations.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
            return;
        db.Generations.Add(archived.Unpack());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Names of states as literals, so that the partial index is used.</summary>
    private static IQueryable<GenerationRow> Ended(ProductVideoDb db, DateTimeOffset from, DateTimeOffset before) =>
        from row in db.Generations.AsNoTracking()
        where row.State == nameof(GenerationState.Failed) || row.State == nameof(GenerationState.Rejected)
            || row.State == nameof(GenerationState.Cancelled) || row.State == nameof(GenerationState.Withdrawn)
        where row.UpdatedAt >= @from && row.UpdatedAt < before && !row.Active && row.DueAt == null
        where db.Generations.Any(newer => newer.Shop == row.Shop && newer.ProductId == row.ProductId
            // What is under way may still be cancelled, and whoever cancels says nothing of the clip; see CatalogVideos.
            && (row.State == nameof(GenerationState.Cancelled) || (!newer.Active && newer.State != nameof(GenerationState.Cancelled)))
            && (newer.CreatedAt > row.CreatedAt || (newer.CreatedAt == row.CreatedAt && newer.Id.CompareTo(row.Id) > 0)))
        // A task of it may still turn up and be counted.
        where !db.SubmitIntents.Any(intent => intent.GenerationId == row.Id && intent.LookAt != null)
        orderby row.UpdatedAt
        select row;
}
