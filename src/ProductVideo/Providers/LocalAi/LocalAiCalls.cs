using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.LocalAi;

/// <summary>
/// Calls that the server answers only when the clip is done. Each is made once and held by this process; what comes of it is kept in the blob
/// store, where any process finds it. When the host stops, its calls end and are kept as such.
/// </summary>
/// <param name="options">Of the server.</param>
/// <param name="blobs">Keeps what comes of the calls.</param>
/// <param name="clock">Ends those that take too long.</param>
/// <param name="log">For what can't be kept.</param>
/// <param name="line">Sends them; null for the network.</param>
internal sealed class LocalAiCalls(LocalAiOptions options, IBlobStore blobs, TimeProvider clock, ILogger<LocalAiCalls> log, HttpMessageHandler? line = null) : IAsyncDisposable
{
    /// <summary>Base64 of the largest clip that is taken, and its envelope.</summary>
    private const int MaxAnswerBytes = 300_000_000;

    private readonly SubmitHttpClient _client = ClientOf(
        new SubmitOptions { Timeout = TimeSpan.FromMinutes(options.LongestMinutes), MaxAnswerBytes = MaxAnswerBytes }, clock, line);

    private readonly ConcurrentDictionary<string, Task<LocalAiOutcome>> _calls = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LocalAiFaults _faults = new(LocalAiVideoProvider.Name, options.ApiKey);

    /// <summary>Tells calls of this process from those of one before it, or of another server.</summary>
    public Guid Process { get; } = Guid.NewGuid();

