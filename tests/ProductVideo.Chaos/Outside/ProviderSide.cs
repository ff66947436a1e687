using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ProductVideo.Chaos.Points;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Outside;

/// <summary>The provider: creates tasks, charges for them, and never forgets one.</summary>
internal sealed partial class ProviderSide(World world, int seed)
{
    /// <summary>No id of one world is ever another's.</summary>
    private readonly string _name = Guid.NewGuid().ToString("n")[..8];

    private readonly Lock _lock = new();
    private readonly Random _chance = new(seed);
    private readonly Dictionary<string, RemoteTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _creates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private readonly List<string> _early = [];
    private int _cutOffs;

    /// <summary>How many creates were hung up on before they were answered.</summary>
    public int CutOffs => Volatile.Read(ref _cutOffs);

    public IReadOnlyList<RemoteTask> Tasks
    {
        get
        {
            lock (_lock)
                return [.. _tasks.Values];
        }
    }

    /// <summary>Products whose create came back before the time that the provider had named.</summary>
    public IReadOnlyList<string> Early
    {
        get
        {
            lock (_lock)
                return [.. _early];
        }
    }

    /// <summary>How many creates arrived for a product, stored or not.</summary>
    public int CreatesOf(string product)
    {
        lock (_lock)
            return _creates.GetValueOrDefault(product);
    }

    public async Task<IResult> CreateAsync(HttpContext http, CreateCall call)
    {
        var product = Product().Match(call.Prompt).Value;
        var worker = World.WorkerOf(http);
        CreateFault fault;
        lock (_lock)
        {
            var before = _creates[product] = _creates.GetValueOrDefault(product) + 1;
            fault = before <= world.Knobs.FaultsPerProduct && world.Knobs.CreateFaults is { Count: > 0 } faults ? faults[_chance.Next(faults.Count)] : CreateFault.None;
            if (_notBefore.TryGetValue(product, out var time) && DateTimeOffset.UtcNow < time)
                _early.Add(product);
        }

        world.Ledger.Write("create", product, call.Tag ?? call.Key ?? "-", $"{fault}");
        if (world.Trap.Killed("P04", worker))
            return world.CutOff(http);
        if (await RefuseAsync(http, product, fault) is { } refusal)
            return refusal;

        var task = Store(product, call, fault);
        await world.Callbacks.BeforeAnswerAsync(task);
        if (world.Trap.Killed("P05", worker))
            return world.CutOff(http);
        await Task.Delay(world.Knobs.CreateTakes);
        if (http.RequestAborted.IsCancellationRequested)
            Interlocked.Increment(ref _cutOffs);
        return await AnswerAsync(http, task, fault);
    }

