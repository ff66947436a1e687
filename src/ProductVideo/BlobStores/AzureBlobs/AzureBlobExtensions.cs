using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.AzureBlobs;
using ProductVideo.Hosting;

namespace ProductVideo;

/// <summary>Opts in to the blob store in Azure.</summary>
public static class AzureBlobExtensions
{
    /// <summary>Keeps pictures and clips in Azure Blob Storage. Replaces any blob store named before.</summary>
    public static IServiceCollection AddAzureBlobs(this IServiceCollection services, Action<AzureBlobOptions> configure)
    {
        services.AddOptions<AzureBlobOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AzureBlobOptions>, AzureBlobValidation>());
        services.RemoveAll<IBlobStore>();
        return services.AddSingleton<IBlobStore>(s => new AzureBlobStore(s.GetRequiredService<IOptions<AzureBlobOptions>>().Value, s.GetService<TimeProvider>()));
    }

    /// <summary>Does so where there is a setting under <c>ProductVideo:AzureBlobs</c>; else the store stays what it is.</summary>
    public static IServiceCollection AddAzureBlobs(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection(AzureBlobSettings.Section);
        services.AddProductVideoSection(AzureBlobSettings.Section, typeof(AzureBlobSettings.Words));
        return settings.GetChildren().Any() ? services.AddAzureBlobs(options => AzureBlobSettings.Apply(settings, options)) : services;
    }

    private sealed class AzureBlobValidation : IValidateOptions<AzureBlobOptions>
    {
        public ValidateOptionsResult Validate(string? name, AzureBlobOptions options) =>
            options.Mistakes() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
