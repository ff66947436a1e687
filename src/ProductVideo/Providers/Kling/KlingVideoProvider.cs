using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Kling;

/// <summary>Kling 3.0 from a first frame, and its product clips from photographs and the listing's text.</summary>
internal sealed partial class KlingVideoProvider : IVideoProvider, IProbeAccount
{
    public const string ProviderKey = "kling";

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(15);

    private readonly KlingOptions _options;
    private readonly Dictionary<string, KlingModel> _models;
    private readonly PriceTable _prices;
    private readonly KlingRequests _requests;
    private readonly KlingFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal KlingVideoProvider(
        KlingOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<KlingVideoProvider> log)
    {
        (_options, _exchange, _carrier, _clock, _log) = (options, exchange, carrier, clock, log);
        var offered = KlingModels.Offered(options);
        _models = offered.ToDictionary(model => model.Id, StringComparer.Ordinal);
        Models = [.. offered.Select(model => model.Id)];
        _prices = new PriceTable(ProviderKey, [.. offered.SelectMany(model => PricesOf(model, options))]);
        _faults = new KlingFaults(DisplayName, options.ApiKey);
        _requests = new KlingRequests(options);
    }

    public string Key => ProviderKey;

    public string DisplayName => "Kling";

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request) => _prices.EstimateOrRefuse(
        request.Model, request.Resolution, new PriceQuantity(request.Seconds), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model);
        if (model.IsSolution && request.Product is null)
            return new StartOutcome.Refused(WithoutWords(model));
        var (pictures, unread) = await _carrier.AllBytesAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(model, request, pictures, intent.Nonce);
        var answer = KlingFaults.ByCode(await _exchange.SubmitAsync(message, cancellationToken));
        var outcome = _faults.Judge(answer, body => KlingTask.Read(body) is { Id: { Length: > 0 } id } ? Operation(id, model.IsSolution) : null);
        return outcome is StartOutcome.Refused { Fault: var fault } && !await MadeNothingAsync(answer, model, intent, cancellationToken)
            ? new StartOutcome.Unknown(fault) : outcome;
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        var handle = operation.Handle?.Deserialize<KlingHandle>();
        // A person who types an id in does not say of which kind it is.
        bool[] kinds = handle is not null ? [handle.Solution] : _options.GoodsStudio ? [false, true] : [false];
        foreach (var solution in kinds)
        {
            using var message = _requests.Tasks(solution, operation.RemoteId);
            var (tasks, fault) = await QueryAsync(message, $"task {operation.RemoteId}", cancellationToken);
            if (fault is not null)
                return new CheckOutcome.Refused(fault);
            if (tasks.FirstOrDefault(task => task.Id == operation.RemoteId) is { } task)
                return Read(operation, task);
            // Whoever tells of others has not understood the question: that says nothing on this one.
            if (tasks.Count > 0)
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId}: {tasks.Count} others were named"));
        }

        return NotKnown(operation, handle);
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        using var message = _requests.List(now - TimeSpan.FromMinutes(1), now);
        var answer = KlingFaults.ByCode(await _exchange.AskAsync(message, cancellationToken));
        return _faults.OfProbe(answer, body => KlingAnswer.Read(body) is (KlingAnswer.Success, _));
    }

    private CheckOutcome Read(ProviderOperation operation, KlingTask task)
    {
        switch (task.Status)
        {
            case "succeeded" when task.Address is { } url:
                var ended = task.UpdatedAt ?? _clock.GetUtcNow();
                return new CheckOutcome.Ready([new ClipSource.Remote(url, ended + KlingModels.FileLife)], task.Cost, new OrderEcho(task.ExternalId));
            case "succeeded":
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId} succeeded without an address"));
            case "failed":
                return new CheckOutcome.Refused(_faults.OfTask(operation.RemoteId, task), task.Cost);
            case "submitted" or "processing":
                return new CheckOutcome.Pending(PollWait, Queued: task.Status == "submitted");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    /// <summary>A task that is not known while all are kept is not one that is gone: it was accepted, and its clip may be charged.</summary>
    private CheckOutcome NotKnown(ProviderOperation operation, KlingHandle? handle)
    {
        if (handle is null || _clock.GetUtcNow() - handle.At >= KlingModels.FileLife)
            return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.NotFoundOrExpired, $"task {operation.RemoteId} is not known"));
        _log.LogInformation("{Provider} does not know task {Task}, which it accepted at {At:O}; it is asked again", Key, operation.RemoteId, handle.At);
        return new CheckOutcome.Pending(PollWait, Fault: _faults.NotShown(operation.RemoteId));
    }

    /// <summary>Asks for tasks.</summary>
    /// <param name="message">The question, which names those that are wanted.</param>
    /// <param name="about">For the operator.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Those that Kling has, none of them if it says so; or why that can't be told.</returns>
    private async Task<(IReadOnlyList<KlingTask> Tasks, ProviderFault? Fault)> QueryAsync(HttpRequestMessage message, string about, CancellationToken cancellationToken)
    {
        var answer = KlingFaults.ByCode(await _exchange.AskAsync(message, cancellationToken));
        return answer is SubmitAnswer.Answered { Status: 200, Body: var body } && KlingTask.ReadAll(body) is { } tasks ? (tasks, null)
            : KlingFaults.CodeOf(answer) is KlingFaults.NotThere ? ([], null)
            : ([], _faults.OfQuestion(answer, about));
    }

    private ProviderOperation Operation(string id, bool solution) =>
        new(id, JsonSerializer.SerializeToElement(new KlingHandle(solution, _clock.GetUtcNow())));

    private ProviderFault WithoutWords(KlingModel model) =>
        _faults.Of(ProviderFaultCode.InvalidInput, $"the order for {model.Id} holds no text of the product; nothing was sent") with
        {
            MerchantText = "This order does not hold the product's text, which this model films from. Make the video anew.",
        };

    private static IEnumerable<PriceRow> PricesOf(KlingModel model, KlingOptions options) => model.Capabilities.Resolutions.Select(resolution => new PriceRow(
        options.PriceDate ?? DateOnly.MinValue, model.Id, resolution, PriceUnit.Second, new Money(options.PricePerSecond[model.Id][resolution], options.Currency)));

    private KlingModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}

/// <param name="Solution">Where the task is asked about: with the product clips, or with all others.</param>
/// <param name="At">When it was taken or found.</param>
internal sealed record KlingHandle(bool Solution, DateTimeOffset At);
