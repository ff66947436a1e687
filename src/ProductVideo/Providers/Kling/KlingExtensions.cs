using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.Kling;

/// <summary>Opts into Kling.</summary>
public static class KlingExtensions
{
    /// <summary>Adds Kling, with the settings of <c>ProductVideo:Kling</c>.</summary>
    public static IServiceCollection AddKling(this IServiceCollection services, Action<KlingOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KlingOptions>, KlingOptionsValidation>());
        services.AddOptions<KlingOptions>().BindSection(KlingOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        services.AddSingleton<IVideoProvider>(provider => new KlingVideoProvider(
            provider.GetRequiredService<IOptions<KlingOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KlingVideoProvider>>()));
        return services;
    }
}
