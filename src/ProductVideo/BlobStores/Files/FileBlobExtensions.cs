using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;

namespace ProductVideo;

/// <summary>Opts in to the blob store on a disk.</summary>
public static class FileBlobExtensions
{
    /// <summary>Keeps pictures and clips in a folder. Replaces any blob store named before.</summary>
    public static IServiceCollection AddFileBlobs(this IServiceCollection services, Action<FileBlobOptions>? configure = null)
    {
        services.AddOptions<FileBlobOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FileBlobOptions>, FileBlobValidation>());
        services.TryAddSingleton(s => new FileBlobStore(s.GetRequiredService<IOptions<FileBlobOptions>>().Value, s.GetService<TimeProvider>()));
        services.RemoveAll<IBlobStore>();
        return services.AddSingleton<IBlobStore>(s => s.GetRequiredService<FileBlobStore>());
    }

    private sealed class FileBlobValidation : IValidateOptions<FileBlobOptions>
    {
        public ValidateOptionsResult Validate(string? name, FileBlobOptions options) =>
            options.Mistakes() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
