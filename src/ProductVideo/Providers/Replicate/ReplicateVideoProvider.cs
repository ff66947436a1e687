using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Replicate;

/// <summary>Any image-to-video model at Replicate that the settings describe.</summary>
internal sealed partial class ReplicateVideoProvider : IVideoProvider, ICancelVideo, IProbeAccount
{
    public const string ProviderKey = "replicate";

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, ReplicateModel> _models;
    private readonly PriceTable _prices;
    private readonly ReplicateRequests _requests;
    private readonly ReplicateFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Money _nothing;

    internal ReplicateVideoProvider(
        ReplicateOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<ReplicateVideoProvider> log)
    {
        (_exchange, _carrier, _clock, _log) = (exchange, carrier, clock, log);
        _models = options.Models.Select(ReplicateModel.Of).ToDictionary(model => model.Settings.Id, StringComparer.Ordinal);
        Models = [.. options.Models.Select(model => model.Id)];
        _prices = new PriceTable(ProviderKey, [.. _models.Values.SelectMany(model => model.Prices(options))]);
        _faults = new ReplicateFaults(DisplayName, options.ApiKey);
        _requests = new ReplicateRequests(options);
        _nothing = Money.Zero(options.Currency);
    }

    public string Key => ProviderKey;

    public string DisplayName => "Replicate";

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request) => _prices.EstimateOrRefuse(
        request.Model, request.Resolution, new PriceQuantity(request.Seconds), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (pictures, unread) = await _carrier.DataUrisAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(Model(request.Model), request, pictures);
        var answer = ReplicateFaults.WithWait(await _exchange.SubmitAsync(message, cancellationToken));
        return _faults.Judge(answer, body => ReplicatePrediction.Read(body)?.Id is { Length: > 0 } id ? new ProviderOperation(id) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        await AskAsync(operation, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => Gone(operation, "is not known"),
            SubmitAnswer.Answered { Status: 200 } answer when ReplicatePrediction.Read(answer.Body) is { Status: not null } task => Read(operation, task),
            var answer => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };

    /// <summary>
    /// Stops a running task too, but only of one that had not begun is it sure that nothing is charged. What the call answers is not looked at:
    /// how the task stands afterwards counts.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Cancel(operation.RemoteId);
        await _exchange.AskAsync(message, cancellationToken);
        var task = await AskAsync(operation, cancellationToken) is SubmitAnswer.Answered { Status: 200 } seen ? ReplicatePrediction.Read(seen.Body) : null;
        if (task is not null && NeverBegan(task))
            return true;
        _log.LogInformation("{Provider} did not stop task {Task} before it began: it is {Status}", Key, operation.RemoteId, task?.Status);
        return false;
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = _requests.Account();
        var answer = ReplicateFaults.WithWait(await _exchange.AskAsync(message, cancellationToken));
        return _faults.OfProbe(answer, body => ReplicateAccount.Read(body) is { Username.Length: > 0 });
    }

    /// <summary>Stopped before any work: surely nothing is charged and nothing will come of it.</summary>
    private static bool NeverBegan(ReplicatePrediction task) => task is { Status: "aborted" } or { Status: "canceled", StartedAt: null };

    private async Task<SubmitAnswer> AskAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return ReplicateFaults.WithWait(await _exchange.AskAsync(message, cancellationToken));
    }

    /// <summary>What the prompt is called differs from model to model.</summary>
    private OrderEcho? EchoOf(ReplicatePrediction task) =>
        _models.Values.FirstOrDefault(model => string.Equals(model.Name, task.Model, StringComparison.OrdinalIgnoreCase)) is { } model
            ? new OrderEcho(Prompt: task.Sent(model.Settings.Inputs.Prompt)) : null;

    private CheckOutcome Read(ProviderOperation operation, ReplicatePrediction task)
    {
        switch (task.Status)
        {
            case "succeeded" when task.Address is { Length: > 0 } url:
                return new CheckOutcome.Ready([new ClipSource.Remote(url, (task.Completed ?? _clock.GetUtcNow()) + ReplicateModel.FileLife)], Echo: EchoOf(task));
            case "succeeded" when task.DataRemoved is "true":
                return Gone(operation, "was finished and its clip is deleted; clips are kept for an hour");
            case "succeeded":
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId} succeeded without an address"));
            case "failed":
                return new CheckOutcome.Refused(_faults.OfTask(operation.RemoteId, task));
            case "canceled" or "aborted":
                return new CheckOutcome.Refused(_faults.OfTask(operation.RemoteId, task), NeverBegan(task) ? _nothing : null, Stopped: true);
            case "starting" or "processing":
                return new CheckOutcome.Pending(PollWait, Queued: task.Status == "starting");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    private CheckOutcome.Refused Gone(ProviderOperation operation, string how) =>
        new(_faults.Of(ProviderFaultCode.NotFoundOrExpired, $"task {operation.RemoteId} {how}"));

    private ReplicateModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
