using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Connecting;

/// <summary>Nothing is ordered for a shop that was disconnected while the order was being made: it would be paid for, and could go nowhere.</summary>
internal sealed class StillConnected(Shops shops) : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        var shop = after.Product.Shop;
        if (before is not null || !shops.WasConnected(shop) || await db.HoldConnectionAsync(shop, cancellationToken))
            return;
        throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_shop", $"The shop '{shop}' was disconnected meanwhile. Nothing was ordered.", $"shop_connections has no row '{shop}' any more."), "shop");
    }
}