    private async Task<IResult?> RefuseAsync(HttpContext http, string product, CreateFault fault)
    {
        switch (fault)
        {
            case CreateFault.ServerErrorBefore:
                return Results.StatusCode(500);
            case CreateFault.DropBefore:
                return world.CutOff(http);
            case CreateFault.HangBefore:
                await Task.Delay(World.Hang);
                return world.CutOff(http);
            case CreateFault.RateLimitedSeconds or CreateFault.UnavailableWithRetryAfter:
                http.Response.Headers.RetryAfter = RememberWait(product).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
                return Results.StatusCode(fault is CreateFault.RateLimitedSeconds ? 429 : 503);
            case CreateFault.RateLimitedDate:
                http.Response.Headers.RetryAfter = (world.Clock.GetUtcNow() + RememberWait(product)).ToString("R", CultureInfo.InvariantCulture);
                return Results.StatusCode(429);
            case >= CreateFault.Status400 and <= CreateFault.Status422:
                return Results.StatusCode(int.Parse(fault.ToString()["Status".Length..], CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }

    /// <summary>Half a minute on the worker's clock.</summary>
    private TimeSpan RememberWait(string product)
    {
        var wait = TimeSpan.FromSeconds(30);
        lock (_lock)
            // HTTP dates have whole seconds, which the date form may lose.
            _notBefore[product] = DateTimeOffset.UtcNow + ((wait - TimeSpan.FromSeconds(1.5)) / FastClock.Speed);
        return wait;
    }

    private RemoteTask Store(string product, CreateCall call, CreateFault fault)
    {
        lock (_lock)
        {
            if (world.Knobs.Correlation is CorrelationClass.Key && call.Key is not null && _keys.TryGetValue(call.Key, out var known))
                return _tasks[known];
            var now = DateTimeOffset.UtcNow;
            var jitter = TimeSpan.FromMilliseconds(_chance.Next(60));
            var files = world.Knobs.FileFaults;
            var task = new RemoteTask
            {
                Id = $"{_name}-{_tasks.Count + 1:d5}",
                Product = product,
                Tag = call.Tag,
                Seconds = call.Seconds,
                CreatedAt = now,
                DoneAt = now + world.Knobs.RenderTakes + jitter,
                VisibleAt = now + world.Knobs.ListLag,
                FileFault = files.Count == 0 ? FileFault.None : files[_chance.Next(files.Count)],
                CallbackFault = world.Knobs.Callbacks is { Count: > 0 } calls ? calls[_tasks.Count % calls.Count] : null,
            };
            var others = fault is CreateFault.OthersId ? _tasks.Values.FirstOrDefault() : null;
            _tasks.Add(task.Id, task);
            if (call.Key is not null)
                _keys[call.Key] = task.Id;
            world.Callbacks.Follow(task);
            world.Ledger.Write("charged", product, task.Id, $"tag {call.Tag} key {call.Key}");
            return others ?? task;
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext http, RemoteTask task, CreateFault fault)
    {
        switch (fault)
        {
            case CreateFault.ServerErrorAfter:
                return Results.StatusCode(500);
            case CreateFault.BadGatewayAfter:
                return Results.StatusCode(502);
            case CreateFault.TimeoutStatusAfter:
                return Results.StatusCode(504);
            case CreateFault.GarbageAfter:
                return Results.Text("<html>welcome</html>", "text/html");
            case CreateFault.DropAfter:
                return world.CutOff(http);
            case CreateFault.HangAfter:
                await Task.Delay(World.Hang);
                return world.CutOff(http);
            default:
                return Results.Json(new { id = task.Id });
        }
    }

    public IResult List(HttpContext http, long from)
    {
        if (world.Knobs.Correlation is CorrelationClass.Nothing or CorrelationClass.Key)
            return Results.NotFound();
        var now = DateTimeOffset.UtcNow;
        var since = new DateTimeOffset(from, TimeSpan.Zero);
        return Results.Json(Tasks.Where(task => task.VisibleAt <= now && world.OnClock(task.CreatedAt) >= since).Select(task => View(task, now)));
    }

    public IResult Get(HttpContext http, string id)
    {
        if (world.Trap.Killed("P08", World.WorkerOf(http)))
            return world.CutOff(http);
        lock (_lock)
        {
            if (!_tasks.TryGetValue(id, out var task))
                return Results.NotFound();
            var now = DateTimeOffset.UtcNow;
            task.Checks++;
            if (task.IsDone(now))
                task.Addresses++;
            return Results.Json(View(task, now) with { Url = task.IsDone(now) ? $"{world.Address}/provider/files/{id}.mp4?address={task.Addresses}" : null });
        }
    }

    public IResult Cancel(string id)
    {
        lock (_lock)
        {
            // Too late once it runs, which is at once.
            return _tasks.ContainsKey(id) ? Results.StatusCode(409) : Results.NotFound();
        }
    }

    public async Task FileAsync(HttpContext http, string id, int address)
    {
        RemoteTask? task;
        lock (_lock)
            task = _tasks.GetValueOrDefault(id);
        http.Response.StatusCode = task switch
        {
            null => 404,
            { FileFault: FileFault.ForbiddenOnce } when address == 1 => 403,
            { FileFault: FileFault.ExpiredOnce } when address == 1 => 410,
            _ => 200,
        };
        if (http.Response.StatusCode != 200)
            return;
        if (task!.FileFault is FileFault.HtmlOnce && address == 1)
        {
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<!doctype html><title>Sign in</title>");
            return;
        }

        var bytes = world.Films.Of(task);
        http.Response.ContentType = "video/mp4";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await http.Response.Body.FlushAsync();
        // A download says no process id: whoever took the task is the one that downloads.
        if (world.Trap.Killed("P10", world.LastWorker))
        {
            http.Abort();
            return;
        }

        await http.Response.Body.WriteAsync(bytes.AsMemory(bytes.Length / 2));
    }

    private TaskView View(RemoteTask task, DateTimeOffset now) => new(
        task.Id, world.OnClock(task.CreatedAt).UtcTicks, task.IsDone(now) ? "done" : "rendering", world.Knobs.Correlation switch
        {
            CorrelationClass.Tag => task.Tag,
            CorrelationClass.TagWhenFinished when task.IsDone(now) => task.Tag,
            _ => null,
        },
        AskAfter: task.CallbackFault is null or CallbackFault.Missing ? 1 : world.Knobs.AskAfter.TotalSeconds);

    [GeneratedRegex(@"\bm\d{5}\b")]
    private static partial Regex Product();
}

/// <param name="Prompt">Names the product.</param>
/// <param name="Seconds">The clip's length.</param>
/// <param name="Tag">Echoed, where the class says so.</param>
/// <param name="Key">De-duplicates, where the class says so.</param>
internal sealed record CreateCall(string Prompt, decimal Seconds, string? Tag, string? Key);

/// <param name="Id">The provider's id.</param>
/// <param name="CreatedAt">UTC ticks on the run's clock.</param>
/// <param name="Status"><c>rendering</c> or <c>done</c>.</param>
/// <param name="Tag">What came with the create, where it is shown.</param>
/// <param name="AskAfter">Seconds on the workers' clock.</param>
/// <param name="Url">Where the clip is.</param>
internal sealed record TaskView(string Id, long CreatedAt, string Status, string? Tag, double AskAfter = 1, string? Url = null);
