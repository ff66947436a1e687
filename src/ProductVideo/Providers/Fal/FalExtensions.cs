using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.Fal;

/// <summary>Opts into fal.</summary>
public static class FalExtensions
{
    /// <summary>Adds fal, with the settings of <c>ProductVideo:Fal</c>.</summary>
    public static IServiceCollection AddFal(this IServiceCollection services, Action<FalOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FalOptions>, FalOptionsValidation>());
        services.AddOptions<FalOptions>().BindSection(FalOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        // What a new account runs at once; more would only wait there instead of here, where a video that somebody clicks for goes first.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(FalVideoProvider.ProviderKey, maxInFlight: 2));
        services.AddSingleton<IVideoProvider>(provider => new FalVideoProvider(
            provider.GetRequiredService<IOptions<FalOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FalVideoProvider>>()));
        return services;
    }
}
