using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Hosting;
using ProductVideo.Http;

namespace ProductVideo.Storefronts;

/// <summary>Registers kinds of shops; what every kind's own extensions call.</summary>
internal static class StorefrontRegistration
{
    private const int MaxAnswerBytes = 20_000_000;

    /// <summary>Lets shops of a kind be connected in the admin.</summary>
    public static IServiceCollection AddStorefrontKind<TKind>(this IServiceCollection services) where TKind : class, IStorefrontKind
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStorefrontKind, TKind>());
        services.AddOwnHttpClient(
            ShopExchange.Client, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout.InfiniteTimeSpan, MaxAnswerBytes),
            // The password goes nowhere else, whatever the shop answers.
            () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) });
        services.TryAddSingleton<ShopExchange>();
        return services;
    }

    /// <summary>Adds one shop of a kind, with the settings of <c>{section}:{shop}</c>.</summary>
    public static IServiceCollection AddStorefront<TKind, TOptions>(this IServiceCollection services, string section, string shop, Action<TOptions>? configure)
        where TKind : StorefrontKind<TOptions> where TOptions : ShopOptions, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(shop);
        services.AddStorefrontKind<TKind>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(new ShopOptionsValidation<TOptions>(section)));
        services.AddOptions<TOptions>(shop).BindSection($"{section}:{shop}").Configure(configure ?? (_ => { }))
            .PostConfigure(options => options.Shop = shop).ValidateOnStart();
        services.AddOptions<ShopDownloads>().Configure<IOptionsMonitor<TOptions>>((downloads, options) => downloads[shop] = options.Get(shop).Pictures);
        services.AddSingleton(provider => provider.GetServices<IStorefrontKind>().OfType<TKind>().Single().Make(provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(shop)));
        return services;
    }

    /// <summary>Lets shops of a kind be connected, and adds those that the settings name already.</summary>
    public static IServiceCollection AddStorefronts<TKind, TOptions>(this IServiceCollection services, string section, IConfiguration configuration)
        where TKind : StorefrontKind<TOptions> where TOptions : ShopOptions, new()
    {
        // Known also where it names no shop yet.
        services.AddProductVideoSection(section).AddStorefrontKind<TKind>();
        foreach (var shop in configuration.GetSection(section).GetChildren())
            services.AddStorefront<TKind, TOptions>(section, shop.Key, configure: null);
        return services;
    }
}
