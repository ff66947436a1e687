using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>Watches each product from its first order on, and looks again when one of its videos has come to an end.</summary>
internal sealed class WatchedClips(WatchedProducts products) : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            await products.WatchAsync(db, after.Product, after.Order.MadeFrom?.Version, after.CreatedAt, cancellationToken);
        }
        else if (after.State.IsFinal && !before.State.IsFinal)
        {
            // Written a moment ago in this transaction, by the database's clock.
            var now = await db.Generations.Where(row => row.Id == after.Id).Select(row => row.UpdatedAt).FirstAsync(cancellationToken);
            await products.HintAsync(db, after.Product, now, cancellationToken);
        }
    }
}
