using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Http;

namespace ProductVideo.Exchange;

internal static class ProviderExchangeServices
{
    /// <summary>Longer than a slow list takes, shorter than a lease.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>A list of a hundred tasks, each of which repeats a picture that was sent with it.</summary>
    private const int MaxAnswerBytes = 32_000_000;

    public static IServiceCollection AddProviderExchange(this IServiceCollection services)
    {
        services.AddOwnHttpClient(
            ProviderExchange.Client, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout, MaxAnswerBytes),
            // To a question, an answer that points elsewhere is none. A file is followed by hand, so that the key goes nowhere else.
            () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSafeDownload();
        services.TryAddSingleton<ProviderExchange>();
        services.TryAddSingleton<PictureCarrier>();
        return services;
    }
}