    /// <summary>Makes the call, in the background.</summary>
    /// <param name="nonce">Of the intent.</param>
    /// <param name="request">Disposed with the call.</param>
    /// <returns>Its end.</returns>
    public Task<LocalAiOutcome> Begin(string nonce, HttpRequestMessage request)
    {
        var call = Task.Run(() => CallAsync(nonce, request), CancellationToken.None);
        _calls[nonce] = call;
        _ = call.ContinueWith(_ => _calls.TryRemove(nonce, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return call;
    }

    /// <summary>Whether the call is made right now, by this process.</summary>
    public bool IsHeld(string nonce) => _calls.ContainsKey(nonce);

    /// <summary>Calls that are made right now.</summary>
    internal int Held => _calls.Count;

    /// <summary>The end of a call that is held.</summary>
    internal Task EndOf(string nonce) => _calls.TryGetValue(nonce, out var call) ? call : Task.CompletedTask;

    /// <summary>What came of a call; null while nothing did.</summary>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    public async Task<LocalAiResult?> FindAsync(string nonce, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(KeyOf(nonce, "json"), cancellationToken);
        return stream is null ? null : await JsonSerializer.DeserializeAsync<LocalAiResult>(stream, JsonSerializerOptions.Default, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_calls.Values);
        _stopping.Dispose();
        _client.Dispose();
    }

    private static SubmitHttpClient ClientOf(SubmitOptions times, TimeProvider clock, HttpMessageHandler? line) =>
        line is null ? new SubmitHttpClient(times, clock) : new SubmitHttpClient(times, clock, line);

    private static string KeyOf(string nonce, string kind) => $"providers/localai/{nonce}.{kind}";

    private async Task<LocalAiOutcome> CallAsync(string nonce, HttpRequestMessage request)
    {
        using (request)
        {
            if (await ForgetAsync(nonce) is { } unready)
                return new LocalAiOutcome(unready, new LocalAiResult(Fault: AsEnd(unready)));
            var answer = await _client.SendAsync(request, _stopping.Token);
            if (RefusalIn(answer) is { } refused)
                return await KeptAsync(nonce, new LocalAiOutcome(refused, answer is SubmitAnswer.Unanswered ? Unsent(refused) : new LocalAiResult(Fault: AsEnd(refused))));
            var result = answer is SubmitAnswer.Answered { Status: >= 200 and < 300 } done && LocalAiAnswer.Read(done.Body) is { } file
                ? await OfAsync(nonce, file) : new LocalAiResult(Fault: Lost(answer, nonce));
            return await KeptAsync(nonce, new LocalAiOutcome(null, result));
        }
    }

    /// <summary>A call that was refused is made again under the same nonce; what came of it then says nothing about this one.</summary>
    /// <returns>Why the call can't be made now; null if it can.</returns>
    private async Task<ProviderFault?> ForgetAsync(string nonce)
    {
        try
        {
            await blobs.DeleteAsync(KeyOf(nonce, "json"), CancellationToken.None);
            return null;
        }
        catch (BlobStoreException e)
        {
            return _faults.Of(ProviderFaultCode.Transient, $"call {nonce}: {e.Message}");
        }
    }

    /// <summary>Elsewhere a 503 may be said of a task that was made. Here the answer is all there is: where it is complete and holds no clip, none will come.</summary>
    private ProviderFault? RefusalIn(SubmitAnswer answer) => answer is SubmitAnswer.Answered { Status: 503 } unavailable && _faults.AreOwnWords(unavailable)
        ? _faults.Of(unavailable, "video") : (_faults.Judge(answer, _ => null) as StartOutcome.Refused)?.Fault;

    /// <summary>A refusal that comes late ends the video: "not now" and "not you" can't be asked about again.</summary>
    private static ProviderFault AsEnd(ProviderFault refused) =>
        refused.Code is ProviderFaultCode.InvalidInput or ProviderFaultCode.ContentRefused or ProviderFaultCode.Unsupported ? refused : refused with { Code = ProviderFaultCode.TaskFailed };

    /// <summary>It broke off while it left, and that was found out late: the server can have begun nothing.</summary>
    private static LocalAiResult Unsent(ProviderFault refused) => new(
        Fault: AsEnd(refused) with
        {
            MerchantText = $"The order for this video did not reach {LocalAiVideoProvider.Name}, so nothing was made and nothing is charged. Make it again, or choose another provider.",
        },
        Unsent: true);

    private async Task<LocalAiResult> OfAsync(string nonce, LocalAiFile file)
    {
        if (file.Url is { Length: > 0 } url)
            return new LocalAiResult(File: url[(url.LastIndexOf('/') + 1)..]);
        try
        {
            using var clip = new MemoryStream(Convert.FromBase64String(file.B64Json!));
            var key = KeyOf(nonce, "mp4");
            await blobs.PutAsync(key, clip, "video/mp4", PutMode.Replace, CancellationToken.None);
            return new LocalAiResult(BlobKey: key);
        }
        catch (FormatException e)
        {
            return new LocalAiResult(Fault: _faults.Of(ProviderFaultCode.TaskFailed, $"call {nonce}: b64_json is no base64: {e.Message}"));
        }
        catch (BlobStoreException e)
        {
            log.LogError(e, "The clip of LocalAI's call {Call} could not be stored", nonce);
            return new LocalAiResult(Fault: _faults.Of(ProviderFaultCode.TaskFailed, $"call {nonce}: {e.Message}"));
        }
    }

    /// <summary>The server answers once: what that answer would have said, nobody can ask for again.</summary>
    private ProviderFault Lost(SubmitAnswer answer, string nonce)
    {
        var fault = _faults.Of(ProviderFaultCode.TaskFailed, $"call {nonce}: {_faults.Of(answer, "video").OperatorText}");
        return _stopping.IsCancellationRequested
            ? fault with { MerchantText = "This video was stopped because the program was. Make it again if you still want it." }
            : fault;
    }

    private async Task<LocalAiOutcome> KeptAsync(string nonce, LocalAiOutcome outcome)
    {
        try
        {
            using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(outcome.Result, JsonSerializerOptions.Default));
            await blobs.PutAsync(KeyOf(nonce, "json"), content, "application/json", PutMode.Replace, CancellationToken.None);
        }
        catch (BlobStoreException e)
        {
            // Whoever asks is told that the call is no longer held.
            log.LogError(e, "What came of LocalAI's call {Call} could not be kept: {Result}", nonce, outcome.Result);
        }

        return outcome;
    }
}

/// <summary>How a call ended.</summary>
/// <param name="Refused">Set if the server surely began nothing.</param>
/// <param name="Result">What is kept of it.</param>
internal sealed record LocalAiOutcome(ProviderFault? Refused, LocalAiResult Result);
