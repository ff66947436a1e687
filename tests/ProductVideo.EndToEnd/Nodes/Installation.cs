using System.Net.Http.Headers;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Nodes;

/// <summary>Several processes of the real host over one database, one blob store and one key ring, by settings alone.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly List<HostProcess> _nodes = [];
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly string _folder = Checkout.NewFolder();
    private string? _key;

    public Installation(string database, string blobs, string container)
    {
        (Database, Blobs, Container) = (database, blobs, container);
        Set("Database__Engine", "postgres");
        Set("Database__ConnectionString", database);
        Set("AzureBlobs__ConnectionString", blobs);
        Set("AzureBlobs__Container", container);
        Set("AzureBlobs__ServiceVersion", "V2025_11_05");
        Set("KeyRing", Path.Combine(_folder, "keys"));
    }

    public string Database { get; }

    public string Blobs { get; }

    public string Container { get; }

    /// <param name="setting">Below <c>ProductVideo</c>, with <c>__</c> between its parts.</param>
    /// <param name="value">For all nodes that start from now on.</param>
    public void Set(string setting, string value) => _settings["PRODUCTVIDEO_ProductVideo__" + setting] = value;

    /// <summary>A data folder; nodes that name the same one share the sample shop's listing.</summary>
    public string Folder(string name) => Path.Combine(_folder, name);

    /// <param name="folder">See <see cref="Folder"/>.</param>
    /// <param name="roles">Null for all.</param>
    /// <param name="own">Settings of this node alone.</param>
    public async Task<HostProcess> StartAsync(string folder, string? roles = null, params (string Setting, string Value)[] own)
    {
        var settings = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
        foreach (var (setting, value) in own)
            settings["PRODUCTVIDEO_ProductVideo__" + setting] = value;
        var node = await HostProcess.ServeAsync(Folder(folder), settings, roles);
        _nodes.Add(node);
        return node;
    }

    public Task<Ended> RunAsync(params string[] arguments) => HostProcess.RunAsync([.. arguments, "--data", Folder("command")], _settings);

    /// <summary>Speaks to a node with a key that was made on the command line and that every node knows.</summary>
    public async Task<NodeClient> ClientAsync(HostProcess node)
    {
        _key ??= (await RunAsync("keys", "create", "--name", "test")).Output.Trim();
        return new NodeClient(new HttpClient
        {
            BaseAddress = new Uri(node.Address),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _key) },
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
