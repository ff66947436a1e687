using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.Fal;

/// <summary>
/// fal's queue as its pages and its client of 2026 describe them. The queue takes any order to a model that it knows; the model judges it, and
/// its result is the refusal. The addresses in its answers know no more than the model's first two words.
/// </summary>
public sealed class FakeFal : FakeProvider
{
    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>What a submit names instead of this service's own address.</summary>
    public Uri? NamedAddress { get; set; }

    /// <summary>A cancelled request is no longer known.</summary>
    public bool ForgetsCancelled { get; set; }

    /// <summary>A request that waits begins in the very moment when it is to be cancelled.</summary>
    public bool BeginsBeforeCancel { get; set; }

    /// <summary>What a failed request's result is, instead of what befell its runner.</summary>
    public (int Status, string Body)? Failure { get; set; }

    /// <summary>Whether every order said that the queue must not try again by itself.</summary>
    public bool NeverTriedAgain { get; private set; } = true;

    protected override string NewId(int number) => FormattableString.Invariant($"764cabcf-b745-4b3e-ae38-{number:d12}");

    protected override FakeTaskState? EndsAs(FakeRefusal refusal) => refusal switch
    {
        FakeRefusal.Moderated => FakeTaskState.Moderated,
        FakeRefusal.InvalidInput => FakeTaskState.Invalid,
        _ => null,
    };

    protected override void Map(WebApplication app)
    {
        const string Request = "/{owner}/{alias}/requests/{id}";
        app.MapPost("/{**model}", (Delegate)CreateAsync);
        app.MapGet(Request + "/status", (HttpContext http, string owner, string alias, string id) => About(http, owner, alias, id, StatusOf));
        app.MapGet(Request, (HttpContext http, string owner, string alias, string id) => About(http, owner, alias, id, ResultOf));
        app.MapPut(Request + "/cancel", Cancel);
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Detail(429, "Too many requests."),
        FakeRefusal.Quota => Detail(403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."),
        FakeRefusal.Unauthorised => Detail(401, $"Authentication is required to access this application: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private static IResult Detail(int status, string detail) => Results.Json(new { detail }, Plain, statusCode: status);

    private static IResult Detail(int status, string detail, string error_type) => Results.Json(new { detail, error_type }, Plain, statusCode: status);

    private static IResult Mistaken(string field, string type, string msg, JsonNode body) => Results.Json(
        new JsonObject
        {
            ["detail"] = new JsonArray(new JsonObject
            {
                ["loc"] = new JsonArray("body", field), ["msg"] = msg, ["type"] = type, ["url"] = "https://docs.fal.ai/errors/#" + type, ["input"] = body.DeepClone(),
            }),
        },
        Plain, statusCode: 422);

    private static bool IsIn(HttpContext http) => IsLetIn(http, start: "Key ");

    private async Task<IResult> CreateAsync(HttpContext http, string model)
    {
        if (!IsIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (!FakeFalModels.All.ContainsKey(model))
            return Detail(404, $"Application '{model}' not found");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        NeverTriedAgain &= http.Request.Headers["x-fal-no-retry"] == "1";
        return await SubmitAsync(http, new FakeOrder(model, (string?)body["prompt"], Seconds: null, body), task =>
        {
            if (Mistake(task.Order) is not null)
                task.State = FakeTaskState.Invalid;
            return Results.Json(Addressed(task, new JsonObject { ["queue_position"] = 0 }), Plain);
        });
    }

    /// <summary>The field that the model does not take as it is.</summary>
    private static string? Mistake(FakeOrder order)
    {
        var fields = FakeFalModels.All[order.Model!];
        foreach (var (name, value) in order.Body.AsObject())
        {
            if (!fields.TryGetValue(name, out var values))
                return name;
            if (values is not null && (value?.GetValueKind() is not JsonValueKind.String || !values.Contains((string?)value, StringComparer.Ordinal)))
                return name;
        }

        var picture = fields.Keys.First(field => field.EndsWith("image_url", StringComparison.Ordinal));
        return (string?)order.Body[picture] is not { } url || !(url.StartsWith("data:image/", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal)) ? picture
            : string.IsNullOrEmpty(order.Prompt) ? "prompt" : null;
    }

    private JsonObject Addressed(FakeTask task, JsonObject view)
    {
        var at = $"{(NamedAddress ?? Address).AbsoluteUri.TrimEnd('/')}/{AppOf(task)}/requests/{task.Id}";
        (view["request_id"], view["status"]) = (task.Id, WordOf(task));
        (view["response_url"], view["status_url"], view["cancel_url"]) = (at, at + "/status", at + "/cancel");
        return view;
    }

    private static string AppOf(FakeTask task) => string.Join('/', task.Order.Model!.Split('/').Take(2));

    private IResult About(HttpContext http, string owner, string alias, string id, Func<FakeTask, IResult> answer) =>
        !IsIn(http) ? Refuse(FakeRefusal.Unauthorised, "")
        : Check(http, id, task => AppOf(task) == $"{owner}/{alias}" ? answer(task) : Unknown(), Unknown);

    private static IResult Unknown() => Detail(404, "Request not found");

    private IResult StatusOf(FakeTask task)
    {
        var word = WordOf(task);
        var view = Addressed(task, word == "IN_QUEUE" ? new JsonObject { ["queue_position"] = 0 } : new JsonObject { ["logs"] = new JsonArray() });
        return Results.Json(view, Plain, statusCode: word == "COMPLETED" ? 200 : 202);
    }

    private IResult ResultOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Finished => Results.Json(
            new { video = new { url = $"{Address.AbsoluteUri.TrimEnd('/')}/clips/{task.Id}.mp4", content_type = "video/mp4", file_size = Clip.Length } }, Plain),
        FakeTaskState.Moderated => Mistaken("prompt", "content_policy_violation", "The content was flagged by a content checker.", task.Order.Body),
        FakeTaskState.Invalid => Mistaken(Mistake(task.Order) ?? "prompt", "value_error", $"Not valid; the request said {ApiKey}", task.Order.Body),
        FakeTaskState.Cancelled => Detail(499, "Request was cancelled by the client", "client_cancelled"),
        FakeTaskState.Failed when Failure is var (status, body) => Results.Text(body, "application/json", statusCode: status),
        FakeTaskState.Failed => Detail(500, "The runner encountered an internal server error", "runner_server_error"),
        _ => Detail(400, "Request is still in progress"),
    };

    private static string WordOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "IN_QUEUE",
        FakeTaskState.Running => "IN_PROGRESS",
        FakeTaskState.Strange => "DREAMING",
        _ => "COMPLETED",
    };

    private IResult Cancel(HttpContext http, string owner, string alias, string id)
    {
        if (!IsIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (Find(id) is not { } task || AppOf(task) != $"{owner}/{alias}")
            return Results.Json(new { status = "NOT_FOUND" }, Plain, statusCode: 404);
        if (BeginsBeforeCancel)
            task.State = FakeTaskState.Running;
        if (task.State is not (FakeTaskState.Queued or FakeTaskState.Running))
            return Results.Json(new { status = "ALREADY_COMPLETED" }, Plain, statusCode: 400);
        // A runner is merely told, and what becomes of it is its own affair.
        if (task.State is FakeTaskState.Queued)
            task.State = FakeTaskState.Cancelled;
        if (ForgetsCancelled)
            Forget(id);
        return Results.Json(new { status = "CANCELLATION_REQUESTED" }, Plain, statusCode: 202);
    }
}
