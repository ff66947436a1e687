using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.OpenRouter;

/// <summary>OpenRouter's videos, their list of models and the key's page as its SDK 1.3.19 describes them, under <c>/api/v1</c>. It refuses what a model's entry in the list does not allow.</summary>
public sealed class FakeOpenRouter : FakeProvider
{
    private static readonly string[] Fields =
        ["model", "prompt", "duration", "resolution", "aspect_ratio", "size", "frame_images", "input_references", "generate_audio", "seed", "callback_url", "provider", "user"];

    private TaskCompletionSource _listRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The list; null if it can't be had.</summary>
    public JsonArray? Models { get; set; } = OpenRouterModels.All();

    /// <summary>The list never comes.</summary>
    public bool ListHangs { get; set; }

    /// <summary>What a task is said to have cost; null for nothing said.</summary>
    public decimal? Cost { get; set; } = 0.15m;

    /// <summary>The vendor's own key of the account was used.</summary>
    public bool IsByok { get; set; }

    /// <summary>How failed tasks end.</summary>
    public string EndsAsWord { get; set; } = "failed";

    /// <summary>What the key may still spend; null without a limit.</summary>
    public decimal? KeyLimit { get; set; }

    /// <summary>Clips are gone, though their tasks are known.</summary>
    public bool ClipsGone { get; set; }

    /// <summary>Done when the list is asked for the next time.</summary>
    public Task NextListRead()
    {
        _listRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _listRead.Task;
    }

    /// <summary>For the settings.</summary>
    public Uri Base => new(Address, "/api/v1");

    protected override string NewId(int number) => FormattableString.Invariant($"gen-vid-1790000000-{number:d20}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/api/v1/videos", (Delegate)CreateAsync);
        app.MapGet("/api/v1/videos/models", (Delegate)ListAsync);
        app.MapGet("/api/v1/videos/{id}", (HttpContext http, string id) => Closed(http) ?? Check(http, id, task => Results.Json(View(task)), () => Error(404, "Video not found")));
        app.MapGet("/api/v1/videos/{id}/content", (HttpContext http, string id, int index = 0) => Closed(http) ?? Content(id, index));
        app.MapGet("/api/v1/key", (HttpContext http) => Closed(http) ?? Results.Json(new { data = KeyView() }));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Error(429, "Rate limit exceeded"),
        FakeRefusal.Quota => Error(402, "Insufficient credits"),
        FakeRefusal.Unauthorised => Error(401, $"User not found: {echoed}"),
        FakeRefusal.Moderated => Error(403, "Your input was flagged", new { reasons = new[] { "violence" }, flagged_input = "A slow…", provider_name = "Google", model_slug = "google/veo-3.1-lite" }),
        FakeRefusal.InvalidInput => Error(400, $"Invalid request: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private static IResult Error(int status, string message, object? metadata = null) =>
        Results.Json(new { error = new { code = status, message, metadata }, user_id = (string?)null }, statusCode: status);

    private IResult? Closed(HttpContext http) => IsLetIn(http) ? null : Error(401, "User not found.");

    private async Task<IResult> ListAsync(HttpContext http)
    {
        _listRead.TrySetResult();
        if (ListHangs)
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return Models is null ? Error(500, "Internal Server Error") : Results.Json(new { data = Models });
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (Closed(http) is { } closed)
            return closed;
        if (await http.Request.ReadFromJsonAsync<JsonNode>() is not JsonObject body)
            return Error(400, "The body is no object");
        if (body.Select(field => field.Key).FirstOrDefault(name => !Fields.Contains(name, StringComparer.Ordinal)) is { } unknown)
            return Error(400, $"Unrecognized key: {unknown}");
        if (Models?.FirstOrDefault(model => (string?)model!["id"] == (string?)body["model"]) is not JsonObject model)
            return Error(404, $"Model {body["model"]} does not exist");
        if (Mistake(body, model) is { } mistake)
            return Error(400, $"{mistake} is not supported by this model");
        var order = new FakeOrder((string?)body["model"], (string?)body["prompt"], (int?)body["duration"], body);
        return await SubmitAsync(http, order, task => Results.Json(View(task), statusCode: 202));
    }

    private static string? Mistake(JsonObject body, JsonObject model)
    {
        var frame = (body["frame_images"] as JsonArray)?.SingleOrDefault();
        var url = (string?)frame?["image_url"]?["url"];
        return string.IsNullOrEmpty((string?)body["prompt"]) ? "prompt"
            : !IsListed(body["duration"], model["supported_durations"]) ? "duration"
            : !IsListed(body["resolution"], model["supported_resolutions"]) ? "resolution"
            : !IsListed(body["aspect_ratio"], model["supported_aspect_ratios"]) ? "aspect_ratio"
            : frame is not null && (string?)frame["type"] is not "image_url" ? "frame_images: type"
            : frame is not null && !IsListed(frame["frame_type"], model["supported_frame_images"]) ? "frame_images"
            : frame is not null && url?.StartsWith("https://", StringComparison.Ordinal) is not true && url?.StartsWith("data:image/", StringComparison.Ordinal) is not true ? "image_url"
            : body["generate_audio"] is { } && model["generate_audio"]?.GetValue<bool>() is false ? "generate_audio"
            : body["seed"] is { } && model["seed"]?.GetValue<bool>() is not true ? "seed"
            : null;
    }

    /// <summary>What is not said is the model's own choice; what the list does not name can't be said.</summary>
    private static bool IsListed(JsonNode? said, JsonNode? listed) =>
        said is null || (listed is JsonArray all && all.Any(one => one!.ToJsonString() == said.ToJsonString()));

    private Dictionary<string, object> View(FakeTask task)
    {
        var at = $"{Base.AbsoluteUri}/videos/{task.Id}";
        var view = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = task.Id, ["polling_url"] = at, ["status"] = StatusOf(task) };
        if (task.State is FakeTaskState.Moderated or FakeTaskState.Failed)
            view["error"] = task.State is FakeTaskState.Moderated ? "The clip was blocked by the vendor's content rules." : "Something went wrong.";
        if (task.State is FakeTaskState.Finished)
            (view["generation_id"], view["unsigned_urls"]) = ("gen-1790000000-abc", new[] { $"{at}/content?index=0" });
        if (task.State is not (FakeTaskState.Queued or FakeTaskState.Running) && Cost is { } cost)
            view["usage"] = new { cost, is_byok = IsByok };
        return view;
    }

