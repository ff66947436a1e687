using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.Replicate;

/// <summary>Opts into Replicate.</summary>
public static class ReplicateExtensions
{
    /// <summary>Adds Replicate, with the settings of <c>ProductVideo:Replicate</c>.</summary>
    public static IServiceCollection AddReplicate(this IServiceCollection services, Action<ReplicateOptions>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ReplicateOptions>, ReplicateOptionsValidation>());
        services.AddOptions<ReplicateOptions>().BindSection(ReplicateOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        // Ten starts a second are what the vendor allows an account with credit; the settings may say otherwise.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(ReplicateVideoProvider.ProviderKey, startsPerSecond: 10));
        services.AddSingleton<IVideoProvider>(provider => new ReplicateVideoProvider(
            provider.GetRequiredService<IOptions<ReplicateOptions>>().Value, provider.GetRequiredService<ProviderExchange>(),
            provider.GetRequiredService<PictureCarrier>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReplicateVideoProvider>>()));
        return services;
    }
}
