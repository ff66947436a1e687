using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProductVideo.Conformance.Providers.Fakes;

namespace ProductVideo.Conformance.Providers.LocalAi;

/// <summary>LocalAI's <c>POST /video</c> after its source of 2026: it answers when the clip is done, and refuses a picture that is not plain base64.</summary>
public sealed class FakeLocalAi : FakeProvider
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Once for each call that is at work.</summary>
    public SemaphoreSlim Arrivals { get; } = new(0);

    /// <summary>Whether the clip lies within the answer.</summary>
    public bool IsInline { get; set; }

    /// <summary>How the call ends once it is finished.</summary>
    public SubmitFault End { get; set; }

    /// <summary>Lets every call end that waits.</summary>
    public void FinishAll() => _finished.TrySetResult();

    protected override void Map(WebApplication app)
    {
        app.MapPost("/video", (Delegate)MakeAsync);
        app.MapGet("/v1/models", (HttpContext http) => IsLetIn(http) ? Results.Json(new { data = new[] { new { id = "wan" } } }) : Refuse(FakeRefusal.Unauthorised, ""));
        app.MapGet("/generated-videos/{file}", (HttpContext http, string file) => !IsLetIn(http) ? Refuse(FakeRefusal.Unauthorised, "")
            : file.EndsWith(".mp4", StringComparison.Ordinal) ? Results.Bytes(Clip, "video/mp4") : Error(404, "not found"));
    }

    protected override IResult Refuse(FakeRefusal refusal, string echoed) => refusal switch
    {
        FakeRefusal.Unauthorised => Error(401, $"An authentication key is required; {ApiKey} is none"),
        FakeRefusal.InvalidInput => Error(400, $"Bad Request {ApiKey}"),
        FakeRefusal.RateLimited or FakeRefusal.Quota => Error(429, "Too many requests"),
        FakeRefusal.Moderated => Error(400, "Refused"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };

    private static IResult Error(int code, string message) => Results.Json(new { error = new { code, message, type = "" } }, statusCode: code);

    private async Task<IResult> MakeAsync(HttpContext http)
    {
        if (!IsLetIn(http))
            return Refuse(FakeRefusal.Unauthorised, "");
        var body = await http.Request.ReadFromJsonAsync<JsonNode>() ?? new JsonObject();
        if ((string?)body["model"] is not { Length: > 0 } model)
            return Error(400, "Bad Request");
        if ((string?)body["start_image"] is not { } picture || !Convert.TryFromBase64String(picture, new byte[picture.Length], out _))
            return Error(500, "illegal base64 data at input byte 4");
        var frames = (int?)body["num_frames"] ?? 0;
        FakeTask? made = null;
        var begun = await SubmitAsync(http, new FakeOrder(model, (string?)body["prompt"], frames, body), task =>
        {
            made = task;
            return Results.Empty;
        });
        if (made is null)
            return begun;
        Arrivals.Release();
        if (!FinishesAtOnce)
            await _finished.Task.WaitAsync(http.RequestAborted);
        made.State = FakeTaskState.Finished;
        switch (End)
        {
            case SubmitFault.DropAfterCreate:
                http.Abort();
                return Results.Empty;
            case SubmitFault.ServerErrorAfterCreate:
                return Error(500, "rpc error: backend died");
            case SubmitFault.RateLimited:
                return Refuse(FakeRefusal.RateLimited, "");
            case SubmitFault.Html:
                return Results.Text("<h1>Welcome</h1>", "text/html");
            case SubmitFault.BrokenJson:
                return Results.Text("{\"data\":[{", "application/json");
            default:
                return Results.Json(new
                {
                    created = 1, id = Guid.NewGuid(),
                    data = new[] { IsInline ? (object)new { b64_json = Convert.ToBase64String(Clip) } : new { url = $"http://localai.internal:8080/generated-videos/b64{made.Number}.mp4" } },
                });
        }
    }
}
