using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.Runway;

/// <summary>
/// Runway's image-to-video, its tasks and its account as the vendor's SDK and pages of 2026 describe them. It refuses what they refuse, in
/// words without a code; moderation ends a task, and charges for it.
/// </summary>
public sealed class FakeRunway : FakeProvider
{
    private static readonly string[] Ratios = ["1280:720", "720:1280", "1104:832", "960:960", "832:1104", "1584:672"];

    /// <summary>What the account has left.</summary>
    public decimal Credits { get; set; } = 1_000;

    /// <summary>Clips that the account has made in the last 24 hours, of 50.</summary>
    public int MadeToday { get; set; }

    /// <summary>A failed task is charged nevertheless.</summary>
    public decimal CreditsOfFailures { get; set; }

    /// <summary>What a question about a task tells as <c>progress</c> while it runs.</summary>
    public double Progress { get; set; } = 0.25;

    /// <summary>The account has as many tasks at once as it may, so others wait.</summary>
    public bool Throttles { get; set; }

    /// <summary>Records that were deleted.</summary>
    public int Deleted { get; private set; }

    /// <summary>Questions about the account.</summary>
    public int AccountQuestions { get; private set; }

    /// <summary>The reason that a failed task names.</summary>
    public string? FailureCode { get; set; } = "INTERNAL.BAD_OUTPUT.CODE01";

    protected override string NewId(int number) => FormattableString.Invariant($"17f20503-6c24-4c16-946b-{number:d12}");

    protected override FakeTaskState? EndsAs(FakeRefusal refusal) => refusal is FakeRefusal.Moderated ? FakeTaskState.Moderated : null;

