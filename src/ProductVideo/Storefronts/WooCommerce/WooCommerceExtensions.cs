using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Http;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>Opts into WooCommerce shops.</summary>
public static class WooCommerceExtensions
{
    private const int MaxAnswerBytes = 20_000_000;

    /// <summary>Adds a shop, with the settings of <c>ProductVideo:WooCommerce:{shop}</c>. Call it once for each.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="shop">The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>.</param>
    /// <param name="configure">Sets what the settings do not.</param>
    public static IServiceCollection AddWooCommerceStorefront(this IServiceCollection services, string shop, Action<WooCommerceOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(shop);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WooCommerceOptions>, WooCommerceOptionsValidation>());
        services.AddOptions<WooCommerceOptions>(shop).BindConfiguration($"{WooCommerceOptions.Section}:{shop}").Configure(configure ?? (_ => { }))
            .PostConfigure(options => options.Shop = shop).ValidateOnStart();
        services.AddHttpClient(WooCommerceApi.Client, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout.InfiniteTimeSpan, MaxAnswerBytes))
            // The password goes nowhere else, whatever the shop answers.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) });
        services.AddOptions<ShopDownloads>().Configure<IOptionsMonitor<WooCommerceOptions>>((downloads, options) => Allow(downloads[shop], options.Get(shop)));
        services.AddSingleton<IStorefront>(provider => new WooCommerceStorefront(
            provider.GetRequiredService<IOptionsMonitor<WooCommerceOptions>>().Get(shop), provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WooCommerceStorefront>>()));
        return services;
    }

    /// <summary>A shop that the operator put on this machine has its pictures there too.</summary>
    private static void Allow(ShopDownloadOptions downloads, WooCommerceOptions options)
    {
        downloads.AllowHttp |= options.AllowHttp || options.Url!.IsLoopback;
        if (options.Url!.IsLoopback)
            downloads.LoopbackAllowed.Add(options.Url.Authority);
    }
}
