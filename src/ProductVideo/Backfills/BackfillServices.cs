using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Hosting;

namespace ProductVideo.Backfills;

/// <summary>Registers backfills and the catalogue index that they are made from.</summary>
internal static class BackfillServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSettings<BackfillsOptions>("Backfills", options => options.Mistakes());
        services.TryAddSingleton<CatalogVideos>();
        services.AddSingleton<IWrittenTogether>(provider => provider.GetRequiredService<CatalogVideos>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, FollowedItems>());
        services.TryAddSingleton<CatalogProducts>();
        services.TryAddSingleton<BackfillStore>();
        services.TryAddSingleton<BackfillItems>();
        services.TryAddSingleton<CancelledRest>();
        services.TryAddSingleton<BackfillRules>();
        services.TryAddSingleton<PriceSketches>();
        services.TryAddSingleton<ProductJudge>();
        services.TryAddSingleton<Outages>();
        services.TryAddSingleton<NamedLooks>();
        services.TryAddSingleton<DryRun>();
        services.TryAddSingleton<ItemOrders>();
        services.TryAddSingleton<BackfillGate>();
        services.TryAddSingleton<BackfillRun>();
        services.TryAddSingleton<BackfillWork>();
        services.TryAddSingleton<BackfillDesk>();
        services.TryAddSingleton<BackfillWatch>();
        services.TryAddSingleton(provider => new OwnDryRun(
            provider.GetRequiredService<BackfillDesk>(), provider.GetRequiredService<BackfillStore>(), provider.GetRequiredService<BackfillWork>(),
            provider.GetRequiredService<CatalogScan>(), provider.GetRequiredService<WatchedShops>(), provider.GetRequiredService<CatalogProducts>(),
            provider.GetRequiredService<IDatabaseClock>(), provider.GetRequiredService<TimeProvider>()));
    }
}
