using ProductVideo.Storefronts.Shopify;
using ProductVideo.Storefronts.WooCommerce;

namespace ProductVideo.Host;

/// <summary>The kinds of shops that can be connected, one line each. The sample shop is always there.</summary>
internal static class Storefronts
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddShopify(configuration);
        services.AddWooCommerce(configuration);
    }
}
