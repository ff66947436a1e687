using Microsoft.Data.Sqlite;
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

    /// <summary>
    /// Takes away what the template's ledger knows of its task. That was made at a provider of its own, and a list that lacks what is known to be
    /// there proves nothing: every order that is lost would wait for a person.
    /// </summary>
    /// <param name="file">Of the rows, where they are in one.</param>
    public async Task ForgetTasksAsync(string file)
    {
        const string Forget = "DELETE FROM submit_intents";
        if (_template is not null)
        {
            // Whoever stays connected to a template keeps it from being copied.
            await PostgresCluster.ExecuteAsync(_template + ";Pooling=false", Forget);
            return;
        }

        await using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText = Forget;
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _server is null ? ValueTask.CompletedTask : _server.DisposeAsync();

    /// <summary>All lanes' workers together must not take all of the server's connections.</summary>
    private static string Few(string connection) => connection + ";Maximum Pool Size=16;Connection Idle Lifetime=5;Connection Pruning Interval=1";
}
