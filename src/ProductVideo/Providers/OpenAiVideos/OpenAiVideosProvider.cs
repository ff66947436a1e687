using Microsoft.Extensions.Logging;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Spending;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>One server that speaks <c>/v1/videos</c>.</summary>
internal partial class OpenAiVideosProvider : IVideoProvider, IDownloadVideo, IListVideos, IProbeAccount
{
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(10);

    private readonly OpenAiVideosServer _server;
    private readonly OpenAiVideosPreset _preset;
    private readonly Dictionary<string, ServedModel> _models;
    private readonly PictureCarrier _pictures;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal OpenAiVideosProvider(
        string name, OpenAiVideosServer server, OpenAiVideosPreset preset, ProviderExchange exchange, PictureCarrier pictures, TimeProvider clock,
        ILogger<OpenAiVideosProvider> log)
    {
        (Key, DisplayName) = (KeyOf(name), server.DisplayName ?? name);
        (_server, _preset, Exchange, _pictures, _clock, _log) = (server, preset, exchange, pictures, clock, log);
        _models = server.Models.ToDictionary(model => model.Id, model => ServedModel.Of(server, preset, model), StringComparer.Ordinal);
        Models = [.. server.Models.Select(model => model.Id)];
        Faults = new OpenAiVideosFaults(DisplayName, server.ApiKey);
        Requests = new OpenAiVideosRequests(server, preset);
    }

    public string Key { get; }

    public string DisplayName { get; }

    public IReadOnlyList<string> Models { get; }

    private protected ProviderExchange Exchange { get; }

    private protected OpenAiVideosRequests Requests { get; }

    private protected OpenAiVideosFaults Faults { get; }

    /// <summary>Whether nothing here costs anything.</summary>
    private protected bool IsFree => _models.Values.All(model => model.PricePerSecond == 0);

    /// <summary>The provider's key of the server of that name.</summary>
    internal static string KeyOf(string name) => name.ToLowerInvariant();

    public ProviderCapabilities Capabilities(string model) => Model(model).Capabilities;

    public PriceEstimate EstimatePrice(VideoRequest request) => new(
        new Money(Micros.RoundUp(Model(request.Model).PricePerSecond * request.Seconds), _server.Currency),
        _server.PriceDate ?? DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var model = Model(request.Model);
        if (model.Capabilities.Images.FrameSizeOf(request.Resolution, request.Aspect) is not { } size || request.Images.Count != 1)
            return new StartOutcome.Refused(Faults.Of(
                ProviderFaultCode.InvalidInput, $"{model.Id} makes no {request.Aspect} in {request.Resolution}, or not of {request.Images.Count} pictures"));
        var (pictures, unread) = await _pictures.AllBytesAsync(request.Images, cancellationToken);
        if (unread is not null)
            return new StartOutcome.Refused(unread);
        using var message = Requests.Submit(model, request, size, pictures[0]);
        return Faults.Judge(
            await Exchange.SubmitAsync(message, cancellationToken),
            body => VideoAnswer.Read(body) is { Id: { Length: > 0 } id } ? new ProviderOperation(id) : null);
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = Requests.Task(operation.RemoteId);
        return await Exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 404 } answer when Faults.AreOwnWords(answer) => new CheckOutcome.Refused(Gone(operation.RemoteId)),
            SubmitAnswer.Answered { Status: 200 } answer when VideoAnswer.Read(answer.Body) is { Status: not null } task => Read(operation, task),
            var answer => new CheckOutcome.Refused(Faults.OfQuestion(answer, $"task {operation.RemoteId}")),
        };
    }

    public async Task<ProviderFault?> DownloadAsync(ClipSource.AtProvider clip, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        using var message = Requests.Content(clip.RemoteId);
        return await Exchange.DownloadAsync(message, "video/", target, maxBytes, cancellationToken) switch
        {
            DownloadAnswer.Complete => null,
            DownloadAnswer.Unusable unusable => Faults.Of(ProviderFaultCode.Protocol, unusable.OperatorText),
            DownloadAnswer.NotGiven { Answer: SubmitAnswer.Answered { Status: 404 } answer } when Faults.AreOwnWords(answer) => Gone(clip.RemoteId),
            DownloadAnswer.NotGiven { Answer: var answer } => Faults.OfQuestion(answer, $"content of task {clip.RemoteId}"),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    private CheckOutcome Read(ProviderOperation operation, VideoAnswer task)
    {
        switch (task.Status!.ToLowerInvariant())
        {
            case "completed" or "succeeded" or "success":
                // Other servers may show a prompt that they wrote anew.
                return new CheckOutcome.Ready(
                    [new ClipSource.AtProvider(operation.RemoteId, task.Expires)], Echo: _preset.EchoesPrompt ? new OrderEcho(Prompt: task.Prompt) : null);
            case "failed" or "error":
                return new CheckOutcome.Refused(Faults.OfTask(task with { Id = operation.RemoteId }));
            case "cancelled" or "canceled" or "deleted":
                return new CheckOutcome.Refused(Faults.OfTask(task with { Id = operation.RemoteId }), Stopped: true);
            case "expired":
                return new CheckOutcome.Refused(Gone(operation.RemoteId));
            case "queued" or "pending" or "submitted" or "in_progress" or "processing" or "running" or "generating":
                return new CheckOutcome.Pending(PollWait, task.Share);
            default:
                // Never taken for failed: that would lead to a second order.
                _log.LogWarning("{Provider} calls task {Task} {Status}, which is not documented", Key, operation.RemoteId, task.Status);
                return new CheckOutcome.Pending(PollWait, task.Share);
        }
    }

    /// <summary>These servers forget their tasks when they are started anew.</summary>
    private ProviderFault Gone(string id) =>
        Faults.Of(ProviderFaultCode.NotFoundOrExpired, $"task {id} is not known there any more; a server that keeps its tasks in memory loses them when it restarts");

    private ServedModel Model(string id) =>
        _models.TryGetValue(id, out var model) ? model : throw new ArgumentException($"{DisplayName} has no model '{id}' here.", nameof(id));
}
