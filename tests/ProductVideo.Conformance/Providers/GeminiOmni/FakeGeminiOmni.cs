using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.GeminiOmni;

/// <summary>
/// Interactions of Google's Gemini API as the types of its SDK 3.1.0 describe them. Refuses what they exclude, in <c>google.rpc.Status</c>;
/// its content rules let an interaction complete without a video.
/// </summary>
public sealed partial class FakeGeminiOmni : FakeProvider
{
    /// <summary>Whether the clip lies within the answer instead of at an address.</summary>
    public bool IsInline { get; set; }

    /// <summary>Where the clip lies; null for this host, behind the key.</summary>
    public string? ClipAddress { get; set; }

    /// <summary>A state that stands in the documentation, for every question from now on.</summary>
    public string? Status { get; set; }

    /// <summary>Seconds after which to come back, told in the body of a rate limit.</summary>
    public decimal? RetryDelay { get; set; }

    /// <summary>What is answered to every order from now on, which makes nothing: a status of HTTP and Google's word for it.</summary>
    public (int Status, string Word)? Refusal { get; set; }

    /// <summary>Requests for a clip that came with the key.</summary>
    public int Downloads { get; private set; }

    protected override string NewId(int number) => FormattableString.Invariant($"v1_{number:x24}");

    protected override FakeTaskState? EndsAs(FakeRefusal refusal) => refusal is FakeRefusal.Moderated ? FakeTaskState.Moderated : null;

