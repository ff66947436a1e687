using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.DashScope;

/// <summary>
/// Model Studio's video-synthesis endpoint, its tasks and its temporary upload as the vendor's pages of 2026 describe them. It refuses what
/// they refuse: a request without the asynchronous header, a ratio with image-to-video, a length out of range.
/// </summary>
public sealed class FakeDashScope : FakeProvider
{
    private readonly ConcurrentDictionary<string, byte[]> _uploads = new(StringComparer.Ordinal);
    private int _questions;

    /// <summary>Whether refusals come in the envelope of the newer hosts.</summary>
    public bool Envelope { get; set; }

    /// <summary>Whether a finished task shows its prompt.</summary>
    public bool ShowsPrompt { get; set; } = true;

    /// <summary>A task that waits begins in the very moment when it is to be stopped; the call is answered as ever and has no effect.</summary>
    public bool BeginsBeforeCancel { get; set; }

    /// <summary>What was uploaded, by its <c>oss://</c> key.</summary>
    public IReadOnlyDictionary<string, byte[]> Uploads => _uploads;

    /// <summary>What a finished task tells otherwise of what was charged.</summary>
    public JsonObject Charged { get; } = [];

    /// <summary>Called with each temporary upload, before it is answered.</summary>
    public Action Uploaded { get; set; } = () => { };

    /// <summary>Questions about single tasks.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>As after 24 hours.</summary>
    public void ForgetTask(string id) => Forget(id);

