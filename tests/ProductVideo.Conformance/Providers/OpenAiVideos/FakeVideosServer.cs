using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.OpenAiVideos;

public enum VideosSoftware
{
    /// <summary>As OpenAI's specification of 2026-09 has it: three lengths, four sizes, a reference of the very size asked for.</summary>
    Generic,

    /// <summary>Multipart only, prompts echoed, errors numbered.</summary>
    VllmOmni,

    /// <summary>FastAPI's errors, no prompt, no <c>has_more</c>, a form must carry a file, deleting hides a task and lets it run.</summary>
    Sglang,
}

/// <summary>A server that speaks <c>/v1/videos</c>, after OpenAI's specification or the sources of vLLM-Omni and SGLang of 2026. It refuses what they refuse.</summary>
public sealed partial class FakeVideosServer(VideosSoftware software) : FakeProvider
{
    private static readonly string[] Sizes = ["720x1280", "1280x720", "1024x1792", "1792x1024"];

    /// <summary>The last order as it came over the wire, byte by byte.</summary>
    public string LastForm { get; private set; } = "";

    /// <summary>Largest page of the list.</summary>
    public int MostPerPage { get; set; } = 100;

    /// <summary>Whether every page of the list is the first.</summary>
    public bool IgnoresCursor { get; set; }

    /// <summary>Whether a picture must be one, of the size asked for; not where something between garbles it.</summary>
    public bool LooksAtPictures { get; set; } = true;

    /// <summary>The media type of a clip's content.</summary>
    public string ContentType { get; set; } = "video/mp4";

    /// <summary>A word for <c>progress</c> instead of the number of hundred; JSON.</summary>
    public string? Progress { get; set; }

    /// <summary>A word for every task's <c>status</c> instead of its own.</summary>
    public string? Status { get; set; }

    /// <summary>As after a restart.</summary>
    public void ForgetTask(string id) => Forget(id);

    protected override string NewId(int number) =>
        software is VideosSoftware.VllmOmni ? FormattableString.Invariant($"video_gen_{number:x32}") : FormattableString.Invariant($"video_{number:d8}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/v1/videos", (Delegate)CreateAsync);
        app.MapGet("/v1/videos", (HttpContext http, string? after, string? order, int limit = 100) => IsLetIn(http) ? List(after, order, limit) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/v1/videos/{id}", (HttpContext http, string id) => IsLetIn(http)
            ? Check(http, id, task => Results.Json(View(task)), Unknown) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapDelete("/v1/videos/{id}", (HttpContext http, string id) => IsLetIn(http) ? Delete(id) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/v1/videos/{id}/content", (HttpContext http, string id) => !IsLetIn(http) ? Refuse(FakeRefusal.Unauthorised, "")
            : Find(id) is not { } task ? Unknown()
            : task.State is FakeTaskState.Finished ? Results.Bytes(Clip, ContentType)
            : Say(404, "Generation is still in-progress"));
    }

