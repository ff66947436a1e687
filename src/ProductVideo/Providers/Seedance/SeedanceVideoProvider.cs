using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Seedance;

/// <summary>ByteDance's Seedance at BytePlus ModelArk or Volcengine Ark.</summary>
internal sealed partial class SeedanceVideoProvider : IVideoProvider, ICancelVideo, IProbeAccount
{
    public const string ProviderKey = "seedance";

    /// <summary>What the formula counts, whatever the clip's real rate.</summary>
    private const decimal FramesPerSecond = 24;

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    private readonly SeedanceOptions _options;
    private readonly Dictionary<string, SeedanceModel> _models;
    private readonly PriceTable _prices;
    private readonly SeedanceRequests _requests;
    private readonly SeedanceListTurns _lists;
    private readonly SeedanceFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal SeedanceVideoProvider(
        SeedanceOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<SeedanceVideoProvider> log)
    {
        (_options, _exchange, _carrier, _clock, _log) = (options, exchange, carrier, clock, log);
        var chosen = options.Models.Count == 0 ? SeedanceModels.All : [.. options.Models.Select(id => SeedanceModels.All.First(model => model.Id == id))];
        _models = chosen.ToDictionary(model => model.Id, StringComparer.Ordinal);
        Models = [.. chosen.Select(model => model.Id)];
        _prices = new PriceTable(ProviderKey, [.. chosen.SelectMany(model => PricesOf(model, options))]);
        _faults = new SeedanceFaults(DisplayName, options.ApiKey);
        _requests = new SeedanceRequests(options);
        _lists = new SeedanceListTurns(clock);
    }

    public string Key => ProviderKey;

    public string DisplayName => "Seedance";

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities with
    {
        Correlation = _options.EchoesIdentifier ? CorrelationClass.Tag : CorrelationClass.ListOnly,
    };

    public PriceEstimate EstimatePrice(VideoRequest request)
    {
        // With the frame that a clip begins with: five seconds are 121 frames.
        var frames = (request.Seconds * FramesPerSecond) + 1;
        var tokens = Math.Ceiling(SeedanceModels.PixelsOf(request.Resolution, request.Aspect) * frames / 1024);
        return _prices.EstimateOrRefuse(
            Model(request.Model).PriceKey(request.Audio), request.Resolution, new PriceQuantity(request.Seconds, tokens), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));
    }

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (pictures, unread) = await _carrier.DataUrisAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(Model(request.Model), request, pictures, intent.Nonce);
        return _faults.Judge(
            await _exchange.SubmitAsync(message, cancellationToken),
            body => ArkTask.Read(body) is { Id: { Length: > 0 } id } ? new ProviderOperation(id) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => new CheckOutcome.Refused(_faults.Of(
                ProviderFaultCode.NotFoundOrExpired, $"task {operation.RemoteId} is not known; tasks are kept for seven days")),
            SubmitAnswer.Answered { Status: 200 } answer when ArkTask.Read(answer.Body) is { Status: not null } task => Read(operation, task),
            var answer => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };
    }

    /// <summary>
    /// Only what still waits: of a task that has ended the same call would delete the record, and with it the clip's address. One that began
    /// meanwhile runs on whatever was answered, so it is looked at once more.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        if (await StatusAsync(operation, cancellationToken) is not "queued")
            return false;
        using var message = _requests.Delete(operation.RemoteId);
        await _exchange.AskAsync(message, cancellationToken);
        var status = await StatusAsync(operation, cancellationToken);
        if (status is not "cancelled")
            _log.LogInformation("{Provider} did not stop task {Task}: it is {Status}", Key, operation.RemoteId, status);
        return status is "cancelled";
    }

    private async Task<string?> StatusAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) is SubmitAnswer.Answered { Status: 200 } seen ? ArkTask.Read(seen.Body)?.Status : null;
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = _requests.List(model: null, page: 1, size: 1);
        return _faults.OfProbe(await _lists.AskAsync(() => _exchange.AskAsync(message, cancellationToken), cancellationToken), body => ArkList.Read(body) is not null);
    }

    private CheckOutcome Read(ProviderOperation operation, ArkTask task)
    {
        switch (task.Status)
        {
            case "succeeded" when task.Content?.VideoUrl is { Length: > 0 } url:
                var ended = task.Updated ?? _clock.GetUtcNow();
                return new CheckOutcome.Ready([new ClipSource.Remote(url, ended + TimeSpan.FromHours(24))], CostOf(task), new OrderEcho(task.SafetyIdentifier));
            case "succeeded":
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId} succeeded without an address"));
            case "failed" or "cancelled" or "expired":
                return new CheckOutcome.Refused(_faults.OfTask(task with { Id = operation.RemoteId }), Stopped: task.Status is "cancelled");
            case "queued" or "running":
                return new CheckOutcome.Pending(PollWait, Queued: task.Status == "queued");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    /// <summary>
    /// By the tokens that were counted; null where the answer names none, or a model that is not known here. So it is where the resolution is none that
    /// the model makes: the price of all others, which would then be taken, is the cheaper one. Sound is on where it says nothing.
    /// </summary>
    private Money? CostOf(ArkTask task) =>
        (task.Usage?.CompletionTokens ?? task.Usage?.TotalTokens) is { } tokens
        && _models.Values.FirstOrDefault(model => model.IdAt(_options.BaseAddress) == task.Model) is { } model
        && model.Capabilities.Resolutions.FirstOrDefault(known => known.Equals(task.Resolution, StringComparison.OrdinalIgnoreCase)) is { } resolution
            ? _prices.Estimate(model.PriceKey(task.GenerateAudio ?? true), resolution, new PriceQuantity(0, tokens), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime))?.Amount : null;

    private static IEnumerable<PriceRow> PricesOf(SeedanceModel model, SeedanceOptions options) => options.PricePerMillionTokens is { } own
        ? model.Prices.Select(price => price.Key).Distinct(StringComparer.Ordinal)
            .Select(key => new PriceRow(options.PriceDate, key, Resolution: null, PriceUnit.MillionTokens, new Money(own, options.Currency)))
        : model.Prices.Select(price => new PriceRow(SeedanceModels.PriceDate, price.Key, price.Resolution, PriceUnit.MillionTokens, new Money(price.Usd, "USD")));

    private SeedanceModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
