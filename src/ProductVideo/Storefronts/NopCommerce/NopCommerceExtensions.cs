using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>Opts into nopCommerce shops.</summary>
public static class NopCommerceExtensions
{
    /// <summary>Lets nopCommerce shops be connected in the admin, and adds those of the settings <c>ProductVideo:NopCommerce:{shop}</c>.</summary>
    public static IServiceCollection AddNopCommerce(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<NopCommerceKind, NopCommerceOptions>(NopCommerceOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:NopCommerce:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddNopCommerceStorefront(this IServiceCollection services, string shop, Action<NopCommerceOptions>? configure = null) =>
        services.AddStorefront<NopCommerceKind, NopCommerceOptions>(NopCommerceOptions.Section, shop, configure);
}
