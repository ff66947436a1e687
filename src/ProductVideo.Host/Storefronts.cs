using ProductVideo.Storefronts.WooCommerce;

namespace ProductVideo.Host;

/// <summary>Shops that are connected by their settings, one line for each kind. The sample shop is always there.</summary>
internal static class Storefronts
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var shop in configuration.GetSection(WooCommerceOptions.Section).GetChildren())
            services.AddWooCommerceStorefront(shop.Key);
    }
}
