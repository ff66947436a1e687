using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Outside;

namespace ProductVideo.Chaos.Running;

/// <summary>One run of the harness: what all its lanes share.</summary>
internal sealed class Run : IAsyncDisposable
{
    private Run(string folder, int seed, FastClock clock, Films films, Databases databases) =>
        (Folder, Seed, Clock, Films, Databases) = (folder, seed, clock, films, databases);

    public string Folder { get; }
    public int Seed { get; }
    public FastClock Clock { get; }
    public Films Films { get; }
    public Databases Databases { get; }

    /// <summary>The API key of every lane that starts from <see cref="Template"/>.</summary>
    public string Key { get; private set; } = "";

    public string Tools => Path.Combine(Folder, "tools");

    /// <summary>A data folder with its tables made, a key, and one finished video: every lane starts from a copy of it.</summary>
    public string Template => Path.Combine(Folder, "template");

    public static async Task<Run> OpenAsync(int seed, bool postgres)
    {
        // In memory where there is such a place: what is killed here is the process, and the disk is not what is tested.
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(root, "pv-chaos-" + Guid.NewGuid().ToString("n")[..8])).FullName;
        var run = new Run(folder, seed, new FastClock(DateTimeOffset.UtcNow), await MakeFilmsAsync(Path.Combine(folder, "tools")), await Databases.OpenAsync(postgres));
        await run.MakeTemplateAsync();
        return run;
    }

    /// <summary>What the lanes left, for whoever looks into a failure.</summary>
    public bool Keep { get; set; }

    public async ValueTask DisposeAsync()
    {
        await Databases.DisposeAsync();
        if (!Keep)
            Directory.Delete(Folder, recursive: true);
    }

    private static async Task<Films> MakeFilmsAsync(string tools)
    {
        Directory.CreateDirectory(tools);
        return await Films.MakeAsync(tools);
    }

    private async Task MakeTemplateAsync()
    {
        await using (var lane = await Lane.OpenAsync(this, "template", new LaneSettings { NewKey = true }))
        {
            Key = lane.Worker.Key;
            var batch = lane.NewBatch(1);
            batch.Undisturbed = true;
            await lane.SendAsync(batch);
            await lane.QuietAsync(batch);
            var violations = await lane.CheckAsync(batch);
            if (violations.Count > 0)
                throw new InvalidOperationException("Not even one video comes about in peace: " + string.Join("; ", violations));
            lane.Worker.Signal(Points.Signals.Terminate);
            await lane.Worker.EndedAsync();
            await Databases.ForgetTasksAsync(Path.Combine(lane.Data, "productvideo.db"));
            CopyFolder(lane.Data, Template);
        }
    }

    public static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }
}
