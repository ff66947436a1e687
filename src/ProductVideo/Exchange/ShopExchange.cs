using System.Net.Http.Headers;
using ProductVideo.Catalog;
using ProductVideo.Http;

namespace ProductVideo.Exchange;

/// <summary>
/// What a storefront sends to its shop, and what comes back. Nothing is sent twice here: what is tried again is decided where it is known
/// what was done. No redirection is followed, so that a password goes to the configured address alone.
/// </summary>
internal sealed class ShopExchange(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>The named client.</summary>
    internal const string Client = "productvideo-shops";

    /// <summary>Shorter than a lease.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    /// <summary>As long as the download of a clip may take.</summary>
    private static readonly TimeSpan UploadTime = TimeSpan.FromMinutes(10);

    /// <summary>Whether the shop answered with more than is taken: of a list, a shorter one may do.</summary>
    public static bool IsTooMuch(StorefrontException fault) => fault.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };

    /// <exception cref="StorefrontException">
    /// <see cref="StorefrontFault.Unavailable"/>: there was no answer; <see cref="StorefrontFault.InvalidData"/>: it was too large. What was sent may have been done.
    /// </exception>
    public Task<ShopAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => AskAsync(request, Time, cancellationToken);

    /// <summary>As <see cref="AskAsync(HttpRequestMessage, CancellationToken)"/>, for a request whose body is a clip.</summary>
    /// <exception cref="StorefrontException"><see cref="StorefrontFault.Unavailable"/>: there was no answer. What was sent may have been done.</exception>
    public Task<ShopAnswer> UploadAsync(HttpRequestMessage request, CancellationToken cancellationToken) => AskAsync(request, UploadTime, cancellationToken);

    private async Task<ShopAnswer> AskAsync(HttpRequestMessage request, TimeSpan within, CancellationToken cancellationToken)
    {
        var asked = $"{request.Method} {Redaction.Of(request.RequestUri!)}";
        using var time = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new ShopAnswer(
                asked, (int)response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync(either.Token),
                RetryAfter.Of(response, clock.GetUtcNow()), response.Headers.Location is { IsAbsoluteUri: true } to ? Redaction.Of(to) : null);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new StorefrontException(StorefrontFault.InvalidData, ShopWords.TooMuch, $"{asked} was answered with more than is taken: {e.Message}", e);
        }
        catch (Exception e) when (WireFault.Is(e, cancellationToken))
        {
            throw new StorefrontException(
                StorefrontFault.Unavailable, ShopWords.Unreachable, $"{asked} had no answer: {e.GetType().Name}: {e.Message}", e);
        }
    }
}

/// <summary>An answer of a shop.</summary>
/// <param name="Asked">Method and address without its query, for the operator.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Of the answer, without those of its body.</param>
/// <param name="Body">The whole of it.</param>
/// <param name="RetryAfter">As asked for.</param>
/// <param name="MovedTo">Where a redirection leads, without its query.</param>
internal sealed record ShopAnswer(string Asked, int Status, HttpResponseHeaders Headers, byte[] Body, TimeSpan? RetryAfter, string? MovedTo)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
