using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Changes;

/// <summary>Makes the products due that a shop told about. What it said of them is not believed: they are read.</summary>
internal sealed class HeardNews(WatchedProducts products, WatchedShops shops, ILogger<HeardNews> log) : IHearShops
{
    public async Task HearAsync(ProductVideoDb db, string shop, ShopNews news, CancellationToken cancellationToken)
    {
        switch (news)
        {
            case ShopNews.ProductsChanged(var ids):
                await HintAsync(ids);
                break;
            case ShopNews.ProductsRemoved(var ids):
                await HintAsync(ids);
                break;
            case ShopNews.Uninstalled:
                await shops.UninstallAsync(db, shop, cancellationToken);
                log.LogWarning("Shop {Shop} took our access away: nothing is ordered for changes there until it lets us in again", shop);
                break;
        }

        async Task HintAsync(IReadOnlyList<string> ids)
        {
            // In one order everywhere, so that two deliveries never wait for each other.
            foreach (var id in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                await products.HintAsync(db, new ProductRef(shop, id), cancellationToken);
        }
    }
}
