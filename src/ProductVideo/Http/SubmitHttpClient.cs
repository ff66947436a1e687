using System.Net;
using System.Net.Sockets;
using ProductVideo.Providers;

namespace ProductVideo.Http;

/// <summary>
/// Sends paid requests: each exactly once. Not from the host's client factory, whose defaults may retry or hedge, and without redirects,
/// which would send again. Adapters use it for starts and for nothing else.
/// </summary>
public sealed class SubmitHttpClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly SubmitOptions _options;
    private readonly TimeProvider _clock;

    public SubmitHttpClient(SubmitOptions options, TimeProvider clock)
        : this(options, clock, new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = SubmitConnection.OpenAsync,
        })
    {
    }

    internal SubmitHttpClient(SubmitOptions options, TimeProvider clock, HttpMessageHandler handler)
    {
        (_options, _clock) = (options, clock);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = options.MaxAnswerBytes };
    }

    /// <summary>Sends the request and reads its answer. Whatever happens on the wire is an answer too; nothing is tried again.</summary>
    /// <param name="request">With a body: one without is sent again by .NET itself when a connection breaks.</param>
    /// <param name="cancellationToken">Ends the call before its time-out.</param>
    /// <exception cref="ArgumentException">The request has no body.</exception>
    public async Task<SubmitAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || request.Content.Headers.ContentLength is 0)
            throw new ArgumentException("A paid request must have a body.", nameof(request));
        using var body = new OnceContent(request.Content, SubmitWindow.Current);
        request.Content = body;
        using var time = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new SubmitAnswer.Answered(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(CancellationToken.None),
                RetryAfter.Of(response, _clock.GetUtcNow()));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            return new SubmitAnswer.Unanswered(
                body.Begun ? SubmitSign.Unproven : SubmitSign.NothingSent,
                $"{Redaction.Of(request.RequestUri!)}: {(body.Begun ? "no answer" : "nothing was sent")}: {Reason(e, time)}");
        }
    }

    public void Dispose() => _client.Dispose();

    private string Reason(Exception e, CancellationTokenSource time) => e switch
    {
        OperationCanceledException when time.IsCancellationRequested => $"timed out after {_options.Timeout.TotalSeconds:0} s",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } => $"{error}: {e.Message}",
        HttpRequestException { InnerException: { } inner } => $"{inner.GetType().Name}: {inner.Message}",
        _ => $"{e.GetType().Name}: {e.Message}",
    };

    /// <summary>Knows whether its first byte was asked for, and gives itself out once, while its window is open; <see cref="SubmitConnection"/> asks again.</summary>
    private sealed class OnceContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly SubmitWindow? _window;
        private int _begun;

        public OnceContent(HttpContent inner, SubmitWindow? window)
        {
            (_inner, _window) = (inner, window);
            foreach (var (name, values) in inner.Headers.NonValidated)
                Headers.TryAddWithoutValidation(name, values);
        }

        public bool Begun => Volatile.Read(ref _begun) > 0;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            _window is { IsOver: true } ? throw new HttpRequestException("This process slept after it had decided to send; it is too late to send now.")
            : Interlocked.Increment(ref _begun) == 1
                ? _inner.CopyToAsync(stream, context, cancellationToken)
                : throw new HttpRequestException("A paid request is sent once.");

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return _inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What came of a paid request on the wire.</summary>
public abstract record SubmitAnswer
{
    private SubmitAnswer()
    {
    }

    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">The whole body.</param>
    /// <param name="RetryAfter">As asked for, at most 15 minutes.</param>
    public sealed record Answered(int Status, byte[] Body, TimeSpan? RetryAfter) : SubmitAnswer;

    /// <param name="Sign">Whether anything left.</param>
    /// <param name="OperatorText">What was met, without secrets.</param>
    public sealed record Unanswered(SubmitSign Sign, string OperatorText) : SubmitAnswer;
}
