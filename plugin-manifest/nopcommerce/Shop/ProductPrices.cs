using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Stores;
using Nop.Core.Domain.Tax;
using Nop.Services.Catalog;
using Nop.Services.Customers;
using Nop.Services.Security;
using Nop.Services.Tax;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>What one piece costs somebody who has not signed in, in the shop's first currency, as the shop's own pages work it out: discounts, what attributes add, and tax where it is shown.</summary>
public sealed class ProductPrices(
    IPriceCalculationService prices, IProductAttributeParser parser, ITaxService taxes, ICustomerService customers,
    IPermissionService permissions, TaxSettings taxSettings, ShopFacts facts)
{
    private Task<(Store Store, Customer Anybody, bool SeesPrices)>? _asker;

    /// <returns>Null where the shop shows no price.</returns>
    public Task<decimal?> OfAsync(Product product) => OfAsync(product, combination: null);

    /// <returns>Null where the shop shows no price.</returns>
    public async Task<decimal?> OfAsync(Product product, ProductAttributeCombination? combination)
    {
        if (!new PriceTerms(product.ProductType == ProductType.GroupedProduct, product.IsRental, product.CallForPrice, product.CustomerEntersPrice).HavePrice)
            return null;
        // The same for every product and variant of a request, whose own this object is.
        var (store, anybody, seesPrices) = await (_asker ??= AskerAsync());
        if (!seesPrices)
            return null;
        var (_, price, _, _) = await prices.GetFinalPriceAsync(
            product, anybody, store, combination?.OverriddenPrice, await AddedAsync(product, combination, anybody, store), true, 1, null, null);
        var (shown, _) = await taxes.GetProductPriceAsync(product, price, taxSettings.TaxDisplayType == TaxDisplayType.IncludingTax, anybody);
        // With as many decimals as the shop stores: a price that is the same must read the same, or all products would count as changed.
        return await prices.RoundPriceAsync(shown) + 0.0000m;
    }

    private async Task<(Store Store, Customer Anybody, bool SeesPrices)> AskerAsync()
    {
        var anybody = await customers.GetOrCreateBackgroundTaskUserAsync();
        return (await facts.StoreAsync(), anybody, await permissions.AuthorizeAsync(StandardPermission.PublicStore.DISPLAY_PRICES, anybody));
    }

    /// <summary>A combination with a price of its own costs that, whatever its attributes add.</summary>
    private async Task<decimal> AddedAsync(Product product, ProductAttributeCombination? combination, Customer anybody, Store store)
    {
        var added = 0m;
        if (combination is not { OverriddenPrice: null })
            return added;
        foreach (var value in await parser.ParseProductAttributeValuesAsync(combination.AttributesXml))
            added += await prices.GetProductAttributeValuePriceAdjustmentAsync(product, value, anybody, store);
        return added;
    }
}
