using Microsoft.Extensions.Logging;

namespace ProductVideo.Data;

/// <summary>Tells once that the database is away, however many loops run into it, and once that it is back.</summary>
internal sealed class DatabaseOutage(ILogger<DatabaseOutage> log)
{
    private bool _away;

    /// <returns>Whether that is what failed, so that nobody else need tell it.</returns>
    public bool Tell(Exception failure)
    {
        if (!DatabaseFaults.IsUnavailable(failure))
            return false;
        if (!Interlocked.Exchange(ref _away, value: true))
            log.LogError(failure, "The database can't be used. Everything waits until it is back, and looks again after half a minute at the latest");
        return true;
    }

    /// <summary>Something was read or written.</summary>
    public void Over()
    {
        if (Volatile.Read(ref _away) && Interlocked.Exchange(ref _away, value: false))
            log.LogInformation("The database is back; everything goes on");
    }
}