    protected override void Map(WebApplication app)
    {
        app.MapPost("/v1/image_to_video", (Delegate)CreateAsync);
        app.MapGet("/v1/tasks/{id}", (HttpContext http, string id) =>
            Closed(http) ?? Check(http, id, task => Results.Json(View(task)), () => Error(404, "An task with that ID was not found.")));
        app.MapDelete("/v1/tasks/{id}", Delete);
        app.MapGet("/v1/organization", (HttpContext http) => Closed(http) ?? Results.Json(Organization()));
        app.MapGet("/clips/{id}.mp4", () => Results.Bytes(Clip, "video/mp4"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed)
    {
        // The words of both are the same; what the account has left tells why.
        if (refusal is FakeRefusal.Quota)
            MadeToday = 50;
        return refusal switch
        {
            FakeRefusal.RateLimited or FakeRefusal.Quota => Error(429, "Too many requests."),
            FakeRefusal.Unauthorised => Error(401, $"The API key is not valid: {echoed}"),
            FakeRefusal.InvalidInput => Error(400, $"Validation of body failed: {echoed}"),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
        };
    }

    private static IResult Error(int status, string error) =>
        Results.Json(new { error, docUrl = "https://docs.dev.runwayml.com/api" }, statusCode: status);

    private IResult? Closed(HttpContext http) => !IsLetIn(http) ? Refuse(FakeRefusal.Unauthorised, "")
        : http.Request.Headers["X-Runway-Version"] != "2024-11-06" ? Error(400, "The X-Runway-Version header is missing or not known.")
        : null;

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (Closed(http) is { } closed)
            return closed;
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if (Mistake(body) is { } mistake)
            return Error(400, $"Validation of body failed: {mistake}");
        var order = new FakeOrder((string?)body["model"], (string?)body["promptText"], (int?)body["duration"], body);
        if (CreditsOf(order) > Credits)
            return Error(400, "You do not have enough credits to run this task.");
        return await SubmitAsync(http, order, task => Results.Json(new { id = task.Id, estimatedCost = new { credits = CreditsOf(order) } }));
    }

    private static string? Mistake(JsonNode body)
    {
        var prompt = (string?)body["promptText"];
        var picture = (string?)body["promptImage"];
        return (string?)body["model"] is not ("gen4.5" or "gen4_turbo") ? "model"
            : prompt is { Length: 0 or > 1_000 } || (prompt is null && (string?)body["model"] is "gen4.5") ? "promptText"
            : picture is null || !(picture.StartsWith("https://", StringComparison.Ordinal) || picture.StartsWith("data:image/", StringComparison.Ordinal)) ? "promptImage"
            : picture.StartsWith("data:", StringComparison.Ordinal) && picture.Length >= 5 * 1024 * 1024 ? "promptImage: too large"
            : !Ratios.Contains((string?)body["ratio"], StringComparer.Ordinal) ? "ratio"
            : !int.TryParse(body["duration"]?.ToJsonString(), CultureInfo.InvariantCulture, out var seconds) || seconds is < 2 or > 10 ? "duration"
            : body["seed"] is { } seed && (!long.TryParse(seed.ToJsonString(), CultureInfo.InvariantCulture, out var number) || number is < 0 or > uint.MaxValue) ? "seed"
            : null;
    }

    private static decimal CreditsOf(FakeOrder order) => (order.Seconds ?? 0) * (order.Model == "gen4.5" ? 12 : 5);

    private JsonObject View(FakeTask task)
    {
        var view = new JsonObject
        {
            ["id"] = task.Id, ["status"] = StatusOf(task), ["createdAt"] = task.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (task.State is FakeTaskState.Queued or FakeTaskState.Running or FakeTaskState.Strange)
            view["estimatedCost"] = new JsonObject { ["credits"] = CreditsOf(task.Order) };
        else
            view["cost"] = new JsonObject { ["credits"] = ChargedFor(task) };
        if (task.State is FakeTaskState.Running)
            view["progress"] = Progress;
        if (task.State is FakeTaskState.Finished)
            view["output"] = new JsonArray($"{Address.AbsoluteUri.TrimEnd('/')}/clips/{task.Id}.mp4?_jwt={Guid.NewGuid():n}");
        if (task.State is FakeTaskState.Moderated)
            (view["failure"], view["failureCode"]) = ("The content was flagged by moderation.", "SAFETY.OUTPUT.VIDEO");
        if (task.State is FakeTaskState.Failed)
            view["failure"] = "An unexpected error occurred.";
        if (task.State is FakeTaskState.Failed && FailureCode is { } code)
            view["failureCode"] = code;
        return view;
    }

    private decimal ChargedFor(FakeTask task) => task.State switch
    {
        FakeTaskState.Finished or FakeTaskState.Moderated => CreditsOf(task.Order),
        FakeTaskState.Failed => CreditsOfFailures,
        _ => task.Begun ? CreditsOf(task.Order) : 0,
    };

    private string StatusOf(FakeTask task) => task.State switch
    {
        FakeTaskState.Queued => Throttles ? "THROTTLED" : "PENDING",
        FakeTaskState.Running => "RUNNING",
        FakeTaskState.Finished => "SUCCEEDED",
        FakeTaskState.Cancelled => "CANCELLED",
        FakeTaskState.Strange => "DREAMING",
        _ => "FAILED",
    };

    private JsonObject Organization()
    {
        AccountQuestions++;
        return new JsonObject
        {
            ["creditBalance"] = Credits,
            ["tier"] = new JsonObject
            {
                ["maxMonthlyCreditSpend"] = 10_000,
                ["models"] = new JsonObject
                {
                    ["gen4.5"] = new JsonObject { ["maxConcurrentGenerations"] = 2, ["maxDailyGenerations"] = 50 },
                    ["gen4_turbo"] = new JsonObject { ["maxConcurrentGenerations"] = 2, ["maxDailyGenerations"] = null },
                },
            },
            ["usage"] = new JsonObject { ["models"] = new JsonObject { ["gen4.5"] = new JsonObject { ["dailyGenerations"] = MadeToday } } },
        };
    }

    /// <summary>Cancels what has not ended, and deletes the record of what has.</summary>
    private IResult Delete(HttpContext http, string id)
    {
        if (Closed(http) is { } closed)
            return closed;
        switch (Find(id))
        {
            case null:
                return Error(404, "An task with that ID was not found.");
            case { State: FakeTaskState.Queued or FakeTaskState.Running } task:
                (task.Begun, task.State) = (task.State is FakeTaskState.Running, FakeTaskState.Cancelled);
                break;
            default:
                Deleted++;
                Forget(id);
                break;
        }

        return Results.NoContent();
    }
}
