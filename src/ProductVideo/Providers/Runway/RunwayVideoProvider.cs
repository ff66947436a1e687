using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Runway;

/// <summary>Runway's own models. It takes no key and lists nothing, so an order whose answer is lost waits for a person.</summary>
internal sealed partial class RunwayVideoProvider : IVideoProvider, ICancelVideo, IProbeAccount
{
    public const string ProviderKey = "runway";

    /// <summary>More often than every five seconds is not wanted there.</summary>
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    /// <summary>The shorter of the lives that are documented for an address.</summary>
    private static readonly TimeSpan AddressLife = TimeSpan.FromHours(24);

    private readonly RunwayOptions _options;
    private readonly Dictionary<string, RunwayModel> _models;
    private readonly PriceTable _prices;
    private readonly RunwayRequests _requests;
    private readonly RunwayFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal RunwayVideoProvider(
        RunwayOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<RunwayVideoProvider> log)
    {
        (_options, _exchange, _carrier, _clock, _log) = (options, exchange, carrier, clock, log);
        var chosen = options.Models.Count == 0 ? RunwayModels.All : [.. options.Models.Select(id => RunwayModels.All.First(model => model.Id == id))];
        _models = chosen.ToDictionary(model => model.Id, StringComparer.Ordinal);
        Models = [.. chosen.Select(model => model.Id)];
        _prices = RunwayPrices.Of(chosen, options);
        _faults = new RunwayFaults(DisplayName, options.ApiKey);
        _requests = new RunwayRequests(options);
    }

    public string Key => ProviderKey;

    /// <summary>It reads the balance.</summary>
    public bool SeesCredit => true;

    public string DisplayName => "Runway";

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request) => _prices.EstimateOrRefuse(
        request.Model, request.Resolution, new PriceQuantity(request.Seconds), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model);
        if (model.Capabilities.Images.FrameSizeOf(request.Resolution, request.Aspect) is not { } size || request.Images.Count != 1)
            return new StartOutcome.Refused(_faults.Of(
                ProviderFaultCode.InvalidInput, $"{model.Id} makes no {request.Aspect} in {request.Resolution}, or not of {request.Images.Count} pictures"));
        var (pictures, unread) = await _carrier.DataUrisAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(request, size, pictures[0]);
        var outcome = _faults.Judge(
            await _exchange.SubmitAsync(message, cancellationToken),
            body => RunwayTask.Read(body) is { Id: { Length: > 0 } id } ? new ProviderOperation(id) : null);
        return outcome is StartOutcome.Refused { Fault: { Code: ProviderFaultCode.InvalidInput or ProviderFaultCode.RateLimited } fault }
            ? new StartOutcome.Refused(await OfAccountAsync(model, request, fault, cancellationToken) ?? fault) : outcome;
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => new CheckOutcome.Refused(_faults.Of(
                ProviderFaultCode.NotFoundOrExpired, $"task {operation.RemoteId} is not known; it may have been deleted there")),
            SubmitAnswer.Answered { Status: 200 } answer when RunwayTask.Read(answer.Body) is { Status: not null } task => Read(operation, task),
            var answer => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };
    }

    private CheckOutcome Read(ProviderOperation operation, RunwayTask task)
    {
        switch (task.Status)
        {
            case "SUCCEEDED" when task.Output?.Where(url => url is { Length: > 0 }).ToList() is { Count: > 0 } urls:
                return new CheckOutcome.Ready(
                    [.. urls.Select(url => new ClipSource.Remote(url, _clock.GetUtcNow() + AddressLife))],
                    CostOf(task));
            case "SUCCEEDED":
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId} succeeded without an address"));
            case "FAILED" or "CANCELLED":
                return new CheckOutcome.Refused(_faults.OfTask(operation.RemoteId, task), CostOf(task), Stopped: task.Status is "CANCELLED");
            case "PENDING" or "THROTTLED" or "RUNNING":
                return new CheckOutcome.Pending(PollWait, task.Share, Queued: task.Status is not "RUNNING");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait, task.Share);
        }
    }

    private Money? CostOf(RunwayTask task) => task.Cost?.Credits is { } credits ? RunwayPrices.Money(credits, _options) : null;

    private RunwayModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
