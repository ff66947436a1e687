using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>Products that are watched, as rows: made due by hints, claimed by lease, looked at one by one. Any number of nodes may take part.</summary>
internal sealed class WatchedProducts(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, ChangesOptions options)
{
    /// <summary>Longer than a product's pictures may take to be fetched.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <returns>null where nothing is known of the product.</returns>
    public async Task<WatchedProduct?> FindAsync(ProductRef product, CancellationToken cancellationToken) =>
        (await FindAsync(product.Shop, [product.ProductId], cancellationToken)).FirstOrDefault();

    /// <summary>Those of these products that are watched.</summary>
    public async Task<IReadOnlyList<WatchedProduct>> FindAsync(string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.WatchedProducts.AsNoTracking().Where(row => row.Shop == shop && products.Contains(row.ProductId)).ToListAsync(cancellationToken))
            .ConvertAll(WatchedProduct.Of);
    }

    /// <returns>null where nothing is known of the product.</returns>
    internal async Task<WatchedProductRow?> RowAsync(ProductRef product, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.WatchedProducts.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == product.Shop && row.ProductId == product.ProductId, cancellationToken);
    }

    /// <summary>Says that the product may have changed, in a transaction of its own.</summary>
    public async Task HintAsync(ProductRef product, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await HintAsync(db, product, cancellationToken);
    }

    /// <summary>
    /// Says that the product may have changed: it is looked at <see cref="ChangesOptions.Quiet"/> after the last such word, and
    /// <see cref="ChangesOptions.Latest"/> after the first. One row, however many words.
    /// </summary>
    internal async Task HintAsync(ProductVideoDb db, ProductRef product, CancellationToken cancellationToken) =>
        await HintAsync(db, product, await clock.NowAsync(db, cancellationToken), cancellationToken);

    /// <summary>The same where the time is known, so that no second connection is asked for it in the midst of a transaction that many write at once.</summary>
    internal Task HintAsync(ProductVideoDb db, ProductRef product, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = at.UtcTicks;
        var (soon, latest) = (now + options.Quiet.Ticks, options.Latest.Ticks);
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_products AS w ("Shop", "ProductId", "State", "StateAt", "Reasons", "Hints", "HintedAt", "DueAt", "Tries", "CreatedAt")
             VALUES ({product.Shop}, {product.ProductId}, 'Current', {now}, '', 1, {now}, {soon}, 0, {now})
             ON CONFLICT ("Shop", "ProductId") DO UPDATE SET
               "Hints" = w."Hints" + 1, "HintedAt" = COALESCE(w."HintedAt", {now}),
               "DueAt" = CASE WHEN w."HintedAt" + {latest} < {soon} THEN w."HintedAt" + {latest} ELSE {soon} END
             """,
            cancellationToken);
    }

    /// <summary>Writes down that the product has, or is getting, a clip, so that scans compare it.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="product">Which.</param>
    /// <param name="version">Its version when the clip was ordered; null if that is not known.</param>
    /// <param name="at">When that was.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal Task WatchAsync(ProductVideoDb db, ProductRef product, string? version, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = at.UtcTicks;
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_products ("Shop", "ProductId", "State", "StateAt", "Reasons", "Version", "Hints", "Tries", "CreatedAt")
             VALUES ({product.Shop}, {product.ProductId}, 'Current', {now}, '', {version}, 0, 0, {now})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken);
    }

    /// <summary>Takes the most overdue product to look at it; null if none is due.</summary>
    internal async Task<WatchedProductRow?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var owner = Nonce.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = db.WatchedProducts.Where(row => row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now));
            if (await free.AsNoTracking().OrderBy(row => row.DueAt).FirstOrDefaultAsync(cancellationToken) is not { } next)
                return null;
            var claimed = await free.Where(row => row.Shop == next.Shop && row.ProductId == next.ProductId && row.Hints == next.Hints).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken);
            if (claimed == 0)
                continue;
            next.Owner = owner;
            return next;
        }
    }

    /// <summary>Takes this product to look at it, due or not.</summary>
    /// <returns>Whether it is watched; and null where it is not, or is being looked at.</returns>
    internal async Task<(bool IsWatched, WatchedProductRow? Row)> ClaimAsync(ProductRef product, CancellationToken cancellationToken)
    {
        var (now, owner) = (await clock.NowAsync(cancellationToken), Nonce.New());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.WatchedProducts.Where(row => row.Shop == product.Shop && row.ProductId == product.ProductId);
        var claimed = await rows.Where(row => row.Owner == null || row.LeaseUntil < now).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken);
        var row = await rows.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        return (row is not null, claimed > 0 && row?.Owner == owner ? row : null);
    }

    /// <summary>Puts off all that is due of a shop that can't be asked now, so that the products of other shops are looked at meanwhile.</summary>
    internal async Task PostponeAsync(string shop, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.WatchedProducts.Where(row => row.Shop == shop && row.DueAt < until && row.Owner == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), cancellationToken);
    }

    /// <summary>Writes what a look found and gives the claim up; false if it was lost, and then nothing was written. A hint that came meanwhile still counts.</summary>
    /// <param name="row">As claimed, with what was found; <c>DueAt</c> says when to look again by itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="keepHint">Whether a hint that waits still waits: what follows from it was not done.</param>
    internal async Task<bool> EndAsync(WatchedProductRow row, CancellationToken cancellationToken, bool keepHint = false)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.WatchedProducts.Where(r => r.Shop == row.Shop && r.ProductId == row.ProductId && r.Owner == row.Owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.State, row.State).SetProperty(r => r.StateAt, row.StateAt).SetProperty(r => r.Reasons, row.Reasons)
                .SetProperty(r => r.Version, row.Version).SetProperty(r => r.Style, row.Style).SetProperty(r => r.Sources, row.Sources)
                .SetProperty(r => r.MadeFrom, row.MadeFrom).SetProperty(r => r.ClipId, row.ClipId).SetProperty(r => r.RemakeId, row.RemakeId)
                .SetProperty(r => r.TriedFor, row.TriedFor).SetProperty(r => r.Problem, row.Problem).SetProperty(r => r.Tries, row.Tries)
                .SetProperty(r => r.DueAt, r => r.Hints == row.Hints ? row.DueAt : r.DueAt)
                .SetProperty(r => r.HintedAt, r => r.Hints == row.Hints && !keepHint ? null : r.HintedAt)
                .SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        if (written > 0)
            await CatalogVideos.LackAsync(db, new ProductRef(row.Shop, row.ProductId), row.ClipId, WatchedProduct.ReasonsOf(row), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written > 0;
    }

    /// <summary>Gives a claim up and writes nothing else: whoever comes next looks at once.</summary>
    internal async Task ReleaseAsync(WatchedProductRow row, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.WatchedProducts.Where(r => r.Shop == row.Shop && r.ProductId == row.ProductId && r.Owner == row.Owner).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }
}
