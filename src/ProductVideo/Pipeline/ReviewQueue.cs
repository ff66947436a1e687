using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Data;

namespace ProductVideo.Pipeline;

/// <summary>The videos that wait for a person's look, so that a night's work can be gone through one after another.</summary>
internal sealed class ReviewQueue(IDbContextFactory<ProductVideoDb> databases, BackfillItems items)
{
    /// <summary>The one to look at now: of a backfill in the order in which its videos are made, else the one that waits longest.</summary>
    /// <param name="shop">One shop's; null for all.</param>
    /// <param name="backfill">Of this backfill, as long as one of it waits; null for any.</param>
    /// <param name="after">The one looked at last, which is not named again; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>null if none waits.</returns>
    public async Task<Guid?> NextAsync(string? shop, Guid? backfill, Guid? after, CancellationToken cancellationToken)
    {
        if (backfill is { } of && await NextOfAsync(of, after, cancellationToken) is { } next)
            return next;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Oldest(db, shop, after).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Two are read, for the first may be the one that was looked at last.</summary>
    private async Task<Guid?> NextOfAsync(Guid backfill, Guid? after, CancellationToken cancellationToken) =>
        (await items.ListAsync(backfill, new ItemFilter(ItemState.Review, Take: 2), cancellationToken)).FirstOrDefault(item => item.Generation != after)?.Generation;

    internal static IQueryable<Guid?> Oldest(ProductVideoDb db, string? shop, Guid? after) =>
        GenerationLists.ToReview(db, shop).Where(row => row.Id != after).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => (Guid?)row.Id);
}
