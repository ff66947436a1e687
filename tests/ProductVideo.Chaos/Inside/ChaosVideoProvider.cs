using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Chaos.Inside;

/// <summary>An adapter as an honest one is: one POST, its outcome by evidence, a look by id, a list.</summary>
internal sealed class ChaosVideoProvider(WorkerSettings settings, TimeProvider clock) : IVideoProvider, IFindVideo, IListVideos, ICancelVideo, IVideoWebhook
{
    public const string ProviderKey = "chaos";

    private const string Model = "film-1";

    /// <summary>The longest that a clock may be wrong; a tag is unique, so a wide window costs nothing.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(30);

    private readonly HttpClient _http = Outward.Client(settings);
    private readonly SubmitHttpClient _submits = new(new SubmitOptions { Timeout = Outward.Timeout(settings) * FastClock.Speed }, clock);

    public string Key => ProviderKey;

    public string DisplayName => "Chaos films";

    public IReadOnlyList<string> Models { get; } = [Model];

    public ProviderCapabilities Capabilities(string model) => new()
    {
        Modes = VideoModes.FirstFrame | VideoModes.References,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["720P"],
        Aspect = new AspectRule(["1:1"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 1, MinSide = 300 },
        Prompt = new PromptRule { MaxUnits = 2_500 },
        Correlation = settings.Correlation,
        Billing = BillingRule.OnSuccess,
    };

    public PriceEstimate EstimatePrice(VideoRequest request) =>
        new(new Money(World.PricePerSecond * request.Seconds, World.Currency), new DateOnly(2026, 11, 1));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var nonce = settings.Has(BadHabit.FreshKeyEachTry) ? Guid.NewGuid().ToString("n") : intent.Nonce;
        var call = new CreateCall(
            request.Prompt, request.Seconds,
            Tag: settings.Correlation is CorrelationClass.Tag or CorrelationClass.TagWhenFinished ? nonce : null,
            Key: settings.Correlation is CorrelationClass.Key ? nonce : null);
        var outcome = await CreateAsync(call, cancellationToken);
        for (var tries = 1; tries < 4 && outcome is StartOutcome.Unknown && settings.Has(BadHabit.RetriesSubmits); tries++)
            outcome = await CreateAsync(call, cancellationToken);
        if (outcome is StartOutcome.Unknown unknown && settings.Has(BadHabit.CallsErrorsRefused))
            outcome = new StartOutcome.Refused(unknown.Fault);
        Crash.At("P06");
        return outcome;
    }