    private string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "pending",
        FakeTaskState.Running => "in_progress",
        FakeTaskState.Finished => "completed",
        FakeTaskState.Strange => "dreaming",
        _ => EndsAsWord,
    };

    private IResult Content(string id, int index) =>
        Find(id) is not { } task ? Error(404, "Video not found")
        : ClipsGone ? Error(410, "The video is no longer available")
        : task.State is not FakeTaskState.Finished ? Error(409, "The video is not ready")
        : index != 0 ? Error(400, "There is no such video")
        : Results.Bytes(Clip, "video/mp4");

    private JsonObject KeyView() => new()
    {
        ["label"] = "sk-or-v1-…", ["limit"] = KeyLimit, ["limit_remaining"] = KeyLimit, ["limit_reset"] = null, ["usage"] = 1.5, ["usage_daily"] = 0, ["usage_weekly"] = 0,
        ["usage_monthly"] = 0, ["byok_usage"] = 0, ["byok_usage_daily"] = 0, ["byok_usage_weekly"] = 0, ["byok_usage_monthly"] = 0, ["include_byok_in_limit"] = false,
        ["is_free_tier"] = false, ["is_management_key"] = false, ["is_provisioning_key"] = false, ["creator_user_id"] = null, ["organization_id"] = null, ["workspace_id"] = null,
        ["expires_at"] = null, ["allowed_data_regions"] = new JsonArray("global"), ["free_model_daily_requests"] = new JsonObject { ["limit"] = 50, ["remaining"] = 50, ["used"] = 0 },
        ["rate_limit"] = new JsonObject { ["interval"] = "10s", ["note"] = "deprecated", ["requests"] = -1 },
    };
}
