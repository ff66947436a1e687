using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.Seedance;

/// <summary>Opts into Seedance.</summary>
public static class SeedanceExtensions
{
    /// <summary>Adds Seedance, with the settings of <c>ProductVideo:Seedance</c>.</summary>
    public static IServiceCollection AddSeedance(this IServiceCollection services, Action<SeedanceOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SeedanceOptions>, SeedanceOptionsValidation>());
        services.AddOptions<SeedanceOptions>().BindSection(SeedanceOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        services.AddSingleton<IVideoProvider>(provider => new SeedanceVideoProvider(
            provider.GetRequiredService<IOptions<SeedanceOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SeedanceVideoProvider>>()));
        return services;
    }
}
