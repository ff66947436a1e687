using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>Opts into Shopify shops.</summary>
public static class ShopifyExtensions
{
    /// <summary>Lets Shopify shops be connected in the admin, and adds those of the settings <c>ProductVideo:Shopify:{shop}</c>.</summary>
    public static IServiceCollection AddShopify(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<ShopifyKind, ShopifyOptions>(ShopifyOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:Shopify:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddShopifyStorefront(this IServiceCollection services, string shop, Action<ShopifyOptions>? configure = null) =>
        services.AddStorefront<ShopifyKind, ShopifyOptions>(ShopifyOptions.Section, shop, configure);
}
