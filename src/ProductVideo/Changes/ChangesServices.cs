using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Hosting;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Changes;

/// <summary>Registers what notices changes in the shops.</summary>
internal static class ChangesServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<ChangesOptions>().BindConfiguration(ProductVideoOptions.Section + ":Changes").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChangesOptions>, Validation>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ChangesOptions>>().Value);
        services.TryAddSingleton<WatchedProducts>();
        services.TryAddSingleton<WatchedShops>();
        services.TryAddSingleton<ClipSources>();
        services.TryAddSingleton<Comparing>();
        services.TryAddSingleton<Consequences>();
        services.TryAddSingleton<ProductLook>();
        services.TryAddSingleton<CatalogScan>();
        services.TryAddSingleton<Regenerations>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHearShops, HeardNews>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, WatchedClips>());
    }

    private sealed class Validation : IValidateOptions<ChangesOptions>
    {
        public ValidateOptionsResult Validate(string? name, ChangesOptions options) =>
            options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
