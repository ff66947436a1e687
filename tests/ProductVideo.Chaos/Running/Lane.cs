using System.Diagnostics;
using System.Globalization;
using Npgsql;
using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Conformance.Databases;

namespace ProductVideo.Chaos.Running;

/// <summary>How a lane is set up.</summary>
internal sealed record LaneSettings
{
    public Knobs Knobs { get; init; } = new();
    public BadHabit Habit { get; init; }
    public int Seed { get; init; }

    /// <summary><c>worker</c> for the product, <c>naive</c> for the control.</summary>
    public string Verb { get; init; } = "worker";

    public bool NewKey { get; init; }

    /// <summary>See <see cref="WorkerSettings.Patient"/>.</summary>
    public bool Patient { get; init; }

    /// <summary>
    /// How long nothing at all may change before what has not ended counts as lost. No limit for the whole: how much a machine does at a
    /// time is its own business.
    /// </summary>
    public TimeSpan Patience { get; init; } = LongPatience;

    public static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(60);
}

/// <summary>One world, one data folder, and one worker or more on it. Lanes know nothing of each other.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly Run _run;
    private readonly LaneSettings _settings;
    private readonly List<WorkerProcess> _workers = [];
    private int _products;

    private readonly string? _database;

    private Lane(Run run, string folder, World world, LaneSettings settings, string? database) =>
        (_run, Folder, World, _settings, _database) = (run, folder, world, settings, database);

    public World World { get; }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    /// <summary>The one that is spoken to.</summary>
    public WorkerProcess Worker => _workers[0];

    public IReadOnlyList<WorkerProcess> Workers => _workers;

    public static async Task<Lane> OpenAsync(Run run, string name, LaneSettings settings)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, name)).FullName;
        var world = await World.OpenAsync(run.Films, run.Clock, settings.Knobs, settings.Seed, Path.Combine(folder, "ledger.txt"));
        // The template's own products are numbered from 1.
        var database = await run.Databases.NewAsync(empty: settings.NewKey);
        var lane = new Lane(run, folder, world, settings, database) { _products = settings.NewKey ? 0 : 100 };
        if (database is null)
            world.Trap.Asleep = worker => WriteLock.LetGo(Path.Combine(lane.Data, "productvideo.db"), worker);
        if (Directory.Exists(run.Template) && settings is { NewKey: false, Verb: "worker" })
            Run.CopyFolder(run.Template, lane.Data);
        else
            Directory.CreateDirectory(lane.Data);
        await lane.RestartAsync();
        return lane;
    }

    /// <summary>Starts a worker beside those that run; null if it died while starting.</summary>
    public async Task<WorkerProcess?> StartAsync(TimeSpan ahead = default, string? crash = null, string? verb = null)
    {
        var worker = await WorkerProcess.StartAsync(
            verb ?? _settings.Verb,
            new WorkerSettings(Data, World.Address, _run.Tools, _run.Clock.Epoch, ahead, _settings.Knobs.Correlation, _settings.Habit, crash, _settings.NewKey, _database, _settings.Patient),
            _run.Key, Path.Combine(Folder, "workers.txt"));
        if (worker is not null)
        {
            _workers.Add(worker);
            World.Callbacks.Listener = new Listener(worker.Api.Address, worker.Id);
        }

        return worker;
    }

    /// <summary>Sees that dead workers are gone and starts one instead.</summary>
    public async Task RestartAsync(TimeSpan ahead = default)
    {
        foreach (var dead in _workers.ToList())
        {
            await dead.DisposeAsync();
            _workers.Remove(dead);
        }

        if (await StartAsync(ahead) is null)
            throw new InvalidOperationException($"The worker does not start any more; see {Folder}.");
    }

    /// <summary>Takes the tables of the jobs away under the workers that use them. Only where rows are on a server.</summary>
    public async Task DropJobTablesAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await PostgresCluster.ExecuteAsync(_database!, "DROP SCHEMA IF EXISTS productvideo_hangfire CASCADE");
                return;
            }
            // The workers hold locks on these tables in an order of their own.
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected && tries < 10)
            {
                World.Ledger.Write("deadlock", "-", e.SqlState);
            }
        }
    }

    /// <summary>Copies the data folder aside. No worker may run.</summary>
    public void BackUp() => Run.CopyFolder(Data, Backup);

    /// <summary>Loses the data folder, says so, and starts a worker on what <see cref="BackUp"/> kept. No worker may run.</summary>
    public async Task RestoreAsync()
    {
        Directory.Delete(Data, recursive: true);
        Run.CopyFolder(Backup, Data);
        if (_settings.Habit is not BadHabit.ForgetsRestore)
            await StartAsync(verb: "restored");
        await RestartAsync();
    }

    private string Backup => Data + "-backup";

    /// <summary>Ends one worker by <paramref name="signal"/>, as far as it does, and forgets it.</summary>
    public async Task<TimeSpan> EndAsync(WorkerProcess worker, int signal)
    {
        var took = Stopwatch.StartNew();
        worker.Signal(signal);
        await worker.EndedAsync();
        _workers.Remove(worker);
        await worker.DisposeAsync();
        return took.Elapsed;
    }

    /// <summary>Speaks to <paramref name="worker"/> from now on.</summary>
    public void SpeakTo(WorkerProcess worker)
    {
        _workers.Remove(worker);
        _workers.Insert(0, worker);
    }

    public Task ArmAsync(CrashPoint point, int hit)
    {
        World.Trap.Arm(point.Outside ? point.Id : "", hit, Signals.Kill);
        return point.Outside ? Task.CompletedTask : Worker.Api.ControlAsync(string.Create(CultureInfo.InvariantCulture, $"arm/{point.Id}/{hit}"));
    }

    public Batch NewBatch(int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => new Order(string.Create(CultureInfo.InvariantCulture, $"m{++_products:d5}")))]);

    /// <summary>Sends every order once, side by side.</summary>
    public async Task SendAsync(Batch batch) => await Task.WhenAll(batch.Orders.Where(order => order.Answered is null).Select(Worker.Api.OrderAsync));

    /// <summary>Sends until every order is answered or the worker is dead.</summary>
    public async Task SendAllAsync(Batch batch)
    {
        for (var tries = 0; tries < 50 && !Worker.HasExited && batch.Orders.Any(order => order.Answered is null); tries++)
            await SendAsync(batch);
    }

    /// <summary>Waits until all have ended, sending again what was not answered. False if the worker died meanwhile or patience ended.</summary>
    public async Task<bool> QuietAsync(Batch batch, TimeSpan? patience = null)
    {
        var products = Products(batch);
        var (unchanged, before) = (Stopwatch.StartNew(), "");
        while (!Worker.HasExited && unchanged.Elapsed < (patience ?? _settings.Patience))
        {
            if (batch.Orders.Any(order => order.Answered is null))
                await SendAsync(batch);
            var told = (await Worker.Api.ListAsync() ?? []).Where(generation => products.Contains(generation.Product)).ToList();
            var ended = told.Where(Checker.HasEnded).Select(generation => generation.Product).ToHashSet(StringComparer.Ordinal);
            if (batch.Orders.All(order => order.Answered is not null && ended.Contains(order.Product)))
                return true;
            var now = string.Join(' ', told.Select(generation => generation.State));
            if (now != before)
                unchanged.Restart();
            before = now;
            await Task.Delay(TimeSpan.FromMilliseconds(40));
        }

        return false;
    }

    public async Task<IReadOnlyList<GenerationView>> ToldAsync(Batch batch)
    {
        var products = Products(batch);
        for (var tries = 0; tries < 20; tries++)
        {
            if (await Worker.Api.ListAsync() is { } told)
                return [.. told.Where(generation => products.Contains(generation.Product))];
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        throw new InvalidOperationException($"The worker does not answer; see {Folder}.");
    }

    private static HashSet<string> Products(Batch batch) => batch.Orders.Select(order => order.Product).ToHashSet(StringComparer.Ordinal);

    public async Task<IReadOnlyList<Violation>> CheckAsync(Batch batch) => Checker.Check(World, batch, await ToldAsync(batch));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        await World.DisposeAsync();
    }
}
