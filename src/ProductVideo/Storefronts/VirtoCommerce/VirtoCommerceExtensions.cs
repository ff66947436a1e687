using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>Opts into VirtoCommerce shops.</summary>
public static class VirtoCommerceExtensions
{
    /// <summary>Lets VirtoCommerce shops be connected in the admin, and adds those of the settings <c>ProductVideo:VirtoCommerce:{shop}</c>.</summary>
    public static IServiceCollection AddVirtoCommerce(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<VirtoCommerceKind, VirtoCommerceOptions>(VirtoCommerceOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:VirtoCommerce:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddVirtoCommerceStorefront(this IServiceCollection services, string shop, Action<VirtoCommerceOptions>? configure = null) =>
        services.AddStorefront<VirtoCommerceKind, VirtoCommerceOptions>(VirtoCommerceOptions.Section, shop, configure);
}
