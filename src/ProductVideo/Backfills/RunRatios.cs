using Microsoft.EntityFrameworkCore;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;

namespace ProductVideo.Backfills;

/// <summary>How the products of a run stand in each of its ratios.</summary>
internal static class RunRatios
{
    /// <returns>null where each product gets one video: then the index knows enough.</returns>
    public static async Task<RatioVideos?> FindAsync(
        IDbContextFactory<ProductVideoDb> databases, Backfill backfill, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        if (!backfill.Plan.MakesSeveral)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await RatioVideos.FindAsync(db, backfill.Shop, products, cancellationToken);
    }
}
