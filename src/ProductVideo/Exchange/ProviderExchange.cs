using System.Net.Sockets;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>What an adapter sends to its provider, and what comes back. A paid request goes out once; a question may be asked again.</summary>
internal sealed class ProviderExchange(IHttpClientFactory clients, SubmitHttpClient submits, SafeDownload downloads, TimeProvider clock)
{
    /// <summary>The named client of all questions.</summary>
    internal const string Client = "productvideo-providers";

    private const int MaxRefusalBytes = 100_000;

    /// <summary>How often a server may point to another place of its own.</summary>
    private const int MaxHops = 3;

    /// <summary>Media types that tell nothing of what a file is.</summary>
    private static readonly string[] s_sayNothing = ["application/octet-stream", "binary/octet-stream"];

    /// <summary>As long as a clip from anywhere else may take.</summary>
    private static readonly TimeSpan DownloadTime = TimeSpan.FromMinutes(10);

    /// <inheritdoc cref="SubmitHttpClient.SendAsync"/>
    public Task<SubmitAnswer> SubmitAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        submits.SendAsync(request, cancellationToken);

    /// <summary>Sends a request that costs nothing, once. Whatever happens on the wire is an answer too.</summary>
    public Task<SubmitAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => AskAsync(request, within: null, cancellationToken);

    /// <summary>The same for what takes longer than a question, as a large file does.</summary>
    /// <param name="request">Sent once.</param>
    /// <param name="within">Time for all of it; null for that of a question.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<SubmitAnswer> AskAsync(HttpRequestMessage request, TimeSpan? within, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            client.Timeout = within ?? client.Timeout;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return new SubmitAnswer.Answered(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), RetryAfter.Of(response, clock.GetUtcNow()));
        }
        catch (Exception e) when ((WireFault.Is(e) || e is OperationCanceledException) && !cancellationToken.IsCancellationRequested)
        {
            return new SubmitAnswer.Unanswered(SubmitSign.Unproven, $"{Redaction.Of(request.RequestUri!)}: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>
    /// Streams a file that only the provider's key opens, once and never held in memory. The address is the provider's own, from the settings,
    /// so it may be inside. Where the answer points elsewhere, as to a store of files, the guarded download goes there, without the key.
    /// </summary>
    /// <param name="request">For the file.</param>
    /// <param name="kind">How its media type begins, for example <c>video/</c>; a type that says nothing is fine too.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="maxBytes">More is refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<DownloadAnswer> DownloadAsync(HttpRequestMessage request, string kind, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(DownloadTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await ReceiveAsync(request, MaxHops, kind, target, maxBytes, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DownloadAnswer.NotGiven(
                new SubmitAnswer.Unanswered(SubmitSign.Unproven, $"{Redaction.Of(request.RequestUri!)}: {e.GetType().Name}: {e.Message}"));
        }
    }

    private async Task<DownloadAnswer> ReceiveAsync(
        HttpRequestMessage request, int hops, string kind, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Client);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (Redirects.IsOne(response, request.RequestUri!, out var elsewhere))
        {
            return elsewhere is not null ? await FollowAsync(request, elsewhere, hops, kind, target, maxBytes, cancellationToken)
                : new DownloadAnswer.NotGiven(new SubmitAnswer.Unanswered(SubmitSign.Unproven, $"{Redaction.Of(request.RequestUri!)} redirects to an address that can't be read."));
        }

        var (content, type) = (response.Content, response.Content.Headers.ContentType?.MediaType);
        if ((int)response.StatusCode is not 200)
        {
            await content.LoadIntoBufferAsync(MaxRefusalBytes, cancellationToken);
            return new DownloadAnswer.NotGiven(new SubmitAnswer.Answered(
                (int)response.StatusCode, await content.ReadAsByteArrayAsync(cancellationToken), RetryAfter.Of(response, clock.GetUtcNow())));
        }

        if (type is not null && !s_sayNothing.Contains(type) && !type.StartsWith(kind, StringComparison.OrdinalIgnoreCase))
            return new DownloadAnswer.Unusable($"{Redaction.Of(request.RequestUri!)}: it is {type}");
        return content.Headers.ContentLength > maxBytes || await CopyAsync(content, target, maxBytes, cancellationToken) is not { } length
            ? new DownloadAnswer.Unusable($"{Redaction.Of(request.RequestUri!)}: more than {maxBytes} bytes")
            : new DownloadAnswer.Complete(length);
    }

    /// <summary>The same answer is taken as from the provider itself.</summary>
    internal static DownloadPolicy Elsewhere(string kind, long maxBytes) =>
        new() { MaxBytes = maxBytes, Timeout = DownloadTime, ContentTypes = [kind, .. s_sayNothing], MayNameNoType = true };

    private static bool IsSameServer(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private async Task<DownloadAnswer> FollowAsync(
        HttpRequestMessage asked, Uri address, int hops, string kind, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        if (IsSameServer(asked.RequestUri!, address) && hops > 0)
        {
            // Its own, so it may be inside and take the key.
            using var next = new HttpRequestMessage(HttpMethod.Get, address);
            foreach (var (name, values) in asked.Headers)
                next.Headers.TryAddWithoutValidation(name, values);
            return await ReceiveAsync(next, hops - 1, kind, target, maxBytes, cancellationToken);
        }

        try
        {
            return new DownloadAnswer.Complete((await downloads.ToStreamAsync(address.AbsoluteUri, Elsewhere(kind, maxBytes), target, cancellationToken)).Length);
        }
        catch (DownloadException e) when (e.Refusal is DownloadRefusal.TooManyBytes or DownloadRefusal.ContentTypeNotAllowed)
        {
            return new DownloadAnswer.Unusable(e.Message);
        }
        catch (DownloadException e)
        {
            // The provider names another address when it is asked once more, whatever this one said.
            return new DownloadAnswer.NotGiven(new SubmitAnswer.Unanswered(SubmitSign.Unproven, e.Message));
        }
    }

    /// <returns>Null if there were more bytes than allowed.</returns>
    private static async Task<long?> CopyAsync(HttpContent content, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1 << 16];
        var length = 0L;
        for (int read; (read = await ReadAsync(body, buffer, cancellationToken)) > 0;)
        {
            length += read;
            if (length > maxBytes)
                return null;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return length;
    }

    /// <summary>What the wire does wrong is an answer; what the target throws is the caller's own.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }
}
