using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Data;

namespace ProductVideo.Choosing;

internal static class ChoosingServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<ListRules>();
        services.TryAddSingleton<ProviderLists>();
        services.TryAddSingleton<ChosenOrders>();
        services.TryAddSingleton<HandOvers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, StillWanted>());
    }
}
