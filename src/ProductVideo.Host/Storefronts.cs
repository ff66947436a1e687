using ProductVideo.Storefronts.Medusa;
using ProductVideo.Storefronts.NopCommerce;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Storefronts.Vendure;
using ProductVideo.Storefronts.VirtoCommerce;
using ProductVideo.Storefronts.WooCommerce;

namespace ProductVideo.Host;

/// <summary>The kinds of shops that can be connected, one line each. The sample shop is beside them, unless it is switched off.</summary>
internal static class Storefronts
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddMedusa(configuration);
        services.AddNopCommerce(configuration);
        services.AddShopify(configuration);
        services.AddVendure(configuration);
        services.AddVirtoCommerce(configuration);
        services.AddWooCommerce(configuration);
    }
}
