using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>Opts into WooCommerce shops.</summary>
public static class WooCommerceExtensions
{
    /// <summary>Lets WooCommerce shops be connected in the admin, and adds those of the settings <c>ProductVideo:WooCommerce:{shop}</c>.</summary>
    public static IServiceCollection AddWooCommerce(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<WooCommerceKind, WooCommerceOptions>(WooCommerceOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:WooCommerce:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddWooCommerceStorefront(this IServiceCollection services, string shop, Action<WooCommerceOptions>? configure = null) =>
        services.AddStorefront<WooCommerceKind, WooCommerceOptions>(WooCommerceOptions.Section, shop, configure);
}
