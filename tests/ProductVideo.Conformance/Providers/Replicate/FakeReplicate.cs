using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.Replicate;

/// <summary>Replicate's predictions as its reference of 2026 describes them, with one image-to-video model, official and in a version.</summary>
public sealed class FakeReplicate : FakeProvider
{
    public const string Model = "acme/film-1";
    public const string Version = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa";

    /// <summary>Whether an hour has passed since every task: what went in and came out is deleted.</summary>
    public bool DeletesData { get; set; }

    /// <summary>Whether tasks give a list of files, as some models do.</summary>
    public bool GivesList { get; set; }

    /// <summary>Whether a refusal for too many requests tells when to come back in its body.</summary>
    public bool TellsWaitInBody { get; set; }

    /// <summary>A task that waits begins in the very moment when it is to be stopped.</summary>
    public bool BeginsBeforeCancel { get; set; }

    public int PageSize { get; set; } = 100;

    /// <summary>Pages of the list that were read.</summary>
    public int Pages { get; private set; }

    protected override string NewId(int number) => FormattableString.Invariant($"gm3qorzdhgbfurvjtvhg{number:d6}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/v1/models/{owner}/{name}/predictions", (HttpContext http, string owner, string name) => CreateAsync(http, body =>
            $"{owner}/{name}" == Model && body["version"] is null));
        app.MapPost("/v1/predictions", (Delegate)((HttpContext http) => CreateAsync(http, body => (string?)body["version"] is Version or $"{Model}:{Version}")));
        app.MapGet("/v1/predictions/{id}", (HttpContext http, string id) => IsLetIn(http)
            ? Check(http, id, task => Results.Json(View(task)), NotFound) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/v1/predictions", List);
        app.MapPost("/v1/predictions/{id}/cancel", Cancel);
        app.MapGet("/v1/account", (HttpContext http) => IsLetIn(http)
            ? Results.Json(new { type = "organization", username = "acme", name = "Acme", github_url = "https://github.com/acme" }) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited when TellsWaitInBody => Results.Json(
            new { detail = "Request was throttled. Your rate limit resets in ~30s.", status = 429, retry_after = 30 }, statusCode: 429),
        FakeRefusal.RateLimited => Results.Json(new { detail = "Request was throttled. Your rate limit resets in ~30s." }, statusCode: 429),
        FakeRefusal.Quota => Error(402, "Insufficient credit", "You have insufficient credit to run this model."),
        FakeRefusal.Unauthorised => Error(401, "Unauthenticated", $"You did not pass a valid authentication token: {echoed}"),
        // There is no refusal of its own for content: models judge it when they run.
        FakeRefusal.Moderated or FakeRefusal.InvalidInput => Error(422, "Input validation failed", $"- input: not as it should be {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private static IResult Error(int status, string title, string detail) => Results.Json(new { title, detail, status }, statusCode: status);

    private static IResult NotFound() => Results.Json(new { detail = "The requested resource could not be found.", status = 404 }, statusCode: 404);

    private async Task<IResult> CreateAsync(HttpContext http, Func<JsonNode, bool> isKnown)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (!isKnown(body))
            return NotFound();
        if (Mistake(body["input"] as JsonObject ?? []) is { } mistake)
            return Error(422, "Input validation failed", $"- input: {mistake}");
        return await SubmitAsync(
            http, new FakeOrder(Model, (string?)body["input"]!["prompt"], (int?)body["input"]!["duration"], body), task => Results.Json(View(task), statusCode: 201));
    }

    /// <summary>By the schema of the one model.</summary>
    private static string? Mistake(JsonObject input)
    {
        string[] known = ["prompt", "image", "last_frame", "duration", "resolution", "seed", "fps", "style"];
        return input.Select(one => one.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"Additional property {unknown} is not allowed"
            : Kind(input, "prompt") is not JsonValueKind.String ? "prompt is required"
            : !IsFile(input, "image") || (input.ContainsKey("last_frame") && !IsFile(input, "last_frame")) ? "image is no valid URI"
            : Kind(input, "duration") is not (null or JsonValueKind.Number) || (int?)input["duration"] is not (null or 5 or 10) ? "duration must be one of 5, 10"
            : Kind(input, "resolution") is not null && (string?)input["resolution"] is not ("720p" or "1080p") ? "resolution must be one of 720p, 1080p"
            : Kind(input, "seed") is not (null or JsonValueKind.Number) || Kind(input, "fps") is not (null or JsonValueKind.Number) ? "seed and fps are integers"
            : null;
    }

    private static JsonValueKind? Kind(JsonObject input, string name) => input[name]?.GetValueKind();

    private static bool IsFile(JsonObject input, string name) => Kind(input, name) is JsonValueKind.String
        && (string)input[name]! is var uri && (uri.StartsWith("https://", StringComparison.Ordinal) || (uri.StartsWith("data:image/", StringComparison.Ordinal) && uri.Contains(";base64,", StringComparison.Ordinal)));

    private JsonObject View(FakeTask task)
    {
        var address = $"{Address.AbsoluteUri.TrimEnd('/')}";
        var ended = task.State is FakeTaskState.Finished or FakeTaskState.Failed or FakeTaskState.Moderated or FakeTaskState.Cancelled;
        var output = task.State is FakeTaskState.Finished && !DeletesData ? $"{address}/clips/{task.Id}.mp4" : null;
        return new JsonObject
        {
            ["id"] = task.Id, ["model"] = Model, ["version"] = task.Order.Body["version"] is null ? "hidden" : Version, ["source"] = "api",
            ["status"] = StatusOf(task), ["data_removed"] = DeletesData,
            ["input"] = DeletesData ? new JsonObject() : task.Order.Body["input"]!.DeepClone(),
            ["output"] = output is null ? null : GivesList ? new JsonArray(output) : output,
            ["error"] = task.State switch { FakeTaskState.Failed => "Prediction interrupted", FakeTaskState.Moderated => "The output was flagged as sensitive.", _ => null },
            ["logs"] = "", ["metrics"] = new JsonObject(),
            ["created_at"] = Time(task.CreatedAt), ["started_at"] = task.State is FakeTaskState.Queued || HasNotBegun(task) ? null : Time(task.CreatedAt),
            ["completed_at"] = ended ? Time(Clock.GetUtcNow()) : null,
            ["urls"] = new JsonObject { ["get"] = $"{address}/v1/predictions/{task.Id}", ["cancel"] = $"{address}/v1/predictions/{task.Id}/cancel" },
        };
    }

    private bool HasNotBegun(FakeTask task) => task.State is FakeTaskState.Cancelled && !BeginsBeforeCancel;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "starting",
        FakeTaskState.Running => "processing",
        FakeTaskState.Finished => "succeeded",
        FakeTaskState.Cancelled => "canceled",
        FakeTaskState.Strange => "dreaming",
        _ => "failed",
    };

    private IResult List(HttpContext http, string? created_after = null, int cursor = 0)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        Pages++;
        if (CheckFault is CheckFault.ServerError)
            return Results.Text("<h1>Bad gateway</h1>", "text/html", statusCode: 502);
        var from = created_after is null ? DateTimeOffset.MinValue : DateTimeOffset.Parse(created_after, CultureInfo.InvariantCulture);
        var all = Tasks.Reverse().Where(task => task.CreatedAt >= from).ToList();
        var next = cursor + PageSize;
        return Results.Json(new JsonObject
        {
            ["previous"] = null,
            ["next"] = next < all.Count ? FormattableString.Invariant($"{Address.AbsoluteUri}v1/predictions?created_after={Uri.EscapeDataString(created_after ?? "2020-01-01")}&cursor={next}") : null,
            ["results"] = new JsonArray([.. all.Skip(cursor).Take(PageSize).Select(View)]),
        });
    }

    private IResult Cancel(HttpContext http, string id)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (Find(id) is not { } task)
            return NotFound();
        if (task.State is FakeTaskState.Queued or FakeTaskState.Running)
            task.State = FakeTaskState.Cancelled;
        return Results.Json(View(task));
    }
}
