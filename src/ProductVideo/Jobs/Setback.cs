using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Jobs;

/// <summary>What keeps a loop from its work: told when it begins and when it is over, and in between tried ever more seldom.</summary>
/// <param name="what">Whose work, for the log.</param>
/// <param name="first">How long it waits after the first failure.</param>
/// <param name="database">Tells for all loops where it is the database.</param>
/// <param name="log">Where anything else is told.</param>
internal sealed class Setback(string what, TimeSpan first, DatabaseOutage database, ILogger log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TimeSpan? _wait;
    private bool _told;

    /// <returns>How long to wait before it is tried again.</returns>
    public TimeSpan WaitAfter(Exception failure)
    {
        if (!database.Tell(failure) && !_told)
        {
            log.LogError(failure, "{What} could not take or end the next piece of work; it is tried again, after half a minute at the latest", what);
            _told = true;
        }

        var wait = _wait * 2 ?? first;
        _wait = wait < Longest ? wait : Longest;
        return _wait.Value;
    }

    /// <param name="wrote">Whether a piece of work was done; else there was none.</param>
    public void Over(bool wrote = false)
    {
        database.Over(wrote);
        if (_told)
            log.LogInformation("{What} goes on", what);
        (_wait, _told) = (null, false);
    }
}
