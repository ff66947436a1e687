using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ProductVideo.Blobs;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.LocalAi;

/// <summary>A LocalAI server, whose <c>POST /video</c> answers only when the clip is done.</summary>
internal sealed class LocalAiVideoProvider : IVideoProvider, IDownloadVideo, IProbeAccount
{
    public const string ProviderKey = "localai";

    internal const string Name = "LocalAI";

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    private readonly LocalAiOptions _options;
    private readonly Dictionary<string, ProviderCapabilities> _models;
    private readonly LocalAiCalls _calls;
    private readonly LocalAiFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly string _base;

    internal LocalAiVideoProvider(LocalAiOptions options, LocalAiCalls calls, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock)
    {
        (_options, _calls, _exchange, _carrier, _clock) = (options, calls, exchange, carrier, clock);
        _models = options.Models.ToDictionary(model => model.Id, CapabilitiesOf, StringComparer.Ordinal);
        Models = [.. options.Models.Select(model => model.Id)];
        _faults = new LocalAiFaults(Name, options.ApiKey);
        _base = options.BaseAddress!.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public string Key => ProviderKey;

    public string DisplayName => Name;

    public IReadOnlyList<string> Models { get; }

    /// <summary>How long a start waits for a refusal of what has begun to leave; what is not refused by then is at work.</summary>
    internal TimeSpan RefusalWait { get; init; } = TimeSpan.FromSeconds(5);

    public ProviderCapabilities Capabilities(string model) =>
        _models.TryGetValue(model, out var found) ? found : throw new ArgumentException($"{Name} has no model '{model}' here.", nameof(model));

    public PriceEstimate EstimatePrice(VideoRequest request) => new(
        new Money(Micros.RoundUp((_options.PricePerSecond ?? 0) * request.Seconds), _options.Currency), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        if (Capabilities(request.Model).Images.FrameSizeOf(resolution: null, request.Aspect) is not { } size || request.Images.Count != 1)
            return new StartOutcome.Refused(_faults.Of(
                ProviderFaultCode.InvalidInput, $"{request.Model} makes no {request.Aspect}, or not of {request.Images.Count} pictures"));
        var (pictures, unread) = await _carrier.AllBytesAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        var begun = _clock.GetUtcNow();
        var order = OrderOf(request, size, pictures[0]);
        var call = _calls.Begin(intent.Nonce, Submit(order));
        // A machine that is off behind a router is missed only when the time to connect is over. Taken for accepted before that, an order
        // of which no byte left would end as a video that failed, and count as paid.
        await Task.WhenAny(call, order.Leaving);
        using var waiting = new CancellationTokenSource();
        var first = await Task.WhenAny(call, Task.Delay(RefusalWait, _clock, waiting.Token));
        await waiting.CancelAsync();
        return first == call && await call is { Refused: { } refused }
            ? new StartOutcome.Refused(refused)
            : new StartOutcome.Accepted(new ProviderOperation(intent.Nonce, JsonSerializer.SerializeToElement(new LocalAiHandle(_calls.Process, begun))));
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        var (id, handle) = (operation.RemoteId, operation.Handle?.Deserialize<LocalAiHandle>());
        // Asked before the store: a call that ends in between is found there.
        var held = _calls.IsHeld(id);
        try
        {
            return await _calls.FindAsync(id, cancellationToken) switch
            {
                { File: { Length: > 0 } } => new CheckOutcome.Ready([new ClipSource.AtProvider(id, ExpiresAt: null)]),
                { BlobKey: { Length: > 0 } key } => new CheckOutcome.Ready([new ClipSource.Stored(key)]),
                // While a call is made, what is kept may be of the one before it, which was refused.
                _ when held => new CheckOutcome.Pending(PollWait),
                { Fault: { } fault, Unsent: true } => new CheckOutcome.Refused(fault, new Money(0, _options.Currency)),
                { Fault: { } fault } => new CheckOutcome.Refused(fault),
                // Another process of ours may hold it, for as long as a call may take.
                _ when handle is not null && handle.Process != _calls.Process && _clock.GetUtcNow() < handle.At.AddMinutes(_options.LongestMinutes) => new CheckOutcome.Pending(PollWait),
                _ => new CheckOutcome.Refused(Gone(id)),
            };
        }
        catch (BlobStoreException e)
        {
            return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Transient, $"call {id}: {e.Message}"));
        }
    }

    /// <summary>From the address in the settings, whatever name the server gives itself.</summary>
    public async Task<ProviderFault?> DownloadAsync(ClipSource.AtProvider clip, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        if (await _calls.FindAsync(clip.RemoteId, cancellationToken) is not { File: { Length: > 0 } file })
            return Gone(clip.RemoteId);
        using var message = To(HttpMethod.Get, "/generated-videos/" + Uri.EscapeDataString(file));
        return await _exchange.DownloadAsync(message, "video/", target, maxBytes, cancellationToken) switch
        {
            DownloadAnswer.Complete => null,
            DownloadAnswer.Unusable unusable => _faults.Of(ProviderFaultCode.Protocol, unusable.OperatorText),
            DownloadAnswer.NotGiven { Answer: SubmitAnswer.Answered { Status: 404 } answer } when _faults.AreOwnWords(answer) => Gone(clip.RemoteId),
            DownloadAnswer.NotGiven { Answer: var answer } => _faults.OfQuestion(answer, $"file {file}"),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = To(HttpMethod.Get, "/v1/models");
        return _faults.OfProbe(await _exchange.AskAsync(message, cancellationToken), body => SnakeJson.Read<ModelList>(body)?.Data is not null);
    }

    private LocalAiOrder OrderOf(VideoRequest request, FrameSize size, byte[] picture)
    {
        var frames = (int)request.Seconds * _options.Models.First(model => model.Id == request.Model).FramesPerSecond;
        return new LocalAiOrder(SnakeJson.Write(new Order(
            request.Model, request.Prompt, request.NegativePrompt, Convert.ToBase64String(picture), size.Width, size.Height, frames,
            frames / (int)request.Seconds, request.Seconds.ToString("0", CultureInfo.InvariantCulture), request.Seed, "url")));
    }

    private HttpRequestMessage Submit(LocalAiOrder order)
    {
        var message = To(HttpMethod.Post, "/video");
        message.Content = order;
        return message;
    }

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(_base + path));
        if (_options.ApiKey.Length > 0)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        return message;
    }

    private ProviderCapabilities CapabilitiesOf(LocalAiModel model)
    {
        var sizes = FrameSizes.Read([KeyValuePair.Create("", (IReadOnlyList<string>)[.. model.Sizes])]);
        return new ProviderCapabilities
        {
            Modes = VideoModes.FirstFrame,
            Duration = DurationRule.OneOf([.. model.Seconds.Select(seconds => (decimal)seconds)]),
            Resolutions = [],
            Aspect = new AspectRule([.. sizes.Select(size => size.Aspect)], FollowsImage: false),
            Images = new ImageRule { Formats = ["jpeg", "png"], MaxCount = 1, MinSide = 240, FrameSizes = sizes },
            Prompt = new PromptRule { MaxUnits = model.MaxPrompt, TakesNegative = true, MaxNegativeUnits = model.MaxPrompt },
            Audio = AudioSupport.Never,
            TakesSeed = true,
            Correlation = CorrelationClass.Nothing,
            Billing = _options.PricePerSecond == 0 ? BillingRule.Free : BillingRule.Unknown,
        };
    }

    private ProviderFault Gone(string id) => _faults.Of(
        ProviderFaultCode.NotFoundOrExpired, $"call {id} is held by no process of ours and left no result; the program was ended while the server was at work, or the file is gone there");

    private sealed record Order(
        string Model, string Prompt, string? NegativePrompt, string StartImage, int Width, int Height, int NumFrames, int Fps, string Seconds, int? Seed, string ResponseFormat);

    private sealed record ModelList(IReadOnlyList<object>? Data);
}
