using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>Opts into Medusa shops.</summary>
public static class MedusaExtensions
{
    /// <summary>Lets Medusa shops be connected in the admin, and adds those of the settings <c>ProductVideo:Medusa:{shop}</c>.</summary>
    public static IServiceCollection AddMedusa(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorefronts<MedusaKind, MedusaOptions>(MedusaOptions.Section, configuration);

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:Medusa:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddMedusaStorefront(this IServiceCollection services, string shop, Action<MedusaOptions>? configure = null) =>
        services.AddStorefront<MedusaKind, MedusaOptions>(MedusaOptions.Section, shop, configure);
}
