using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Http;

namespace ProductVideo.Exchange;

internal static class ProviderExchangeServices
{
    /// <summary>Longer than a slow list takes, shorter than a lease.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const int TasksOfAList = 100;

    /// <summary>A first and a last one, as text a third longer than they are.</summary>
    private const int PicturesOfATask = 2 * (PictureCarrier.LargestEchoed / 3 * 4);

    /// <summary>Prompts and whatever else is told of it.</summary>
    private const int WordsOfATask = 100_000;

    /// <summary>A list of tasks, each of which repeats the pictures that were sent with it.</summary>
    private const int MaxAnswerBytes = TasksOfAList * (PicturesOfATask + WordsOfATask);

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
