using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>Opts into Google's Gemini Omni.</summary>
public static class GeminiOmniExtensions
{
    /// <summary>Adds Gemini Omni, with the settings of <c>ProductVideo:GeminiOmni</c>.</summary>
    public static IServiceCollection AddGeminiOmni(this IServiceCollection services, Action<GeminiOmniOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GeminiOmniOptions>, GeminiOmniOptionsValidation>());
        services.AddOptions<GeminiOmniOptions>().BindSection(GeminiOmniOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        services.AddSingleton<IVideoProvider>(provider => new GeminiOmniVideoProvider(
            provider.GetRequiredService<IOptions<GeminiOmniOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GeminiOmniVideoProvider>>()));
        return services;
    }
}
