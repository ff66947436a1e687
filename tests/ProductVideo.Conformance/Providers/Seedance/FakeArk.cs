using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.Seedance;

/// <summary>Ark's content-generation tasks as the vendor's pages and SDK of 2026 describe them, with the refusals that they name.</summary>
public sealed class FakeArk : FakeProvider
{
    private static readonly string[] Ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "adaptive"];

    private readonly Lock _listing = new();
    private DateTimeOffset? _lastList;

    /// <summary>Whether the list tells what was sent as <c>safety_identifier</c>.</summary>
    public bool EchoesIdentifier { get; set; }

    /// <summary>A task that waits begins in the very moment when it is to be stopped; the call is answered as ever and has no effect.</summary>
    public bool BeginsBeforeDelete { get; set; }

    /// <summary>Members that every task shows otherwise than documented.</summary>
    public JsonObject Odd { get; } = [];

    /// <summary>Records that were deleted.</summary>
    public int Deleted { get; private set; }

    /// <summary>Tasks on a page of the list, however many were asked for.</summary>
    public int MostPerPage { get; set; } = int.MaxValue;

    /// <summary>Pages that show their tasks; later ones are empty.</summary>
    public int Pages { get; set; } = int.MaxValue;

    /// <summary>How far apart questions for the list must be, by <see cref="FakeProvider.Clock"/>; zero for no limit.</summary>
    public TimeSpan ListsApart { get; init; }

    /// <summary>Questions for the list that were refused because they came too soon.</summary>
    public int HastyLists { get; private set; }

    protected override string NewId(int number) => FormattableString.Invariant($"cgt-20261122120000-{number:d5}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/api/v3/contents/generations/tasks", (Delegate)CreateAsync);
        app.MapGet("/api/v3/contents/generations/tasks/{id}", (HttpContext http, string id) => IsLetIn(http)
            ? Check(http, id, task => Results.Json(View(task)), () => Error(404, "InvalidTask.NotFound", $"The task {id} is not found."))
            : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/api/v3/contents/generations/tasks", List);
        app.MapDelete("/api/v3/contents/generations/tasks/{id}", Delete);
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Error(429, "RateLimitExceeded.EndpointRPMExceeded", "The requests per minute limit is exceeded."),
        FakeRefusal.Quota => Error(429, "QuotaExceeded", "The account's quota is exceeded."),
        FakeRefusal.Unauthorised => Error(401, "AuthenticationError", $"The API key is invalid: {echoed}"),
        FakeRefusal.Moderated => Error(400, "InputImageSensitiveContentDetected.PrivacyInformation", "The image may contain a real person."),
        FakeRefusal.InvalidInput => Error(400, "InvalidParameter", $"A parameter is not valid: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error = new { code, message, param = "", type = "BadRequest" } }, statusCode: status);

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (Mistake(body) is { } mistake)
            return Error(400, "InvalidParameter", mistake);
        var text = body["content"]!.AsArray().FirstOrDefault(part => (string?)part!["type"] == "text");
        return await SubmitAsync(
            http, new FakeOrder((string?)body["model"], (string?)text?["text"], (int?)body["duration"], body), task => Results.Json(new { id = task.Id }));
    }

    private static string? Mistake(JsonNode body)
    {
        var model = (string?)body["model"] ?? "";
        var parts = body["content"]?.AsArray() ?? [];
        string[] roles = [.. parts.Where(part => (string?)part!["type"] == "image_url").Select(part => (string?)part!["role"] ?? "first_frame")];
        var (seconds, most) = ((int?)body["duration"] ?? 5, model.Contains("2-5", StringComparison.Ordinal) ? 30 : model.Contains("1-5", StringComparison.Ordinal) ? 12 : 15);
        return !model.Contains("seedance", StringComparison.Ordinal) ? "model"
            : parts.Count == 0 ? "content"
            : (string?)body["ratio"] is { } ratio && !Ratios.Contains(ratio, StringComparer.Ordinal) ? "ratio"
            : parts.Any(part => (string?)part!["type"] == "image_url" && (string?)part["image_url"]?["url"] is not { Length: > 0 }) ? "image_url.url"
            : roles.Contains("reference_image") && roles.Any(role => role != "reference_image") ? "first frame and reference do not mix"
            : roles.Contains("first_frame") && model.Contains("2-5", StringComparison.Ordinal) && (string?)body["ratio"] is not (null or "adaptive") ? "TaskTypeConstraint: ratio"
            : seconds != -1 && (seconds < 4 || seconds > most) ? "duration"
            : body["seed"] is not null && !model.Contains("1-", StringComparison.Ordinal) ? "seed"
            : (string?)body["resolution"] == "1080p" && (model.Contains("fast", StringComparison.Ordinal) || model.Contains("mini", StringComparison.Ordinal)) ? "resolution"
            : null;
    }

    private JsonObject View(FakeTask task)
    {
        var view = new JsonObject
        {
            ["id"] = task.Id, ["model"] = task.Order.Model, ["status"] = StatusOf(task),
            ["created_at"] = task.CreatedAt.ToUnixTimeSeconds(), ["updated_at"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (EchoesIdentifier)
            view["safety_identifier"] = (string?)task.Order.Body["safety_identifier"];
        if (task.State is FakeTaskState.Finished)
        {
            view["content"] = new JsonObject { ["video_url"] = $"{Address.AbsoluteUri.TrimEnd('/')}/clips/{task.Id}.mp4" };
            view["usage"] = new JsonObject { ["completion_tokens"] = 108_900, ["total_tokens"] = 108_900 };
            (view["resolution"], view["ratio"], view["duration"], view["framespersecond"]) = ("720p", "1:1", task.Order.Seconds, 24);
            view["generate_audio"] = (bool?)task.Order.Body["generate_audio"] ?? true;
        }

        if (task.State is FakeTaskState.Failed or FakeTaskState.Moderated)
        {
            view["error"] = new JsonObject
            {
                ["code"] = task.State is FakeTaskState.Failed ? "InternalServiceError" : "OutputVideoSensitiveContentDetected",
                ["message"] = task.State is FakeTaskState.Failed ? "The service met an error." : "The output video may contain sensitive content.",
            };
        }

        foreach (var (name, value) in Odd)
            view[name] = value?.DeepClone();
        return view;
    }

    private static string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "queued",
        FakeTaskState.Running => "running",
        FakeTaskState.Finished => "succeeded",
        FakeTaskState.Cancelled => "cancelled",
        FakeTaskState.Strange => "dreaming",
        _ => "failed",
    };

    private IResult List(HttpContext http, int page_num = 1, int page_size = 10)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (IsHasty())
            return Error(429, "RateLimitExceeded.EndpointRPSExceeded", "The requests per second limit is exceeded.");
        page_size = Math.Min(page_size, MostPerPage);
        var model = http.Request.Query["filter.model"].ToString();
        var all = Tasks.Reverse().Where(task => model.Length == 0 || task.Order.Model == model).ToList();
        return Results.Json(new JsonObject
        {
            ["total"] = all.Count,
            ["items"] = new JsonArray([.. all.Skip((page_num - 1) * page_size).Take(page_num > Pages ? 0 : page_size).Select(View)]),
        });
    }

    private bool IsHasty()
    {
        lock (_listing)
        {
            var (last, now) = (_lastList, Clock.GetUtcNow());
            _lastList = now;
            if (!(now - last < ListsApart))
                return false;
            HastyLists++;
            return true;
        }
    }

    /// <summary>Cancels what waits, deletes the record of what has ended, and leaves what runs alone.</summary>
    private IResult Delete(HttpContext http, string id)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (BeginsBeforeDelete && Find(id) is { State: FakeTaskState.Queued } begun)
            begun.State = FakeTaskState.Running;
        switch (Find(id))
        {
            case null:
                return Error(404, "InvalidTask.NotFound", id);
            case { State: FakeTaskState.Queued } waiting:
                waiting.State = FakeTaskState.Cancelled;
                break;
            case { State: FakeTaskState.Running }:
                break;
            default:
                Deleted++;
                Forget(id);
                break;
        }

        return Results.Json(new { });
    }
}