    private async Task<StartOutcome> CreateAsync(CreateCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(settings.World), "/provider/videos"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call, JsonSerializerOptions.Web)) { Headers = { ContentType = new("application/json") } },
        };
        Outward.Name(request.Headers);
        return await _submits.SendAsync(request, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: >= 200 and < 300 } answer => TaskOf(answer.Body) is { } id
                ? new StartOutcome.Accepted(new ProviderOperation(id)) : new StartOutcome.Unknown(Fault(ProviderFaultCode.Transient, "unreadable")),
            SubmitAnswer.Answered answer => OfStatus(answer.Status, answer.RetryAfter),
            SubmitAnswer.Unanswered unanswered => SubmitEvidence.Judge(unanswered.Sign, Fault(ProviderFaultCode.Transient, unanswered.OperatorText)),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    private static string? TaskOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<TaskView>(body, JsonSerializerOptions.Web)?.Id;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private StartOutcome OfStatus(int status, TimeSpan? wait)
    {
        ProviderFaultCode? refused = status switch
        {
            429 => ProviderFaultCode.RateLimited,
            503 when wait is not null => ProviderFaultCode.Transient,
            400 or 422 => ProviderFaultCode.InvalidInput,
            401 => ProviderFaultCode.Unauthorised,
            402 => ProviderFaultCode.OutOfCredit,
            403 => ProviderFaultCode.ContentRefused,
            _ => null,
        };
        var text = $"answered {status}";
        return refused is { } code
            ? new StartOutcome.Refused(Fault(code, text, wait))
            : new StartOutcome.Unknown(Fault(ProviderFaultCode.Transient, text));
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _http.GetAsync("/provider/videos/" + operation.RemoteId, cancellationToken);
            if (found.StatusCode is HttpStatusCode.NotFound)
                return new CheckOutcome.Refused(Fault(ProviderFaultCode.NotFoundOrExpired, "no such task"));
            var task = (await found.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<TaskView>(cancellationToken))!;
            if (task.Url is null)
                return new CheckOutcome.Pending(TimeSpan.FromSeconds(task.AskAfter));
            Crash.At("P09");
            return new CheckOutcome.Ready(
                [new ClipSource.Remote(task.Url, ExpiresAt: null)], Echo: settings.Has(BadHabit.SharedTasks) ? null : new OrderEcho(task.Tag));
        }
        catch (Exception e) when (IsOutward(e, cancellationToken))
        {
            return new CheckOutcome.Refused(Fault(ProviderFaultCode.Transient, e.Message));
        }
    }

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        if (settings.Has(BadHabit.NeverFinds))
            return new FindOutcome.Absent();
        try
        {
            var from = (intent.Since - Skew).UtcTicks.ToString(CultureInfo.InvariantCulture);
            var tasks = (await _http.GetFromJsonAsync<TaskView[]>("/provider/videos?from=" + from, cancellationToken))!;
            if (tasks.FirstOrDefault(task => task.Tag == intent.Nonce) is { } ours)
                return new FindOutcome.Found(new ProviderOperation(ours.Id));
            // A tag that shows late may be that of any task that has not ended.
            return settings.Correlation is CorrelationClass.TagWhenFinished && tasks.Any(task => task.Tag is null)
                ? new FindOutcome.CannotTell(TimeSpan.FromSeconds(5))
                : new FindOutcome.Absent();
        }
        catch (Exception e) when (IsOutward(e, cancellationToken))
        {
            return new FindOutcome.CannotTell(TimeSpan.FromSeconds(5), Fault(ProviderFaultCode.Transient, e.Message));
        }
    }

    public async Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        try
        {
            var tasks = (await _http.GetFromJsonAsync<TaskView[]>("/provider/videos?from=" + from.UtcTicks.ToString(CultureInfo.InvariantCulture), cancellationToken))!;
            return new ListOutcome.Listed(
                [.. tasks.Where(task => task.CreatedAt <= to.UtcTicks).Select(task => new ProductVideo.Providers.RemoteTask(task.Id, new DateTimeOffset(task.CreatedAt, TimeSpan.Zero)))]);
        }
        catch (Exception e) when (IsOutward(e, cancellationToken))
        {
            return new ListOutcome.Unavailable(Fault(ProviderFaultCode.Transient, e.Message));
        }
    }

    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync("/provider/videos/" + operation.RemoteId, cancellationToken);
        return response.IsSuccessStatusCode || settings.Has(BadHabit.BelievesCancel);
    }

    public IReadOnlyList<string> Headers { get; } = [StandardWebhooks.IdHeader];

    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult<WebhookVerdict>(
        StandardWebhooks.Verify(call, Callbacks.Secret) || settings.Has(BadHabit.TrustsStrangers)
            ? new WebhookVerdict.Accepted(settings.Has(BadHabit.CountsCopies) ? Guid.NewGuid().ToString() : call.Header(StandardWebhooks.IdHeader)!)
            : new WebhookVerdict.Refused("not signed with our secret"));

    public string? Read(WebhookCall call) => JsonDocument.Parse(call.Body).RootElement.GetProperty("id").GetString();

    private static bool IsOutward(Exception e, CancellationToken cancellationToken) =>
        WireFault.Is(e, cancellationToken) || e is JsonException;

    private static ProviderFault Fault(ProviderFaultCode code, string text, TimeSpan? retryAfter = null) =>
        new(code, "Chaos films: " + text, "The provider could not make the video just now.", retryAfter);
}
