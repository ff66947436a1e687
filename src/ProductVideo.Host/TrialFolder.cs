using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Host.Commands;

namespace ProductVideo.Host;

/// <summary>
/// The folder that the trial shop is, kept in the data folder: whoever types a command beside the server seldom has the variable that named it, and
/// with another folder under the same key none of the server's products would be found.
/// </summary>
internal sealed class TrialFolder
{
    /// <summary>The setting that names it.</summary>
    private const string Setting = "SampleShop";

    private const string Variable = $"PRODUCTVIDEO_{Setting}";

    /// <summary>What is kept where the trial shop is the sample.</summary>
    private const string Sample = "";

    private readonly string _data;

    /// <summary>null where nothing is: no version that keeps it ever worked on this data folder.</summary>
    private readonly string? _kept;

    private TrialFolder(string data, string? kept, string? own, bool isNamed) => (_data, _kept, Own, IsNamed) = (data, kept, own, isNamed);

    /// <summary>The folder that somebody named; null for the sample.</summary>
    public string? Own { get; }

    /// <summary>Whether the settings say which it is, be it the sample; else the data folder does.</summary>
    public bool IsNamed { get; }

    /// <summary>Where the products are.</summary>
    public string Path => Own ?? System.IO.Path.Combine(AppContext.BaseDirectory, "SampleShop");

    /// <summary>What to do where a folder that was kept is there no more.</summary>
    public string WayOut => $"It is the folder that was served last. Bring it back, name another with {Variable}=FOLDER, or name none with {Variable}= for the sample shop.";

    /// <summary>What the settings name, nothing being the sample; what was kept, where they don't say.</summary>
    /// <param name="settings">Of this process.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="reads">Whether this process reads products; else it goes ahead wherever the folder is, and leaves as it is what is kept.</param>
    public static TrialFolder Of(IConfiguration settings, string data, bool reads)
    {
        if (!reads)
            return new TrialFolder(data, Sample, own: null, isNamed: true);
        var kept = File.Exists(FileOf(data)) ? File.ReadAllText(FileOf(data)) : null;
        return settings[Setting] is not { } named ? new TrialFolder(data, kept, kept is Sample ? null : kept, isNamed: false)
            : new TrialFolder(data, kept, string.IsNullOrWhiteSpace(named) ? null : System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named)), isNamed: true);
    }

    /// <summary>Keeps it, and has the shop gone through anew: what is known of it is another folder's.</summary>
    private async Task KeepAsync(WatchedShops watched, CancellationToken cancellationToken)
    {
        var mine = Own ?? Sample;
        if (mine == _kept)
            return;
        await watched.ScanAnewAsync(ProductVideoApp.SampleShop, cancellationToken);
        // Last: what ends before is done again by the next start.
        Directory.CreateDirectory(ProductVideoApp.ShopsOf(_data));
        var beside = $"{FileOf(_data)}.{Guid.NewGuid():n}";
        await File.WriteAllTextAsync(beside, mine, cancellationToken);
        File.Move(beside, FileOf(_data), overwrite: true);
    }

    /// <exception cref="RefusedException">A server is running that serves another.</exception>
    private async Task DemandNoOtherAsync(CancellationToken cancellationToken)
    {
        if (_kept is null || _kept == (Own ?? Sample) || await ServerAddress.AnsweringAsync(_data, cancellationToken) is not { } server)
            return;
        throw new RefusedException(
            RefusalKind.Conflict,
            new Problem(
                "other_folder",
                $"A server of the data folder {_data} is running at {server} and serves {NameOf(_kept)}; {Variable} names {NameOf(Own)}. Leave {Variable} out to work on what it serves, "
                    + $"give another data folder with --data FOLDER, or stop the server first. {ServerAddress.IfStale(_data)}",
                $"{NameOf(Own)} was named beside a server of {NameOf(_kept)}."),
            Setting);
    }

    private static string NameOf(string? own) => own is null or Sample ? "the sample shop" : own;

    /// <summary>Among what a backup copies.</summary>
    private static string FileOf(string data) => System.IO.Path.Combine(ProductVideoApp.ShopsOf(data), $"{ProductVideoApp.SampleShop}.folder");

    /// <summary>Before anything works on the server's orders.</summary>
    internal sealed class Check(TrialFolder folder) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => folder.DemandNoOtherAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Once there is a database.</summary>
    internal sealed class Keep(TrialFolder folder, WatchedShops watched) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => folder.KeepAsync(watched, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