    protected override void Map(WebApplication app)
    {
        app.MapPost("/v1/interactions", (Delegate)CreateAsync);
        app.MapGet("/v1/interactions/{id}", (HttpContext http, string id) => Closed(http) ?? Check(http, id, task => Results.Json(View(task)), Unknown));
        app.MapPost("/v1/interactions/{id}/cancel", Cancel);
        app.MapGet("/v1/models", (HttpContext http) => Closed(http) ?? Results.Json(new { models = new[] { new { name = "models/gemini-omni-1.1-flash" } } }));
        app.MapGet("/v1/files/{id}.mp4", (HttpContext http) =>
        {
            if (Closed(http) is { } closed)
                return closed;
            Downloads++;
            return Results.Bytes(Clip, "video/mp4");
        });
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Error(429, "RESOURCE_EXHAUSTED", "Too many requests.", [.. RetryInfo]),
        FakeRefusal.Quota => Error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure",
            ["violations"] = new JsonArray(new JsonObject { ["quotaId"] = "GenerateVideoPerDayPerProjectPerModel" }),
        }, .. RetryInfo]),
        FakeRefusal.Unauthorised => Error(400, "INVALID_ARGUMENT", $"API key not valid: {ApiKey}", new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = "API_KEY_INVALID", ["domain"] = "googleapis.com",
        }),
        FakeRefusal.InvalidInput => Error(400, "INVALID_ARGUMENT", $"The request of {ApiKey} is not valid."),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private IEnumerable<JsonObject> RetryInfo => RetryDelay is { } delay
        ? [new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.RetryInfo", ["retryDelay"] = FormattableString.Invariant($"{delay}s") }] : [];

    private static IResult Error(int code, string status, string message, params JsonObject[] details) =>
        Results.Json(new { error = new { code, message, status, details } }, statusCode: code);

    private static IResult Unknown() => Error(404, "NOT_FOUND", "The interaction was not found.");

    private IResult? Closed(HttpContext http) => IsLetIn(http, "x-goog-api-key", "") ? null : Refuse(FakeRefusal.Unauthorised, "");

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (Closed(http) is { } closed)
            return closed;
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (Refusal is var (code, word))
            return Error(code, word, "As told.", [.. RetryInfo]);
        if (Mistake(body) is { } mistake)
            return Error(400, "INVALID_ARGUMENT", $"Invalid value at '{mistake}'.");
        var seconds = decimal.Parse(((string?)body["response_format"]!["duration"])!.TrimEnd('s'), CultureInfo.InvariantCulture);
        var prompt = (string?)body["input"]!.AsArray().First(part => (string?)part!["type"] == "text")!["text"];
        return await SubmitAsync(http, new FakeOrder((string?)body["model"], prompt, seconds, body), task => Results.Json(View(task)));
    }

    private static string? Mistake(JsonNode body)
    {
        if (body["input"] is not JsonArray input || body["response_format"] is not JsonObject format)
            return "input";
        var images = input.Count(part => (string?)part?["type"] == "image");
        var task = (string?)body["generation_config"]?["video_config"]?["task"];
        return (string?)body["model"] is not ("gemini-omni-1.1-flash" or "gemini-omni-1.2-flash") ? "model"
            : body["background"]?.GetValue<bool>() is not true || body["store"]?.GetValue<bool>() is not true ? "background"
            : (string?)format["type"] != "video" ? "response_format.type"
            : (string?)format["aspect_ratio"] is not ("16:9" or "9:16") ? "response_format.aspect_ratio"
            : !Duration().IsMatch((string?)format["duration"] ?? "") ? "response_format.duration"
            : (string?)format["resolution"] is not ("360p" or "720p" or "1080p" or "4k") ? "response_format.resolution"
            : (string?)format["delivery"] is not ("inline" or "uri") ? "response_format.delivery"
            : (task, images) is not (("text_to_video", 0) or ("image_to_video", 1) or ("reference_to_video", 1 or 2 or 3)) ? "generation_config.video_config.task"
            : input.Any(part => !IsPart(part)) ? "input"
            : body["labels"] is JsonObject labels && labels.Any(label => !Label().IsMatch(label.Key) || !Label().IsMatch("a" + (string?)label.Value)) ? "labels"
            : null;
    }

    private static bool IsPart(JsonNode? part) => (string?)part?["type"] switch
    {
        "text" => (string?)part["text"] is { Length: > 0 },
        "image" => (string?)part["mime_type"] is "image/png" or "image/jpeg" or "image/webp" && (string?)part["data"] is { Length: > 0 } data
            && Convert.TryFromBase64String(data, new byte[data.Length], out _),
        _ => false,
    };

    private JsonObject View(FakeTask task)
    {
        var at = task.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var steps = new JsonArray();
        if (task.State is FakeTaskState.Finished)
            steps.Add(new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(Video(task)) });
        if (task.State is FakeTaskState.Moderated)
            steps.Add(new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "I can't make this video." }) });
        var view = new JsonObject
        {
            ["id"] = task.Id, ["object"] = "interaction", ["model"] = task.Order.Model, ["status"] = Status ?? StatusOf(task), ["created"] = at, ["updated"] = at, ["steps"] = steps,
        };
        if (task.State is FakeTaskState.Failed)
            view["errors"] = new JsonArray(new JsonObject { ["code"] = "https://ai.google.dev/errors/internal", ["message"] = "An internal error has occurred." });
        return view;
    }

    private JsonObject Video(FakeTask task)
    {
        var video = new JsonObject { ["type"] = "video", ["mime_type"] = "video/mp4" };
        if (IsInline)
            video["data"] = Convert.ToBase64String(Clip);
        else
            video["uri"] = ClipAddress ?? new Uri(Address, $"/v1/files/{task.Id}.mp4").AbsoluteUri;
        return video;
    }

    private static string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "queued",
        FakeTaskState.Running => "in_progress",
        FakeTaskState.Finished or FakeTaskState.Moderated => "completed",
        FakeTaskState.Cancelled => "cancelled",
        FakeTaskState.Strange => "dreaming",
        _ => "failed",
    };

    private IResult Cancel(HttpContext http, string id)
    {
        if (Closed(http) is { } closed)
            return closed;
        if (Find(id) is not { } task)
            return Unknown();
        if (task.State is FakeTaskState.Queued or FakeTaskState.Running)
            task.State = FakeTaskState.Cancelled;
        return Results.Json(View(task));
    }

    [GeneratedRegex(@"^([3-9]|10)s$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}$", RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
