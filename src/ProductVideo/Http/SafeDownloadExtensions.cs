using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Http;

namespace ProductVideo;

/// <summary>Registers the guarded download.</summary>
internal static class SafeDownloadExtensions
{
    /// <summary>Adds <see cref="SafeDownload"/> unless it is there.</summary>
    public static IServiceCollection AddSafeDownload(this IServiceCollection services, Action<SafeDownloadOptions>? configure = null)
    {
        services.AddOptions<SafeDownloadOptions>().Configure(configure ?? (_ => { }))
            .Validate(o => o.MaxRedirects is >= 0 and <= 10, "SafeDownload:MaxRedirects must be from 0 to 10.")
            .Validate(o => o.ConnectTimeout > TimeSpan.Zero, "SafeDownload:ConnectTimeout must be longer than 0.")
            .ValidateOnStart();
        services.TryAddSingleton<IDnsResolver, SystemDnsResolver>();
        services.TryAddSingleton(s => new SafeDownload(
            s.GetRequiredService<IOptions<SafeDownloadOptions>>().Value, s.GetRequiredService<IDnsResolver>(), s.GetService<TimeProvider>()));
        return services;
    }
}
