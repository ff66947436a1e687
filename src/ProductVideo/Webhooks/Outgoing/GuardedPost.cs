using System.Net;
using System.Text;
using ProductVideo.Http;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>
/// Posts to addresses that somebody typed in. Like the guarded download it reaches public hosts only, and those on this machine that the
/// settings name; it follows no redirect, and gives each try 15 seconds.
/// </summary>
internal sealed class GuardedPost : IDisposable
{
    /// <summary>Shorter than the sender's claim.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private const int KeptOfAnswer = 500;

    private readonly DownloadPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _public;
    private readonly HttpMessageInvoker _loopback;

    public GuardedPost(WebhookOptions options, IDnsResolver resolver, TimeProvider clock)
        : this(options, resolver, clock, GuardedConnection.DialTcpAsync)
    {
    }

    internal GuardedPost(WebhookOptions options, IDnsResolver resolver, TimeProvider clock, Dial dial)
    {
        _policy = EndpointAddress.Policy(options);
        _clock = clock;
        _public = new GuardedConnection(resolver, PublicAddress.IsPublic, dial, clock).ToInvoker(ConnectTimeout, TimeSpan.FromMinutes(2));
        _loopback = new GuardedConnection(resolver, IPAddress.IsLoopback, dial, clock).ToInvoker(ConnectTimeout, TimeSpan.Zero);
    }

    /// <summary>Sends once. What the receiver does wrong is a reply without a status.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Reply> SendAsync(Uri address, IReadOnlyDictionary<string, string> headers, byte[] body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "ProductVideo/1.0");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var invoker = DownloadRules.IsLoopbackAllowed(address, _policy) ? _loopback : _public;
        try
        {
            using var response = await invoker.SendAsync(request, both.Token);
            return new Reply((int)response.StatusCode, await BeginningAsync(response, both.Token, cancellationToken), RetryAfter(response));
        }
        catch (Exception e) when (WireFault.Is(e, cancellationToken) || e is DownloadException)
        {
            return new Reply(Status: null, WhyNot(e, limit.IsCancellationRequested));
        }
    }

    public void Dispose()
    {
        _public.Dispose();
        _loopback.Dispose();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } wish ? wish.Delta ?? (wish.Date - _clock.GetUtcNow()) : null;

    /// <summary>What came of its text before it ended, broke off or took too long: by its status it has answered already.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken tooLong, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[KeptOfAnswer], 0);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(tooLong);
            int read;
            while (length < buffer.Length && (read = await content.ReadAsync(buffer.AsMemory(length), tooLong)) > 0)
                length += read;
        }
        catch (Exception e) when (WireFault.Is(e, cancellationToken))
        {
            // Counted as a failure, it would be sent again to a receiver that has accepted it.
        }

        return string.Concat(Encoding.UTF8.GetString(buffer, 0, length).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    private static string WhyNot(Exception failure, bool tooSlow)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is DownloadException refusal)
                return "The address leads into a private network, where nothing is sent. " + refusal.Message;
        }

        return tooSlow ? "It did not answer within 15 seconds."
            : failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? "It has no valid certificate."
            : "It can't be reached: " + failure.GetBaseException().Message;
    }
}
