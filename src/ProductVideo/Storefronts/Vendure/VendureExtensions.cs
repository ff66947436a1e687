using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>Opts into Vendure shops.</summary>
public static class VendureExtensions
{
    /// <summary>Lets Vendure shops be connected in the admin, and adds those of the settings <c>ProductVideo:Vendure:{shop}</c>.</summary>
    public static IServiceCollection AddVendure(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<VendureKind, VendureOptions>(VendureOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:Vendure:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddVendureStorefront(this IServiceCollection services, string shop, Action<VendureOptions>? configure = null) =>
        services.AddStorefront<VendureKind, VendureOptions>(VendureOptions.Section, shop, configure);
}