    /// <summary>Rates, quotas and content rules are a gateway's before the open servers, in OpenAI's envelope.</summary>
    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Envelope(429, "rate_limit_exceeded", "Rate limit reached."),
        FakeRefusal.Quota => Envelope(429, "insufficient_quota", "You exceeded your current quota."),
        FakeRefusal.Unauthorised when software is VideosSoftware.VllmOmni => Results.Json(new { error = "Unauthorized " + echoed }, statusCode: 401),
        FakeRefusal.Unauthorised => Say(401, $"Incorrect API key provided: {echoed}", "invalid_api_key"),
        FakeRefusal.Moderated => Envelope(400, "moderation_blocked", "Your request was blocked by our moderation system."),
        FakeRefusal.InvalidInput => Say(400, $"The request is not valid: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private IResult Say(int status, string message, string? code = null) => software switch
    {
        VideosSoftware.Sglang => Results.Json(new { detail = message }, statusCode: status),
        VideosSoftware.VllmOmni => Results.Json(new { error = new { message, type = "BadRequestError", param = (string?)null, code = status } }, statusCode: status),
        _ => Envelope(status, code, message),
    };

    private static IResult Envelope(int status, string? code, string message) =>
        Results.Json(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } }, statusCode: status);

    /// <summary>What FastAPI says of a field.</summary>
    private IResult Invalid(string field, string message) => software is VideosSoftware.Generic
        ? Envelope(400, "invalid_value", $"{field}: {message}")
        : Results.Json(new { detail = new[] { new { type = "value_error", loc = new[] { "body", field }, msg = message } } }, statusCode: 422);

    private IResult Unknown() => Say(404, "Video not found");

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (!http.Request.HasFormContentType)
            return Invalid("prompt", "Field required");
        http.Request.EnableBuffering();
        using (var reader = new StreamReader(http.Request.Body, Encoding.Latin1, leaveOpen: true))
            LastForm = await reader.ReadToEndAsync();
        http.Request.Body.Position = 0;
        var form = await http.Request.ReadFormAsync();
        if (await MistakeAsync(form) is { } mistake)
            return mistake;
        var fields = new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        var order = new FakeOrder(form["model"], form["prompt"], decimal.Parse(form["seconds"]!, CultureInfo.InvariantCulture), fields);
        return await SubmitAsync(http, order, task => Results.Json(View(task)));
    }

    private async Task<IResult?> MistakeAsync(IFormCollection form)
    {
        if (string.IsNullOrEmpty(form["prompt"]))
            return Invalid("prompt", "Field required");
        if (!WholeSeconds().IsMatch(form["seconds"].ToString()) || (software is VideosSoftware.Generic && form["seconds"].ToString() is not ("4" or "8" or "12")))
            return Invalid("seconds", $"'{form["seconds"]}' is no length");
        if (!WidthByHeight().IsMatch(form["size"].ToString()) || (software is VideosSoftware.Generic && !Sizes.Contains(form["size"].ToString(), StringComparer.Ordinal)))
            return Invalid("size", $"'{form["size"]}' is no size");
        if (form.TryGetValue("extra_params", out var extra) && !IsObject(extra.ToString()))
            return Say(400, "Invalid JSON in form field.");
        if (form.Files.GetFile("input_reference") is not { } file)
            return software is VideosSoftware.Sglang ? Say(400, "input_reference file is required") : null;
        if (!LooksAtPictures)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return PictureSize.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is not { } size ? Say(400, "The reference is no picture.")
            : size != form["size"] ? Say(400, "Inpaint image must match the requested width and height") : null;
    }

    private Dictionary<string, object?> View(FakeTask task)
    {
        var created = task.CreatedAt.ToUnixTimeSeconds();
        var view = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = task.Id, ["object"] = "video", ["model"] = task.Order.Model, ["status"] = Status ?? StatusOf(task), ["created_at"] = created,
            ["progress"] = Progress is { } word ? JsonNode.Parse(word) : task.State is FakeTaskState.Finished ? 100 : 0,
            ["completed_at"] = task.State is FakeTaskState.Finished ? Clock.GetUtcNow().ToUnixTimeSeconds() : null,
            ["size"] = (string?)task.Order.Body["size"], ["seconds"] = (string?)task.Order.Body["seconds"], ["error"] = ErrorOf(task),
        };
        if (software is not VideosSoftware.Sglang)
            (view["prompt"], view["expires_at"], view["remixed_from_video_id"]) = (task.Order.Prompt, created + 3_600, null);
        return view;
    }

    private object? ErrorOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Moderated => new { code = "moderation_blocked", message = "The clip was blocked." },
        FakeTaskState.Failed => software switch
        {
            VideosSoftware.VllmOmni => new { code = 500, message = "CUDA out of memory" },
            VideosSoftware.Sglang => new { message = "CUDA out of memory" },
            _ => (object)new { code = "video_generation_failed", message = "Something went wrong." },
        },
        _ => null,
    };

    private string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "queued",
        // SGLang calls a task queued until it is done.
        FakeTaskState.Running => software is VideosSoftware.Sglang ? "queued" : "in_progress",
        FakeTaskState.Finished => "completed",
        FakeTaskState.Strange => "dreaming",
        _ => "failed",
    };

    private IResult List(string? after, string? order, int limit)
    {
        if (limit is < 1 or > 100)
            return Invalid("limit", "must be 1 to 100");
        var all = order == "asc" ? Tasks.ToList() : [.. Tasks.Reverse()];
        var rest = after is null || IgnoresCursor ? all : [.. all.SkipWhile(task => task.Id != after).Skip(1)];
        var page = rest.Take(Math.Min(limit, MostPerPage)).ToList();
        var data = page.Select(View);
        return software is VideosSoftware.Sglang
            ? Results.Json(new { @object = "list", data })
            : Results.Json(new { @object = "list", data, first_id = page.FirstOrDefault()?.Id, last_id = page.LastOrDefault()?.Id, has_more = rest.Count > page.Count });
    }

    private IResult Delete(string id)
    {
        if (Find(id) is not { } task)
            return Unknown();
        Forget(id);
        return software is VideosSoftware.Sglang
            ? Results.Json(new Dictionary<string, object?>(View(task), StringComparer.Ordinal) { ["status"] = "deleted" })
            : Results.Json(new { id, @object = "video.deleted", deleted = true });
    }

    private static bool IsObject(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[1-9]\d*$", RegexOptions.NonBacktracking)]
    private static partial Regex WholeSeconds();

    [GeneratedRegex(@"^\d+x\d+$", RegexOptions.NonBacktracking)]
    private static partial Regex WidthByHeight();
}