    protected override string NewId(int number) => FormattableString.Invariant($"0385dc79-5ff8-4d82-bcb6-{number:d12}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/api/v1/services/aigc/video-generation/video-synthesis", (Delegate)CreateAsync);
        app.MapGet("/api/v1/tasks/{id}", (HttpContext http, string id) =>
        {
            Interlocked.Increment(ref _questions);
            return IsLetIn(http) ? Check(http, id, task => Results.Json(View(task)), () => Results.Json(Unknown(id))) : Refuse(FakeRefusal.Unauthorised, "");
        });
        app.MapGet("/api/v1/tasks/", List);
        app.MapPost("/api/v1/tasks/{id}/cancel", Cancel);
        app.MapGet("/api/v1/uploads", (HttpContext http, string action, string model) => IsLetIn(http) && action == "getPolicy" ? Results.Json(Policy(model)) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapPost("/oss", (Delegate)UploadAsync);
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Refuse(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later."),
        FakeRefusal.Quota => Refuse(429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit."),
        FakeRefusal.Unauthorised => Refuse(401, "InvalidApiKey", $"Invalid API-key provided: {echoed}"),
        FakeRefusal.Moderated => Refuse(400, "DataInspectionFailed", "Input data may contain inappropriate content."),
        FakeRefusal.InvalidInput => Refuse(400, "InvalidParameter", $"The request is not valid: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private IResult Refuse(int status, string code, string message) => Envelope
        ? Results.Json(new { error = new { code, message, type = "invalid_request_error" }, request_id = "r-1" }, statusCode: status)
        : Results.Json(new { code, message, request_id = "r-1" }, statusCode: status);

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (http.Request.Headers["X-DashScope-Async"] != "enable")
            return Refuse(403, "AccessDenied", "current user api does not support synchronous calls.");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (Mistake(http, body) is { } mistake)
            return Refuse(400, "InvalidParameter", mistake);
        var order = new FakeOrder((string?)body["model"], (string?)body["input"]!["prompt"], (int?)body["parameters"]?["duration"], body);
        return await SubmitAsync(http, order, task => Results.Json(new { output = new { task_status = "PENDING", task_id = task.Id }, request_id = "r-1" }));
    }

    private static string? Mistake(HttpContext http, JsonNode body)
    {
        var model = (string?)body["model"] ?? "";
        var media = body["input"]?["media"]?.AsArray() ?? [];
        string[] types = [.. media.Select(one => (string?)one!["type"] ?? "")];
        var prompt = (string?)body["input"]?["prompt"];
        var seconds = (int?)body["parameters"]?["duration"] ?? 5;
        if (media.Any(one => ((string?)one!["url"] ?? "").StartsWith("oss://", StringComparison.Ordinal)) && http.Request.Headers["X-DashScope-OssResourceResolve"] != "enable")
            return "oss:// needs X-DashScope-OssResourceResolve";
        // A clip is read from an address that anybody can read, or from their own store; never out of the request.
        if (media.Any(one => (string?)one!["type"] == "video" && (string?)one["url"] is { } url && url.StartsWith("data:", StringComparison.Ordinal)))
            return "video url must be a public address";
        if (media.Any(one => (string?)one!["url"] is not { } url || !(url.StartsWith("data:image/", StringComparison.Ordinal) || url.StartsWith("http", StringComparison.Ordinal) || url.StartsWith("oss://", StringComparison.Ordinal))))
            return "url";
        if (model.StartsWith("happyhorse", StringComparison.Ordinal) && seconds is < 3 or > 15)
            return "duration must be 3 to 15";
        return model switch
        {
            _ when model.EndsWith("-i2v", StringComparison.Ordinal) => types is not (["first_frame"] or ["first_frame", "last_frame"]) ? "media must be one first_frame"
                : body["parameters"]?["ratio"] is not null ? "ratio is not supported" : null,
            _ when model.EndsWith("-r2v", StringComparison.Ordinal) => types.Length is < 1 or > 9 || types.Any(type => type != "reference_image") ? "media must be 1 to 9 reference_image"
                : string.IsNullOrEmpty(prompt) ? "prompt is required" : null,
            _ when model.EndsWith("-t2v", StringComparison.Ordinal) => types.Length > 0 ? "media is not supported" : string.IsNullOrEmpty(prompt) ? "prompt is required" : null,
            "happyhorse-1.0-video-edit" => types.Count(type => type == "video") != 1 || types.Count(type => type == "reference_image") != types.Length - 1 || types.Length > 6
                    ? "media must be one video and up to 5 reference_image"
                : string.IsNullOrEmpty(prompt) ? "prompt is required"
                : body["parameters"]?["ratio"] is not null || body["parameters"]?["duration"] is not null ? "ratio and duration are not supported"
                : (string?)body["parameters"]?["audio_setting"] is not (null or "auto" or "origin") ? "audio_setting" : null,
            _ when model.StartsWith("wan3.0-video", StringComparison.Ordinal) => types.Contains("first_frame") && types.Contains("reference_image") ? "frames and references do not mix" : null,
            _ => $"model {model} not found",
        };
    }

    private object View(FakeTask task) => new
    {
        request_id = "r-2",
        output = task.State switch
        {
            FakeTaskState.Finished => (object)new
            {
                task_id = task.Id, task_status = "SUCCEEDED", submit_time = China(task.CreatedAt), end_time = China(Clock.GetUtcNow()),
                orig_prompt = ShowsPrompt ? task.Order.Prompt : null, video_url = $"{Address.AbsoluteUri.TrimEnd('/')}/clips/{task.Id}.mp4?Expires=1",
            },
            FakeTaskState.Failed => new { task_id = task.Id, task_status = "FAILED", code = "InternalError", message = "An internal error has occurred." },
            FakeTaskState.Moderated => new { task_id = task.Id, task_status = "FAILED", code = "DataInspectionFailed", message = "Output data may contain inappropriate content." },
            FakeTaskState.Invalid => new { task_id = task.Id, task_status = "FAILED", code = "BadRequest.InputDownloadFailed", message = "Failed to download multimodal content." },
            FakeTaskState.Cancelled => new { task_id = task.Id, task_status = "CANCELED" },
            _ => new { task_id = task.Id, task_status = StatusOf(task), submit_time = China(task.CreatedAt) },
        },
        usage = task.State is FakeTaskState.Finished ? Usage(task) : null,
    };

    /// <summary>An object of JSON, for its upper case letters are the vendor's.</summary>
    private JsonObject Usage(FakeTask task)
    {
        var usage = new JsonObject
        {
            ["duration"] = task.Order.Seconds ?? 5,
            ["video_count"] = 1,
            ["ratio"] = (string?)task.Order.Body["parameters"]?["ratio"],
            ["SR"] = int.Parse(((string?)task.Order.Body["parameters"]?["resolution"] ?? "720P").TrimEnd('P'), CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in Charged)
            usage[name] = value?.DeepClone();
        return usage;
    }

    private static string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "PENDING",
        FakeTaskState.Running => "RUNNING",
        FakeTaskState.Finished => "SUCCEEDED",
        FakeTaskState.Cancelled => "CANCELED",
        FakeTaskState.Strange => "DREAMING",
        _ => "FAILED",
    };

    private static object Unknown(string id) => new { request_id = "r-3", output = new { task_id = id, task_status = "UNKNOWN" } };

    private IResult List(HttpContext http, string? start_time, string? end_time, string? model_name, int page_no = 1, int page_size = 10)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var (from, to) = (Filter(start_time), Filter(end_time));
        if (to - from > TimeSpan.FromHours(24))
            return Refuse(400, "InvalidParameter", "at most 24 hours");
        var all = Tasks.Where(task => (model_name is null || task.Order.Model == model_name) && task.CreatedAt >= from && task.CreatedAt < to.AddSeconds(1)).ToList();
        return Results.Json(new
        {
            total = all.Count, total_page = (all.Count + page_size - 1) / page_size, page_no, page_size, request_id = "r-4",
            data = all.Skip((page_no - 1) * page_size).Take(page_size).Select(task => new
            {
                task_id = task.Id, model_name = task.Order.Model, status = StatusOf(task), gmt_create = China(task.CreatedAt), request_id = "r-1",
            }),
        });
    }

    private IResult Cancel(HttpContext http, string id)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (Find(id) is not { State: FakeTaskState.Queued } task)
            return Refuse(400, "UnsupportedOperation", "The task is not pending.");
        task.State = BeginsBeforeCancel ? FakeTaskState.Running : FakeTaskState.Cancelled;
        return Results.Json(new { request_id = "r-5" });
    }

    private object Policy(string model) => new
    {
        request_id = "r-6",
        data = new
        {
            policy = "cG9saWN5", signature = "c2lnbg==", upload_dir = $"dashscope-instant/{model}/2026-11-22", upload_host = $"{Address.AbsoluteUri.TrimEnd('/')}/oss",
            oss_access_key_id = "LTAI", x_oss_object_acl = "private", x_oss_forbid_overwrite = "true", max_file_size_mb = 1024, expire_in_seconds = 300,
        },
    };

    /// <summary>The object store reads the fields in their order and takes the file as the last one only.</summary>
    private async Task<IResult> UploadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["OSSAccessKeyId"] != "LTAI" || form["policy"] != "cG9saWN5" || form["Signature"] != "c2lnbg==" || form["success_action_status"] != "200" || form.Files.GetFile("file") is not { } file
            || http.Request.Headers.Authorization.Count > 0)
            return Results.StatusCode(403);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        _uploads[form["key"].ToString()] = bytes.ToArray();
        Uploaded();
        return Results.Ok();
    }

    private static string China(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static DateTimeOffset Filter(string? text) =>
        new(DateTime.ParseExact(text!, "yyyyMMddHHmmss", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
