using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Blobs;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.LocalAi;

/// <summary>Opts into a LocalAI server.</summary>
public static class LocalAiExtensions
{
    /// <summary>Adds LocalAI, with the settings of <c>ProductVideo:LocalAi</c>.</summary>
    public static IServiceCollection AddLocalAi(this IServiceCollection services, Action<LocalAiOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalAiOptions>, LocalAiOptionsValidation>());
        services.AddOptions<LocalAiOptions>().BindSection(LocalAiOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        // It makes one clip after the other, and a call that waits there is a call that can be lost.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(LocalAiVideoProvider.ProviderKey, maxInFlight: 1));
        services.TryAddSingleton(provider => new LocalAiCalls(
            provider.GetRequiredService<IOptions<LocalAiOptions>>().Value, provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LocalAiCalls>>()));
        services.AddSingleton<IVideoProvider>(provider => new LocalAiVideoProvider(
            provider.GetRequiredService<IOptions<LocalAiOptions>>().Value, provider.GetRequiredService<LocalAiCalls>(), provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
