using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.Runway;

/// <summary>Opts into Runway.</summary>
public static class RunwayExtensions
{
    /// <summary>Adds Runway, with the settings of <c>ProductVideo:Runway</c>.</summary>
    public static IServiceCollection AddRunway(this IServiceCollection services, Action<RunwayOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RunwayOptions>, RunwayOptionsValidation>());
        services.AddOptions<RunwayOptions>().BindSection(RunwayOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        // What an account of the first tier runs at once; more would only wait there instead of here, where a video that somebody clicks for goes first.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(RunwayVideoProvider.ProviderKey, maxInFlight: 1));
        services.AddSingleton<IVideoProvider>(provider => new RunwayVideoProvider(
            provider.GetRequiredService<IOptions<RunwayOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunwayVideoProvider>>()));
        return services;
    }
}
