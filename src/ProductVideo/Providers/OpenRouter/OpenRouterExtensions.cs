using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>Opts into OpenRouter.</summary>
public static class OpenRouterExtensions
{
    /// <summary>Adds OpenRouter, with the settings of <c>ProductVideo:OpenRouter</c>. Its models are there once the host has started.</summary>
    public static IServiceCollection AddOpenRouter(this IServiceCollection services, Action<OpenRouterOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenRouterOptions>, OpenRouterOptionsValidation>());
        services.AddOptions<OpenRouterOptions>().BindSection(OpenRouterOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddSingleton(provider => new OpenRouterCatalog(
            provider.GetRequiredService<IOptions<OpenRouterOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenRouterCatalog>>()));
        services.AddHostedService<OpenRouterCatalogReader>();
        services.AddSingleton<IVideoProvider>(provider => new OpenRouterVideoProvider(
            provider.GetRequiredService<IOptions<OpenRouterOptions>>().Value, provider.GetRequiredService<OpenRouterCatalog>(),
            provider.GetRequiredService<ProviderExchange>(), provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OpenRouterVideoProvider>>()));
        return services;
    }
}
