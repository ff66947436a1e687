using System.Net.Sockets;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>What an adapter sends to its provider, and what comes back. A paid request goes out once; a question may be asked again.</summary>
public sealed class ProviderExchange(IHttpClientFactory clients, SubmitHttpClient submits, TimeProvider clock)
{
    /// <summary>The named client of all questions.</summary>
    internal const string Client = "productvideo-providers";

    /// <inheritdoc cref="SubmitHttpClient.SendAsync"/>
    public Task<SubmitAnswer> SubmitAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        submits.SendAsync(request, cancellationToken);

    /// <summary>Sends a request that costs nothing, once. Whatever happens on the wire is an answer too.</summary>
    public async Task<SubmitAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return new SubmitAnswer.Answered(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), RetryAfter.Of(response, clock.GetUtcNow()));
        }
        catch (Exception e) when (IsOfTheWire(e) && !cancellationToken.IsCancellationRequested)
        {
            return new SubmitAnswer.Unanswered(SubmitSign.Unproven, $"{Redaction.Of(request.RequestUri!)}: {e.GetType().Name}: {e.Message}");
        }
    }

    private static bool IsOfTheWire(Exception e) => e is HttpRequestException or IOException or SocketException or OperationCanceledException;
}
