using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>Google's Gemini Omni. It takes no key of ours and lists nothing, so an order whose answer is lost waits for a person.</summary>
internal sealed class GeminiOmniVideoProvider : IVideoProvider, ICancelVideo, IDownloadVideo, IProbeAccount
{
    public const string ProviderKey = "gemini-omni";

    /// <summary>As Google keeps Veo's files; nothing is documented for these.</summary>
    internal static readonly TimeSpan FileLife = TimeSpan.FromDays(2);

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, GeminiOmniModel> _models;
    private readonly PriceTable _prices;
    private readonly GeminiOmniRequests _requests;
    private readonly GeminiOmniFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal GeminiOmniVideoProvider(
        GeminiOmniOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<GeminiOmniVideoProvider> log)
    {
        (_exchange, _carrier, _clock, _log) = (exchange, carrier, clock, log);
        var offered = GeminiOmniModels.Offered(options);
        _models = offered.ToDictionary(model => model.Id, StringComparer.Ordinal);
        Models = [.. offered.Select(model => model.Id)];
        _prices = new PriceTable(ProviderKey, [.. offered.SelectMany(model => PricesOf(model, options))]);
        _faults = new GeminiOmniFaults(DisplayName, options.ApiKey);
        _requests = new GeminiOmniRequests(options);
    }

    public string Key => ProviderKey;

