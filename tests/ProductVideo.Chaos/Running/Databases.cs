using Npgsql;
using ProductVideo.Conformance.Databases;

namespace ProductVideo.Chaos.Running;

/// <summary>Where the lanes keep their rows: each in a file of its data folder, or each in a database of one PostgreSQL server.</summary>
internal sealed class Databases : IAsyncDisposable
{
    private readonly PostgresCluster? _server;
    private string? _template;
    private int _lanes;

    private Databases(PostgresCluster? server) => _server = server;

    public static async Task<Databases> OpenAsync(bool postgres)
    {
        if (!postgres)
            return new Databases(null);
        var server = new PostgresCluster();
        await server.InitializeAsync();
        return new Databases(server);
    }

    /// <summary>A connection string, or null where rows are kept in files.</summary>
    /// <param name="empty">Without tables: the one that all later ones are copies of.</param>
    public async Task<string?> NewAsync(bool empty)
    {
        if (_server is null)
            return null;
        if (empty || _template is null)
            return _template = Few(await _server.NewDatabaseAsync());
        var name = $"lane_{Interlocked.Increment(ref _lanes)}";
        var template = new NpgsqlConnectionStringBuilder(_template).Database;
        await PostgresCluster.ExecuteAsync(_server.ConnectionString("postgres"), $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        return Few(_server.ConnectionString(name));
    }

    public ValueTask DisposeAsync() => _server is null ? ValueTask.CompletedTask : _server.DisposeAsync();

    /// <summary>All lanes' workers together must not take all of the server's connections.</summary>
    private static string Few(string connection) => connection + ";Maximum Pool Size=16;Connection Idle Lifetime=5;Connection Pruning Interval=1";
}
