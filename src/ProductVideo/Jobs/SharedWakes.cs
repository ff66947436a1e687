using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProductVideo.Data.Postgres;

namespace ProductVideo.Jobs;

/// <summary>
/// Wake-ups in PostgreSQL, so that any node may take one. They only hurry: without their tables every node still sweeps, and nothing waits
/// longer than until its next look.
/// </summary>
internal sealed class SharedWakes : IDisposable
{
    private const string Schema = "productvideo_hangfire";

    /// <summary>A hand-over takes no time. Without its tables a server can't end by itself and is left after this.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly BackgroundJobServer _server;
    private readonly BackgroundJobClient _client;
    private readonly ILogger _log;
    private bool _broken;

    private SharedWakes(JobStorage storage, JobActivator activator, ILogger log)
    {
        _client = new BackgroundJobClient(storage);
        _server = new BackgroundJobServer(new BackgroundJobServerOptions { Activator = activator, WorkerCount = 2, ShutdownTimeout = Drain }, storage);
        _log = log;
    }

    /// <summary>Makes the tables where they are missing; null if that can't be done.</summary>
    public static SharedWakes? Start(string connectionString, JobActivator activator, ILogger log)
    {
        try
        {
            return new SharedWakes(Open(connectionString), activator, log);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning(e, "The schema {Schema} can't be made; wake-ups stay in this process, and every node's sweep finds what is due", Schema);
            return null;
        }
    }

    /// <returns>Whether a node will look; told once when it begins to fail.</returns>
    public bool TryWake(Guid id)
    {
        try
        {
            _client.Enqueue<SharedWakeJob>(job => job.Run(id));
            Volatile.Write(ref _broken, value: false);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!Interlocked.Exchange(ref _broken, value: true))
                _log.LogWarning(e, "Wake-ups can't be written to the schema {Schema}; every node's sweep finds what is due. A restart makes the schema again", Schema);
            return false;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _server.SendStop();
        return _server.WaitForShutdownAsync(cancellationToken);
    }

    public void Dispose() => _server.Dispose();

    private static PostgreSqlStorage Open(string connectionString)
    {
        var address = PostgresAddress.Complete(connectionString).ConnectionString;
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            // Otherwise a job that takes long is started again and again beside itself.
            UseSlidingInvisibilityTimeout = true,
            // The workers of the process that wakes are signalled; the other nodes' sweeps look more often than this.
            QueuePollInterval = TimeSpan.FromSeconds(5),
            // As the address says.
            EnableTransactionScopeEnlistment = false,
            // One attempt, told when it fails, instead of half a minute of a start that stands still.
            StartupConnectionMaxRetries = 0,
        };
        // Nodes that start together would make the same tables at the same moment.
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var alone = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtext('{Schema}'))", connection, transaction);
        alone.ExecuteNonQuery();
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(address, options), options)
        {
            // Nobody looks back at a wake-up; Hangfire would keep it for a day.
            JobExpirationTimeout = TimeSpan.FromHours(1),
        };
    }
}