    public string DisplayName => "Gemini Omni";

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request) => _prices.EstimateOrRefuse(
        request.Model, request.Resolution, new PriceQuantity(request.Seconds), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model);
        if (!model.Capabilities.Modes.HasFlag(request.Mode) || request.Images.Count > model.Capabilities.Images.MaxCount)
            return new StartOutcome.Refused(_faults.Of(ProviderFaultCode.InvalidInput, $"{model.Id} makes no {request.Mode} of {request.Images.Count} pictures"));
        var (pictures, unread) = await _carrier.AllBytesAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(request, intent.Nonce, pictures);
        return _faults.Judge(
            GeminiOmniFaults.WithWait(await _exchange.SubmitAsync(message, cancellationToken)),
            body => GeminiInteraction.Read(body) is { Id: { Length: > 0 } id } ? new ProviderOperation(id) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        var (task, answer) = await TaskAsync(operation.RemoteId, cancellationToken);
        return answer switch
        {
            SubmitAnswer.Answered { Status: 404 } gone when _faults.AreOwnWords(gone) => new CheckOutcome.Refused(Gone(operation.RemoteId)),
            _ when task is not null => Read(operation.RemoteId, task),
            _ => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"interaction {operation.RemoteId}")),
        };
    }

    /// <summary>What runs may be charged though it is stopped, so only what had not begun counts as stopped.</summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        if (await TaskAsync(operation.RemoteId, cancellationToken) is not ({ Status: "queued" }, _))
            return false;
        using var message = _requests.Cancel(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) is SubmitAnswer.Answered { Status: 200 } answer
            && GeminiInteraction.Read(answer.Body) is { Status: "cancelled" };
    }

    /// <summary>By the interaction, which names the file anew or holds the clip itself.</summary>
    public async Task<ProviderFault?> DownloadAsync(ClipSource.AtProvider clip, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        var (task, answer) = await TaskAsync(clip.RemoteId, cancellationToken);
        if (answer is SubmitAnswer.Answered { Status: 404 } gone && _faults.AreOwnWords(gone))
            return Gone(clip.RemoteId);
        if (task is null)
            return _faults.OfQuestion(answer, $"interaction {clip.RemoteId}");
        return task.Video switch
        {
            { Uri: { Length: > 0 } uri } when Uri.TryCreate(uri, UriKind.Absolute, out var address) && _requests.IsOurs(address) =>
                await DownloadAsync(address, clip.RemoteId, target, maxBytes, cancellationToken),
            { Data: { Length: > 0 } data } => await DecodeAsync(data, clip.RemoteId, target, maxBytes, cancellationToken),
            _ => _faults.Of(ProviderFaultCode.Protocol, $"interaction {clip.RemoteId} no longer names its video"),
        };
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = _requests.Models();
        return _faults.OfProbe(await _exchange.AskAsync(message, cancellationToken), body => SnakeJson.Read<ModelPage>(body)?.Models is not null);
    }

    private async Task<ProviderFault?> DownloadAsync(Uri address, string id, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using var message = _requests.File(address);
        return await _exchange.DownloadAsync(message, "video/", target, maxBytes, cancellationToken) switch
        {
            DownloadAnswer.Complete => null,
            DownloadAnswer.Unusable unusable => _faults.Of(ProviderFaultCode.Protocol, unusable.OperatorText),
            DownloadAnswer.NotGiven { Answer: SubmitAnswer.Answered { Status: 404 } answer } when _faults.AreOwnWords(answer) => Gone(id),
            DownloadAnswer.NotGiven { Answer: var answer } => _faults.OfQuestion(GeminiOmniFaults.WithWait(answer), $"file of interaction {id}"),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    private async Task<ProviderFault?> DecodeAsync(string data, string id, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        var bytes = new byte[data.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(data, bytes, out var length) || length > maxBytes)
            return _faults.Of(ProviderFaultCode.Protocol, $"interaction {id} holds what is no base64, or more than {maxBytes} bytes");
        await target.WriteAsync(bytes.AsMemory(0, length), cancellationToken);
        return null;
    }

    private CheckOutcome Read(string id, GeminiInteraction task)
    {
        switch (task.Status)
        {
            case "completed" when task.Video is { } video:
                return new CheckOutcome.Ready([SourceOf(id, video)]);
            // What waits for an answer or a continuation of ours would wait for ever: nothing here gives one.
            case "completed" or "failed" or "cancelled" or "incomplete" or "budget_exceeded" or "requires_action" or "requires_continuation":
                return new CheckOutcome.Refused(_faults.OfTask(id, task), Stopped: task.Status is "cancelled");
            case "in_progress" or "queued":
                return new CheckOutcome.Pending(PollWait, Queued: task.Status == "queued");
            case null:
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"interaction {id} has no status"));
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls interaction {Task} {Status}, which is not documented", Key, id, task.Status);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    /// <summary>The key goes to the service's own host only; what lies elsewhere is fetched without it.</summary>
    private ClipSource SourceOf(string id, GeminiContent video) =>
        video.Uri is { Length: > 0 } uri && !(Uri.TryCreate(uri, UriKind.Absolute, out var address) && _requests.IsOurs(address))
            ? new ClipSource.Remote(uri, _clock.GetUtcNow() + FileLife)
            : new ClipSource.AtProvider(id, _clock.GetUtcNow() + FileLife);

    private async Task<(GeminiInteraction? Task, SubmitAnswer Answer)> TaskAsync(string id, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(id);
        var answer = GeminiOmniFaults.WithWait(await _exchange.AskAsync(message, cancellationToken));
        return (answer is SubmitAnswer.Answered { Status: 200 } told && GeminiInteraction.Read(told.Body) is { Id: not null } task ? task : null, answer);
    }

    private ProviderFault Gone(string id) => _faults.Of(ProviderFaultCode.NotFoundOrExpired, $"interaction {id} is not known; its record may have been deleted");

    private static IEnumerable<PriceRow> PricesOf(GeminiOmniModel model, GeminiOmniOptions options) => model.Capabilities.Resolutions.Select(resolution => new PriceRow(
        options.PriceDate ?? DateOnly.MinValue, model.Id, resolution, PriceUnit.Second, new Money(options.PricePerSecond[model.Id][resolution], options.Currency)));

    private GeminiOmniModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));

    private sealed record ModelPage(IReadOnlyList<object>? Models);
}
