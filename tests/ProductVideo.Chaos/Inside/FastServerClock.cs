using Npgsql;
using ProductVideo.Data;

namespace ProductVideo.Chaos.Inside;

/// <summary>The database server's clock, at the run's speed: the same for every worker, however wrong its own is.</summary>
internal sealed class FastServerClock(string connection, DateTimeOffset epoch) : IDatabaseClock
{
    private readonly NpgsqlDataSource _server = NpgsqlDataSource.Create(connection);

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var now = _server.CreateCommand("SELECT clock_timestamp()");
        var time = new DateTimeOffset((DateTime)(await now.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
        return epoch + ((time - epoch) * FastClock.Speed);
    }
}
