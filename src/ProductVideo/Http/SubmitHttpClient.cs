using System.Globalization;
using System.Net;
using ProductVideo.Providers;

namespace ProductVideo.Http;

/// <summary>
/// Sends paid requests: each exactly once. Not from the host's client factory, whose defaults may retry or hedge, and without redirects,
/// which would send again. Adapters use it for starts and for nothing else.
/// </summary>
internal sealed class SubmitHttpClient : IDisposable
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
        var (progress, length) = (SubmitProgress.Begin(SubmitWindow.Current), request.Content.Headers.ContentLength);
        using var body = new OnceContent(request.Content, progress);
        request.Content = body;
        // Over a later version the bytes of several requests share a connection, and can't be counted.
        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrLower);
        using var time = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new SubmitAnswer.Answered(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(CancellationToken.None),
                RetryAfter.Of(response, _clock.GetUtcNow()));
        }
        catch (Exception e) when (WireFault.Is(e) || e is OperationCanceledException)
        {
            // Asked for in any case: after this nothing more may go.
            var isCut = progress.EndsShort(length);
            var (sign, what) = !body.Begun ? (SubmitSign.NothingSent, "nothing was sent")
                : isCut ? (SubmitSign.NothingSent, string.Create(CultureInfo.InvariantCulture, $"cut off when {progress.Handed} of its {length} bytes had left"))
                : (SubmitSign.Unproven, "no answer");
            return new SubmitAnswer.Unanswered(
                sign, $"{Redaction.Of(request.RequestUri!)}: {what}: {Reason(e, time)}",
                IsOurs: sign is SubmitSign.NothingSent && (progress.CameLate || (isCut && either.IsCancellationRequested)));
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

    /// <summary>Knows whether its first byte was asked for, and gives itself out once, while it may leave; <see cref="SubmitConnection"/> asks again.</summary>
    private sealed class OnceContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly SubmitProgress _progress;
        private int _begun;

        public OnceContent(HttpContent inner, SubmitProgress progress)
        {
            (_inner, _progress) = (inner, progress);
            foreach (var (name, values) in inner.Headers.NonValidated)
                Headers.TryAddWithoutValidation(name, values);
        }

        public bool Begun => Volatile.Read(ref _begun) > 0;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _begun) > 1)
                throw new HttpRequestException("A paid request is sent once.");
            _progress.BeginBody();
            return _inner.CopyToAsync(stream, context, cancellationToken);
        }

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
internal abstract record SubmitAnswer
{
    private SubmitAnswer()
    {
    }

    /// <param name="Status">HTTP status.</param>
    /// <param name="Body">The whole body.</param>
    /// <param name="RetryAfter">As asked for, at most 15 minutes.</param>
    public sealed record Answered(int Status, byte[] Body, TimeSpan? RetryAfter) : SubmitAnswer;

    /// <param name="Sign">Whether all of it left.</param>
    /// <param name="OperatorText">What was met, without secrets.</param>
    /// <param name="IsOurs">Whether this side ended it before all of it had left, as on a slow line.</param>
    public sealed record Unanswered(SubmitSign Sign, string OperatorText, bool IsOurs = false) : SubmitAnswer;
}
