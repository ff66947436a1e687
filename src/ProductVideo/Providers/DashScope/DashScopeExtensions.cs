using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.DashScope;

/// <summary>Opts into the models of Alibaba Cloud Model Studio.</summary>
public static class DashScopeExtensions
{
    /// <summary>Adds HappyHorse 1.1 and 1.0, with the settings of <c>ProductVideo:HappyHorse</c>.</summary>
    public static IServiceCollection AddHappyHorse(this IServiceCollection services, Action<DashScopeOptions>? configure = null) =>
        services.AddFamily(DashScopeFamily.HappyHorse, configure);

    /// <summary>Adds Wan 3.0 and 2.7, with the settings of <c>ProductVideo:Wan</c>.</summary>
    public static IServiceCollection AddWan(this IServiceCollection services, Action<DashScopeOptions>? configure = null) =>
        services.AddFamily(DashScopeFamily.Wan, configure);

    private static IServiceCollection AddFamily(this IServiceCollection services, DashScopeFamily family, Action<DashScopeOptions>? configure)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DashScopeOptions>, DashScopeOptionsValidation>());
        services.AddOptions<DashScopeOptions>(family.Section).BindSection("ProductVideo:" + family.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        // Five starts a second and five tasks at once are what the vendor allows; the settings may say otherwise.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(family.Key, maxInFlight: 5, startsPerSecond: 5));
        services.AddSingleton<IVideoProvider>(provider => new DashScopeVideoProvider(
            family, provider.GetRequiredService<IOptionsMonitor<DashScopeOptions>>().Get(family.Section), provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DashScopeVideoProvider>>(), provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None));
        return services;
    }
}
