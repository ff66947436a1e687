using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Http;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.DashScope;

/// <summary>HappyHorse and Wan at Alibaba Cloud Model Studio. One adapter, two families of models.</summary>
internal sealed partial class DashScopeVideoProvider : IVideoProvider, ICancelVideo, IProbeAccount
{
    /// <summary>A task that is not known within the time in which all are kept is not one that is gone: it was accepted, and its clip may be charged.</summary>
    private static readonly TimeSpan TaskLife = TimeSpan.FromHours(24);

    /// <summary>As the vendor suggests.</summary>
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, DashScopeModel> _models;
    private readonly PriceTable _prices;
    private readonly DashScopeRequests _requests;
    private readonly DashScopeFaults _faults;
    private readonly DashScopeMediaSender _media;
    private readonly ProviderExchange _exchange;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal DashScopeVideoProvider(
        DashScopeFamily family, DashScopeOptions options, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock,
        ILogger<DashScopeVideoProvider> log, CancellationToken stopping = default)
    {
        (Key, DisplayName) = (family.Key, family.DisplayName);
        (_exchange, _clock, _log) = (exchange, clock, log);
        _prices = DashScopePrices.Of(family.Key, family.Models, options);
        var chosen = DashScopeFamily.Offered(family, options, _prices);
        _models = chosen.ToDictionary(model => model.Id, StringComparer.Ordinal);
        Models = [.. chosen.Select(model => model.Id)];
        _faults = new DashScopeFaults(family.DisplayName, options.ApiKey);
        _requests = new DashScopeRequests(options);
        _media = new DashScopeMediaSender(options, _requests, _faults, exchange, carrier, clock, stopping);
    }

    public string Key { get; }

    public string DisplayName { get; }

    public IReadOnlyList<string> Models { get; }

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    /// <summary>Of a clip that is changed, what goes in costs as much as what comes out.</summary>
    public PriceEstimate EstimatePrice(VideoRequest request) => _prices.EstimateOrRefuse(
        request.Model, request.Resolution, new PriceQuantity(request.Seconds + (request.SourceClip?.Seconds ?? 0)), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (media, unsent) = await _media.AddressAsync(request, cancellationToken);
        if (unsent is not null)
            return new StartOutcome.Refused(unsent);
        using var message = _requests.Submit(Model(request.Model), request, media);
        var uploads = media.Uploads is { Count: > 0 } some ? some : null;
        var outcome = _faults.Judge(await _exchange.SubmitAsync(message, cancellationToken), body => TaskAnswer.Read(body)?.Output is { TaskId: { Length: > 0 } id }
            ? new ProviderOperation(id, JsonSerializer.SerializeToElement(new DashScopeHandle(_clock.GetUtcNow(), uploads, request.Model))) : null);
        if (outcome is StartOutcome.Refused { Fault: var fault })
            ForgetUnread(fault, uploads);
        return outcome;
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when _faults.AreOwnWords(answer) => NotKnown(operation),
            SubmitAnswer.Answered { Status: 200 } answer when TaskAnswer.Read(answer.Body) is { Output: { TaskStatus: not null } task, Usage: var usage } => Read(operation, task, usage),
            var answer => new CheckOutcome.Refused(_faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };
    }

    /// <summary>
    /// Only what still waits in the queue can be stopped. What the call answers is not looked at, for it names no state: how the task stands
    /// afterwards counts.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Cancel(operation.RemoteId);
        await _exchange.AskAsync(message, cancellationToken);
        var status = await StatusAsync(operation, cancellationToken);
        if (status is not "CANCELED")
            _log.LogInformation("{Provider} did not stop task {Task}: it is {Status}", Key, operation.RemoteId, status);
        return status is "CANCELED";
    }

    private async Task<string?> StatusAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) is SubmitAnswer.Answered { Status: 200 } seen ? TaskAnswer.Read(seen.Body)?.Output?.TaskStatus : null;
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        using var message = _requests.List(model: null, now - TimeSpan.FromMinutes(1), now, page: 1, size: 1);
        return _faults.OfProbe(await _exchange.AskAsync(message, cancellationToken), body => ListAnswer.Read(body) is not null);
    }

    private CheckOutcome Read(ProviderOperation operation, TaskOutput task, TaskUsage? usage)
    {
        switch (task.TaskStatus)
        {
            case "SUCCEEDED" when task.VideoUrl is { Length: > 0 } url:
                return new CheckOutcome.Ready(
                    [new ClipSource.Remote(url, (DashScopeTime.Read(task.EndTime) ?? _clock.GetUtcNow()) + TimeSpan.FromHours(24))],
                    CostOf(operation, usage), new OrderEcho(Prompt: task.OrigPrompt));
            case "SUCCEEDED":
                return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.Protocol, $"task {operation.RemoteId} succeeded without an address"));
            case "FAILED" or "CANCELED":
                var fault = _faults.OfTask(task);
                ForgetUnread(fault, operation.Handle?.Deserialize<DashScopeHandle>()?.Uploads);
                return new CheckOutcome.Refused(fault, Stopped: task.TaskStatus is "CANCELED");
            case "UNKNOWN":
                return NotKnown(operation);
            case "PENDING" or "RUNNING" or "SUSPENDED":
                return new CheckOutcome.Pending(PollWait, Queued: task.TaskStatus == "PENDING");
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.TaskStatus);
                return new CheckOutcome.Pending(PollWait);
        }
    }

    /// <summary>By what it says it charged for; null where that can't be read, or which model it is of is not known, or what that costs.</summary>
    private Money? CostOf(ProviderOperation operation, TaskUsage? usage) =>
        operation.Handle?.Deserialize<DashScopeHandle>()?.Model is { } id && _models.TryGetValue(id, out var model)
        && usage?.Seconds(isOfBoth: model.Capabilities.SourceClip is not null) is { } seconds && usage.Resolution is { } resolution
            ? _prices.Estimate(id, resolution, new PriceQuantity(seconds), DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime))?.Amount : null;

    /// <summary>An id that a person named has no handle: that it is not known is what that person must hear.</summary>
    private CheckOutcome NotKnown(ProviderOperation operation)
    {
        if (operation.Handle?.Deserialize<DashScopeHandle>() is not { } handle || _clock.GetUtcNow() - handle.At >= TaskLife)
            return new CheckOutcome.Refused(_faults.Of(ProviderFaultCode.NotFoundOrExpired, $"task {operation.RemoteId} is not known; tasks are kept for 24 hours"));
        _log.LogInformation("{Provider} does not know task {Task}, which it accepted at {At:O}; it is asked again", Key, operation.RemoteId, handle.At);
        return new CheckOutcome.Pending(PollWait, Fault: _faults.NotShown(operation.RemoteId));
    }

    private void ForgetUnread(ProviderFault fault, IReadOnlyList<string>? uploads)
    {
        if (uploads is not null && fault.Code is (ProviderFaultCode.InputUnreachable or ProviderFaultCode.InvalidInput))
            _media.Forget(uploads);
    }

    private DashScopeModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}

/// <param name="At">When the task was accepted, or made as the list has it.</param>
/// <param name="Uploads">What it reads in the temporary store; null where nothing was uploaded.</param>
/// <param name="Model">Of which it was ordered, for no answer tells; null where that was not kept.</param>
internal sealed record DashScopeHandle(DateTimeOffset At, IReadOnlyList<string>? Uploads = null, string? Model = null);
