using Microsoft.Extensions.Logging;

namespace ProductVideo.Data;

/// <summary>Tells once that the database is away, however many loops run into it, and once that it is back.</summary>
internal sealed class DatabaseOutage(TimeProvider clock, ILogger<DatabaseOutage> log)
{
    /// <summary>Whoever is refused a write tries again before this is over; after it nobody was, and a server without work writes nothing that would show it.</summary>
    private static readonly TimeSpan Unrefused = TimeSpan.FromMinutes(1);

    private bool _away;

    /// <summary>What refuses writes still answers who reads.</summary>
    private bool _refusesWrites;
    private long _refusedAt;

    /// <returns>Whether that is what failed, so that nobody else need tell it.</returns>
    public bool Tell(Exception failure)
    {
        if (!DatabaseFaults.IsUnavailable(failure))
            return false;
        if (DatabaseFaults.RefusesWrites(failure))
        {
            Volatile.Write(ref _refusedAt, clock.GetTimestamp());
            Volatile.Write(ref _refusesWrites, value: true);
        }

        if (!Interlocked.Exchange(ref _away, value: true))
            log.LogError(failure, "The database can't be used. Everything waits until it is back, and looks again after half a minute at the latest");
        return true;
    }

    /// <param name="wrote">Whether something was written; else it was read.</param>
    public void Over(bool wrote = false)
    {
        if (!Volatile.Read(ref _away) || (!wrote && Volatile.Read(ref _refusesWrites) && clock.GetElapsedTime(Volatile.Read(ref _refusedAt)) < Unrefused))
            return;
        Volatile.Write(ref _refusesWrites, value: false);
        if (Interlocked.Exchange(ref _away, value: false))
            log.LogInformation("The database is back; everything goes on");
    }
}
