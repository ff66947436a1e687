using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Catalog;
using ProductVideo.Data;

namespace ProductVideo.Connecting;

internal static class ConnectingServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<ConnectionSecrets>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, StillConnected>());
        services.TryAddSingleton<ConnectionStore>();
        services.TryAddSingleton<ConnectedShops>();
        services.TryAddSingleton<ShopConnections>();
        services.TryAddSingleton<ConnectionCodes>();
        services.TryAddSingleton<HandOverTickets>();
        services.TryAddSingleton<HandOverDesk>();
        services.TryAddSingleton<WebhookCare>();
        services.TryAddSingleton<IKeepShopTokens, ShopTokenStore>();
    }
}
