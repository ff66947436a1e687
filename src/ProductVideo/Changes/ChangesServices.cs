using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Data;
using ProductVideo.Hosting;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Changes;

/// <summary>Registers what notices changes in the shops.</summary>
internal static class ChangesServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSettings<ChangesOptions>("Changes", options => options.Mistakes());
        services.TryAddSingleton<WatchedProducts>();
        services.TryAddSingleton<WatchedShops>();
        services.TryAddSingleton<ClipSources>();
        services.TryAddSingleton<Comparing>();
        services.TryAddSingleton<Consequences>();
        services.TryAddSingleton<ProductLook>();
        services.TryAddSingleton<CatalogScan>();
        services.TryAddSingleton<Regenerations>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHearShops, HeardNews>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, WatchedClips>());
    }
}
