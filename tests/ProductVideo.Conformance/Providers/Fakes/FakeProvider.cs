using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Providers.Fakes;

/// <summary>
/// A provider's service on a free port of this machine, with a ledger of its own and everything that may go wrong on the way. Derived classes
/// speak one vendor's protocol; foreign clients judge them.
/// </summary>
public abstract class FakeProvider : IAsyncDisposable
{
    /// <summary>The only key that is let in.</summary>
    public const string ApiKey = "fake-key-2b6c1f0d";

    private readonly ConcurrentDictionary<string, FakeTask> _tasks = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private Socket? _held;
    private int _submits;
    private int _ids;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What goes wrong with every submit from now on.</summary>
    public SubmitFault SubmitFault { get; set; }

    /// <summary>What goes wrong with every question about a task from now on.</summary>
    public CheckFault CheckFault { get; set; }

    /// <summary>What goes wrong with the bytes of every clip from now on.</summary>
    public ClipFault ClipFault { get; set; }

    /// <summary>Whether new tasks are finished at once.</summary>
    public bool FinishesAtOnce { get; set; }

    /// <summary>The clip that every finished task gives.</summary>
    public byte[] Clip { get; set; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Paid requests that arrived, taken or not.</summary>
    public int Submits => Volatile.Read(ref _submits);

    /// <summary>All tasks that exist and are charged, the oldest first.</summary>
    public IReadOnlyList<FakeTask> Tasks => [.. _tasks.Values.OrderBy(task => task.Number)];

    /// <summary>Done once a request hangs.</summary>
    public Task Hung => _hung.Task;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100_000_000);
        _app = builder.Build();
        _app.Use(ServeBrokenAsync);
        Map(_app);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    public void Finish(string id) => _tasks[id].State = FakeTaskState.Finished;

    /// <summary>
    /// Goes away: from now on its port refuses every connection. A server that was disposed of may listen for a moment longer, and its port may
    /// be given to somebody else's; a socket that is bound to it and does not listen shuts out both.
    /// </summary>
    public async Task LeaveAsync()
    {
        await _app!.StopAsync();
        _held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        while (!TryHold(_held))
            await Task.Yield();

        bool TryHold(Socket socket)
        {
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Address.Port));
                return true;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                return false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _held?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void Map(WebApplication app);

    /// <summary>In the vendor's own words.</summary>
    protected abstract IResult Refuse(FakeRefusal refusal, string echoed);

    /// <summary>How a task ends that the vendor takes first and judges later; null where this refusal answers the request itself.</summary>
    protected virtual FakeTaskState? EndsAs(FakeRefusal refusal) => null;

    /// <summary>Handles a paid request: counts it, lets it go wrong as told, and charges for the task it makes.</summary>
    protected async Task<IResult> SubmitAsync(HttpContext http, FakeOrder order, Func<FakeTask, IResult> answer)
    {
        Interlocked.Increment(ref _submits);
        var late = RefusalOf(SubmitFault) is { } refused ? EndsAs(refused) : null;
        if (late is null && RefusalOf(SubmitFault) is { } refusal)
        {
            if (SubmitFault is SubmitFault.RateLimitedWithTime)
                http.Response.Headers.RetryAfter = "7";
            return Refuse(refusal, http.Request.Headers.Authorization.ToString());
        }

        var number = Interlocked.Increment(ref _ids);
        var task = new FakeTask(NewId(number), number, order, Clock.GetUtcNow())
        {
            State = late ?? (FinishesAtOnce ? FakeTaskState.Finished : FakeTaskState.Queued),
        };
        _tasks[task.Id] = task;
        return await GoneWrongAsync(http, SubmitFault) ?? answer(task);
    }

