using ProductVideo.Conformance.Blobs;
using ProductVideo.Conformance.Databases;
using Xunit;

namespace ProductVideo.EndToEnd.Nodes;

/// <summary>What the nodes of an installation have between them: a PostgreSQL server and a blob store.</summary>
public sealed class SharedStores : IAsyncLifetime
{
    private int _installations;

    internal PostgresCluster Postgres { get; } = new();

    internal Azurite Azurite { get; } = new();

    public async ValueTask InitializeAsync() => await Task.WhenAll(Postgres.InitializeAsync().AsTask(), Azurite.InitializeAsync().AsTask());

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    /// <summary>An empty database and an empty container.</summary>
    internal async Task<Installation> NewInstallationAsync() =>
        new(await Postgres.NewDatabaseAsync(), Azurite.ConnectionString, $"installation-{Interlocked.Increment(ref _installations)}");
}
