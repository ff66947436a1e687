using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Fal;

/// <summary>Models of many vendors behind fal's queue. It takes no key and lists nothing, so an order whose answer is lost waits for a person.</summary>
internal sealed class FalVideoProvider : IVideoProvider, ICancelVideo
{
    public const string ProviderKey = "fal";

    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any request waits in their queue.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(24);

    private readonly FalOptions _options;
    private readonly Dictionary<string, FalModel> _models;
    private readonly PriceTable _prices;
    private readonly FalRequests _requests;
    private readonly FalFaults _faults;
    private readonly ProviderExchange _exchange;
    private readonly PictureCarrier _carrier;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal FalVideoProvider(FalOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock, ILogger<FalVideoProvider> log)
    {
        (_options, _exchange, _carrier, _clock, _log) = (options, exchange, carrier, clock, log);
        _models = options.Models.ToDictionary(model => model.Id, FalModel.Of, StringComparer.Ordinal);
        Models = [.. options.Models.Select(model => model.Id)];
        _prices = new PriceTable(ProviderKey, [.. options.Models.SelectMany(PricesOf)]);
        _faults = new FalFaults(DisplayName, options.ApiKey);
        _requests = new FalRequests(options);
    }

    public string Key => ProviderKey;

    public string DisplayName => "fal";

    public IReadOnlyList<string> Models { get; }

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request)
    {
        var estimate = _prices.EstimateOrRefuse(request.Model, request.Resolution, new PriceQuantity(request.Seconds), Today);
        return _options.PriceDate is null ? estimate with { PriceDate = Today } : estimate;
    }

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model);
        if (request.Images.Count != 1)
            return new StartOutcome.Refused(_faults.Of(ProviderFaultCode.InvalidInput, $"{model.Id} films one picture, not {request.Images.Count}"));
        var (pictures, unread) = await PictureCarrier.EachAsync(request.Images, image => AddressAsync(image, cancellationToken));
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = _requests.Submit(model, request, pictures[0]);
        return _faults.OfStart(await _exchange.SubmitAsync(message, cancellationToken), body => FalRequest.Read(body) is { RequestId: { Length: > 0 } id } taken
            ? new ProviderOperation(id, JsonSerializer.SerializeToElement(new FalHandle(model.App, taken.StatusUrl, taken.ResponseUrl, taken.CancelUrl))) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        var id = operation.RemoteId;
        foreach (var at in Handles(operation))
        {
            var answer = await StatusAsync(at, id, cancellationToken);
            if (answer is SubmitAnswer.Answered { Status: 404 } unknown && _faults.AreOwnWords(unknown))
                continue;
            if (answer is not SubmitAnswer.Answered { Status: 200 or 202 } known || FalRequest.Read(known.Body)?.Status is not { } status)
                return new CheckOutcome.Refused(_faults.OfQuestion(answer, $"request {id}"));
            if (status == "COMPLETED")
                return await ResultAsync(at, id, cancellationToken);
            // A word that is not documented is never taken for failed: that would lead to a second order.
            if (status is not ("IN_QUEUE" or "IN_PROGRESS"))
                _log.LogWarning("{Provider} calls request {Request} {Status}, which is not documented", Key, id, status);
            return new CheckOutcome.Pending(PollWait, Queued: status == "IN_QUEUE");
        }

        return new CheckOutcome.Refused(Gone(id));
    }

    /// <summary>
    /// Only what still waits: fal takes it out of its queue. What has begun is merely told to stop, and nothing says what that costs. What was
    /// answered proves nothing, so it is looked at again.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        var id = operation.RemoteId;
        foreach (var at in Handles(operation))
        {
            if (WordOf(await StatusAsync(at, id, cancellationToken)) is not "IN_QUEUE")
                continue;
            using var message = _requests.Cancel(at, id);
            await _exchange.AskAsync(message, cancellationToken);
            var after = await CheckAsync(operation, cancellationToken);
            if (after is CheckOutcome.Refused { Fault.Code: ProviderFaultCode.TaskFailed or ProviderFaultCode.NotFoundOrExpired })
                return true;
            _log.LogInformation("{Provider} did not stop request {Request}: it is {Outcome}", Key, id, after.GetType().Name);
        }

        return false;
    }

    /// <summary>That a request is completed does not say that it succeeded: the result does.</summary>
    private async Task<CheckOutcome> ResultAsync(FalHandle at, string id, CancellationToken cancellationToken)
    {
        using var message = _requests.Result(at, id);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 200 } answer when FalResult.Read(answer.Body)?.Video?.Url is { Length: > 0 } url =>
                new CheckOutcome.Ready([new ClipSource.Remote(url, ExpiresAt: null)]),
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => new CheckOutcome.Refused(Gone(id)),
            var answer => new CheckOutcome.Refused(_faults.OfResult(answer, id), CostOf(answer), Stopped: FalRefusal.IsCancelled(answer)),
        };
    }

    /// <summary>fal never charges for faults of its own (5xx), and for all others it may.</summary>
    private Money? CostOf(SubmitAnswer answer) => answer is SubmitAnswer.Answered { Status: >= 500 } ? Money.Zero(_options.Currency) : null;

    private async Task<SubmitAnswer> StatusAsync(FalHandle at, string id, CancellationToken cancellationToken)
    {
        using var message = _requests.Status(at, id);
        return await _exchange.AskAsync(message, cancellationToken);
    }

    private static string? WordOf(SubmitAnswer answer) => answer is SubmitAnswer.Answered { Status: 200 or 202 } known ? FalRequest.Read(known.Body)?.Status : null;

    /// <summary>A request that a person names by its id alone may be any model's.</summary>
    private IReadOnlyList<FalHandle> Handles(ProviderOperation operation) => operation.Handle?.Deserialize<FalHandle>() is { App: not null } handle
        ? [handle] : [.. _models.Values.Select(model => model.App).Distinct(StringComparer.Ordinal).Select(app => new FalHandle(app))];

    private ProviderFault Gone(string id) => _faults.Of(ProviderFaultCode.NotFoundOrExpired, $"request {id} is not known there");

    private async Task<(string Address, ProviderFault? Fault)> AddressAsync(RequestImage image, CancellationToken cancellationToken) => (
        _options.Pictures is FalPictures.Url && await _carrier.UrlAsync(image.BlobKey, UrlLifetime, cancellationToken) is { } url
            ? url.AbsoluteUri : await _carrier.DataUriAsync(image, cancellationToken), null);

    private IEnumerable<PriceRow> PricesOf(FalModelOptions model) => model.PricePerSecondAt
        .Select(price => ((string?)price.Key, price.Value)).Concat(model.PricePerSecond is { } all ? [(null, all)] : [])
        .Select(price => new PriceRow(_options.PriceDate ?? DateOnly.MinValue, model.Id, price.Item1, PriceUnit.Second, new Money(price.Value, _options.Currency)));

    private FalModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
