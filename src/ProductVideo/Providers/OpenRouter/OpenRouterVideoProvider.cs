using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>Models of many vendors at OpenRouter, of which its own list says what they make and what they cost.</summary>
internal sealed class OpenRouterVideoProvider : IVideoProvider, IProbeAccount, IDownloadVideo
{
    public const string ProviderKey = "openrouter";

    internal const string Name = "OpenRouter";

    private const string Currency = "USD";

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(15);

    private readonly OpenRouterCatalog _catalog;
    private readonly OpenRouterRequests _requests;
    private readonly OpenRouterFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal OpenRouterVideoProvider(
        OpenRouterOptions options, OpenRouterCatalog catalog, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock,
        ILogger<OpenRouterVideoProvider> log)
    {
        (_catalog, _exchange, _carrier, _clock, _log) = (catalog, exchange, carrier, clock, log);
        _faults = new OpenRouterFaults(DisplayName, options.ApiKey);
        _requests = new OpenRouterRequests(options);
    }

    public string Key => ProviderKey;

    public string DisplayName => Name;

    /// <summary>Those wanted that the list names with a price; none until it was read once.</summary>
    public IReadOnlyList<string> Models => _catalog.Offered;

    public ProviderCapabilities Capabilities(string model) => Model(model).Model.Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request)
    {
        var (model, day) = Model(request.Model);
        return model.PriceOf(request) is { } price
            ? new PriceEstimate(new Money(Micros.RoundUp(price), Currency), day)
            : new PriceTable(Key, []).EstimateOrRefuse(request.Model, request.Resolution, default, DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));
    }

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model).Model;
        if (request.Images.Count != 1)
            return new StartOutcome.Refused(_faults.Of(ProviderFaultCode.InvalidInput, $"{model.Id} films one picture, not {request.Images.Count}"));
        var (pictures, unread) = await _carrier.DataUrisAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(model, request, pictures[0]);
        return _faults.Judge(
            await _exchange.SubmitAsync(message, cancellationToken),
            body => OpenRouterJob.Read(body) is { Id: { Length: > 0 } id } ? new ProviderOperation(id) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => new CheckOutcome.Refused(Gone(operation.RemoteId, "is not known")),
            SubmitAnswer.Answered { Status: 200 } answer when OpenRouterJob.Read(answer.Body) is { Status: not null } task => Read(operation, task),
            var answer => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };
    }

    public async Task<ProviderFault?> DownloadAsync(ClipSource.AtProvider clip, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using var message = _requests.Content(clip.RemoteId);
        return await _exchange.DownloadAsync(message, "video/", target, maxBytes, cancellationToken) switch
        {
            DownloadAnswer.Complete => null,
            DownloadAnswer.Unusable unusable => _faults.Of(ProviderFaultCode.Protocol, unusable.OperatorText),
            DownloadAnswer.NotGiven { Answer: SubmitAnswer.Answered { Status: 404 or 410 } answer } when _faults.AreOwnWords(answer) => Gone(clip.RemoteId, "has no clip any more"),
            DownloadAnswer.NotGiven { Answer: var answer } => _faults.OfQuestion(answer, $"content of task {clip.RemoteId}"),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    /// <summary>Asks what the key may do. It tells the limit of the key; whether the account behind it has credit, only an order shows.</summary>
    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = _requests.Key();
        var answer = await _exchange.AskAsync(message, cancellationToken);
        return answer is SubmitAnswer.Answered { Status: 200, Body: var body } && OpenRouterKey.Read(body) is { Data.LimitRemaining: <= 0 }
            ? _faults.Of(ProviderFaultCode.OutOfCredit, "probe: the key has spent all that its own limit allows")
            : _faults.OfProbe(answer, body => OpenRouterKey.Read(body) is not null);
    }

    private CheckOutcome Read(ProviderOperation operation, OpenRouterJob task)
    {
        switch (task.Status)
        {
            case "completed":
                return new CheckOutcome.Ready([new ClipSource.AtProvider(operation.RemoteId, ExpiresAt: null)], CostOf(task));
            case "failed" or "cancelled":
                return new CheckOutcome.Refused(_faults.OfTask(operation.RemoteId, task), CostOf(task), Stopped: task.Status is "cancelled");
            case "expired":
                return new CheckOutcome.Refused(Gone(operation.RemoteId, "has expired"), CostOf(task));
            case "pending" or "in_progress":
                return new CheckOutcome.Pending(PollWait, Queued: task.Status == "pending");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    /// <summary>With a key of our own at the vendor the vendor bills besides, so what OpenRouter says is not what was charged.</summary>
    private static Money? CostOf(OpenRouterJob task) => task.Usage is { Cost: >= 0 and var cost, IsByok: not true } ? new Money(cost, Currency) : null;

    private ProviderFault Gone(string id, string how) => _faults.Of(ProviderFaultCode.NotFoundOrExpired, $"task {id} {how}");

    private (OpenRouterModel Model, DateOnly Day) Model(string id) =>
        _catalog.Find(id) ?? throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
