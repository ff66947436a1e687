using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.Kling;

/// <summary>Kling's new interfaces, for 3.0 and for product clips, as the vendor's pages of 2026 describe them, with the refusals that they name.</summary>
public sealed class FakeKling : FakeProvider
{
    private const string Solution = "goods-studio";

    /// <summary>Whether who asks for a task that is not there is refused, or told of none; the vendor does not say which.</summary>
    public bool RefusesUnknownIds { get; set; }

    /// <summary>Whether a second copy of every order arrives right behind the first, as through a proxy that sends again; only the second is answered.</summary>
    public bool SendsTwice { get; set; }

    /// <summary>Whether a mark that is in use is taken once more, which the vendor excludes.</summary>
    public bool TakesMarksTwice { get; set; }

    /// <summary>What is answered to every order from now on, which makes nothing.</summary>
    public (int Status, int Code)? Refusal { get; set; }

    /// <summary>Whether tasks show our mark.</summary>
    public bool ShowsMark { get; set; } = true;

    /// <summary>Whether every question is answered with all tasks, whatever was asked.</summary>
    public bool IgnoresFilter { get; set; }

    /// <summary>What a finished task was paid with.</summary>
    public JsonNode? Billing { get; set; } = JsonNode.Parse("""[{"charge_type":"unit","amount":"2.5"}]""");

    /// <summary>How often tasks were asked for by our mark.</summary>
    public int LookUps { get; private set; }

    protected override string NewId(int number) => FormattableString.Invariant($"8{number:d17}");

    protected override void Map(WebApplication app)
    {
        app.MapPost("/image-to-video/{model}", (HttpContext http, string model) => model is "kling-3.0" or "kling-3.0-turbo"
            ? CreateAsync(http, model, body => KlingRules.ClipMistake(body, model)) : Task.FromResult(Error(404, 1203, "The model is not found.")));
        app.MapPost("/solutions/e-commerce/goods_studio", (Delegate)((HttpContext http) => CreateAsync(http, Solution, KlingRules.ProductClipMistake)));
        app.MapGet("/tasks", (HttpContext http) => Query(http, task => task.Order.Model != Solution));
        app.MapGet("/solutions", (HttpContext http) => Query(http, task => task.Order.Model == Solution));
        app.MapPost("/tasks", (Delegate)ListAsync);
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.RateLimited => Error(429, 1302, "Requests come too fast."),
        FakeRefusal.Quota => Error(429, 1102, "The resource pack is used up."),
        FakeRefusal.Unauthorised => Error(401, 1002, $"Authorization is invalid: {echoed}"),
        FakeRefusal.Moderated => Error(400, 1301, "The content may be unsafe."),
        FakeRefusal.InvalidInput => Error(400, 1201, $"A parameter is not valid: {echoed}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    protected override IResult Unavailable() => Error(503, 5001, "The service is not available.");

    private static IResult Error(int status, int code, string message) => Results.Json(new { code, message, request_id = "r-1" }, statusCode: status);

    private static IResult Success(JsonNode data) =>
        Results.Json(new JsonObject { ["code"] = 0, ["message"] = "SUCCEED", ["request_id"] = "r-1", ["data"] = data });

    private async Task<IResult> CreateAsync(HttpContext http, string model, Func<JsonNode, string?> mistakeOf)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        if (Refusal is var (status, code))
            return Error(status, code, "As told.");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (mistakeOf(body) is { } mistake)
            return Error(400, 1201, mistake);
        if (!TakesMarksTwice && MarkOf(body) is { } mark && Tasks.Any(task => MarkOf(task.Order.Body) == mark))
            return Error(400, 1201, "external_task_id");
        var order = new FakeOrder(
            model, TextOf(body, "prompt") ?? TextOf(body, "goods_title"), (int)body["settings"]!["duration"]!, body);
        if (SendsTwice)
        {
            await SubmitAsync(http, order, View);
            return Error(400, 1201, "external_task_id");
        }

        return await SubmitAsync(http, order, View);

        IResult View(FakeTask task) => Success(this.View(task));
    }

    private IResult Query(HttpContext http, Func<FakeTask, bool> isOfKind)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var (ids, marks) = (http.Request.Query["task_ids"].ToString(), http.Request.Query["external_task_ids"].ToString());
        if (ids.Length > 0 == marks.Length > 0)
            return Error(400, 1201, "task_ids or external_task_ids");
        LookUps += marks.Length > 0 ? 1 : 0;
        var found = Tasks.Where(task => IgnoresFilter || (isOfKind(task) && (ids.Length > 0 ? ids.Split(',').Contains(task.Id) : MarkOf(task.Order.Body) == marks))).ToList();
        return Check(
            http, found.FirstOrDefault()?.Id ?? "", task => Success(new JsonArray([View(task), .. found.Skip(1).Select(View)])), () => RefusesUnknownIds ? Error(404, 1203, "Not found.") : Success(new JsonArray()));
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        var (from, to, limit) = ((long?)body["start_time"], (long?)body["end_time"], (int?)body["limit"] ?? 100);
        return from is null || to is null || limit is < 1 or > 500
            ? Error(400, 1201, "start_time, end_time, limit")
            : Success(new JsonArray([.. Tasks.Where(task => task.CreatedAt.ToUnixTimeMilliseconds() >= from && task.CreatedAt.ToUnixTimeMilliseconds() <= to).Take(limit).Select(View)]));
    }

    private JsonObject View(FakeTask task)
    {
        var view = new JsonObject
        {
            ["id"] = task.Id, ["status"] = StatusOf(task),
            ["create_time"] = task.CreatedAt.ToUnixTimeMilliseconds(), ["update_time"] = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        if (ShowsMark)
            view["external_id"] = MarkOf(task.Order.Body);
        if (task.State is FakeTaskState.Finished)
        {
            var address = $"{Address.AbsoluteUri.TrimEnd('/')}/clips/{task.Id}.mp4";
            view["outputs"] = new JsonArray(
                new JsonObject { ["type"] = "cover", ["id"] = "o-0", ["url"] = address + ".jpg" },
                new JsonObject { ["type"] = "video", ["id"] = "o-1", ["url"] = address, ["watermark_url"] = address + "?marked", ["duration"] = "5" });
            view["billing"] = Billing?.DeepClone();
        }

        if (task.State is FakeTaskState.Failed or FakeTaskState.Moderated)
            view["message"] = task.State is FakeTaskState.Failed ? "The service met an error." : "The output may be unsafe.";
        return view;
    }

    private static string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => "submitted",
        FakeTaskState.Running => "processing",
        FakeTaskState.Finished => "succeeded",
        FakeTaskState.Strange => "dreaming",
        _ => "failed",
    };

    private static string? MarkOf(JsonNode body) => (string?)body["options"]?["external_task_id"];

    private static string? TextOf(JsonNode body, string type) => (string?)body["contents"]!.AsArray().FirstOrDefault(part => (string?)part!["type"] == type)?["text"];
}