    /// <summary>Handles a question about a task.</summary>
    protected IResult Check(HttpContext http, string id, Func<FakeTask, IResult> answer, Func<IResult> unknown)
    {
        switch (CheckFault)
        {
            case CheckFault.RateLimited:
                return Refuse(FakeRefusal.RateLimited, "");
            case CheckFault.ServerError:
                return Results.Text("<h1>Bad gateway</h1>", "text/html", statusCode: 502);
            case CheckFault.Html:
                return Results.Text("<h1>Welcome</h1>", "text/html");
            case CheckFault.Drop:
                http.Abort();
                return Results.Empty;
        }

        if (!_tasks.TryGetValue(id, out var task))
            return unknown();
        return answer(CheckFault switch
        {
            CheckFault.LateModeration => task with { State = FakeTaskState.Moderated },
            CheckFault.Failed => task with { State = FakeTaskState.Failed },
            CheckFault.StrangeState => task with { State = FakeTaskState.Strange },
            _ => task,
        });
    }

    protected FakeTask? Find(string id) => _tasks.GetValueOrDefault(id);

    protected void Forget(string id) => _tasks.TryRemove(id, out _);

    protected static bool IsLetIn(HttpContext http, string header = "Authorization", string start = "Bearer ") => http.Request.Headers[header] == start + ApiKey;

    protected virtual string NewId(int number) => FormattableString.Invariant($"task-{number:d6}");

    private async Task ServeBrokenAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "";
        if (ClipFault is ClipFault.None || !(path.EndsWith(".mp4", StringComparison.Ordinal) || path.EndsWith("/content", StringComparison.Ordinal)))
        {
            await next(http);
            return;
        }

        var answer = http.Response;
        switch (ClipFault)
        {
            case ClipFault.Expired:
                (answer.StatusCode, answer.ContentType) = (403, "application/xml");
                await answer.WriteAsync("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
                break;
            case ClipFault.Truncated:
                (answer.ContentType, answer.ContentLength) = ("video/mp4", Clip.Length);
                await answer.Body.WriteAsync(Clip.AsMemory(0, Clip.Length / 2));
                await answer.Body.FlushAsync();
                http.Abort();
                break;
            case ClipFault.Html:
                answer.ContentType = "text/html";
                await answer.WriteAsync("<h1>Welcome</h1>");
                break;
            case ClipFault.NoVideo:
                answer.ContentType = "video/mp4";
                await answer.Body.WriteAsync(new byte[20_000]);
                break;
        }
    }

    /// <summary>503 in the provider's own form; overridden where its body has a code that tells a refusal from a fault.</summary>
    protected virtual IResult Unavailable() => new AsStatus(Refuse(FakeRefusal.RateLimited, ""), 503);

    private static FakeRefusal? RefusalOf(SubmitFault fault) => fault switch
    {
        SubmitFault.RateLimited or SubmitFault.RateLimitedWithTime => FakeRefusal.RateLimited,
        SubmitFault.QuotaAs429 => FakeRefusal.Quota,
        SubmitFault.Unauthorised => FakeRefusal.Unauthorised,
        SubmitFault.Moderated => FakeRefusal.Moderated,
        SubmitFault.InvalidInput => FakeRefusal.InvalidInput,
        _ => null,
    };

    private async Task<IResult?> GoneWrongAsync(HttpContext http, SubmitFault fault)
    {
        switch (fault)
        {
            case SubmitFault.DropAfterCreate:
                http.Abort();
                return Results.Empty;
            case SubmitFault.HangAfterCreate:
                _hung.TrySetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
            case SubmitFault.ServerErrorAfterCreate:
                return Results.StatusCode(500);
            case SubmitFault.UnavailableAfterCreate:
                return Results.Text("<h1>503 Service Temporarily Unavailable</h1>", "text/html", statusCode: 503);
            case SubmitFault.UnavailableInOwnWordsAfterCreate:
                return Unavailable();
            case SubmitFault.BrokenJson:
                return Results.Text("{\"output\":{\"task_id\":", "application/json");
            case SubmitFault.Html:
                return Results.Text("<h1>Welcome</h1>", "text/html");
            default:
                return null;
        }
    }

    /// <summary>An answer under another status.</summary>
    private sealed class AsStatus(IResult answer, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.OnStarting(() =>
            {
                httpContext.Response.StatusCode = status;
                return Task.CompletedTask;
            });
            return answer.ExecuteAsync(httpContext);
        }
    }
}
