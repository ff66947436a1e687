using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Listing;

namespace ProductVideo.Storefronts.Folder;

/// <summary>Opts into shops that live in a folder.</summary>
public static class FolderExtensions
{
    /// <summary>Adds a shop that lives in a folder. Call it once for each folder.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets at least <see cref="FolderOptions.Path"/> and <see cref="FolderOptions.StatePath"/>.</param>
    public static IServiceCollection AddFolderStorefront(this IServiceCollection services, string shop, Action<FolderOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(shop);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FolderOptions>, FolderOptionsValidation>());
        services.AddOptions<FolderOptions>(shop).Configure(configure).PostConfigure(o => o.Shop = shop).ValidateOnStart();
        services.AddKeyedSingleton(shop, (provider, _) => new FolderStorefront(
            provider.GetRequiredService<IOptionsMonitor<FolderOptions>>().Get(shop),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FolderStorefront>>()));
        services.AddSingleton<IStorefront>(provider => provider.GetRequiredKeyedService<FolderStorefront>(shop));
        return services;
    }

    /// <summary>Serves the shop's listing as shoppers see it, without sign-in and for GET and HEAD only.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="shop">As given to <see cref="AddFolderStorefront"/>; <see cref="FolderOptions.ListingPrefix"/> says where.</param>
    public static IEndpointConventionBuilder MapFolderShop(this IEndpointRouteBuilder endpoints, string shop)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var storefront = endpoints.ServiceProvider.GetKeyedService<FolderStorefront>(shop) ?? throw new InvalidOperationException(
            $"There is no folder shop “{shop}”. Call services.AddFolderStorefront(\"{shop}\", …) before MapFolderShop(\"{shop}\").");
        return ListingEndpoints.Map(endpoints, storefront);
    }
}
