using Hangfire.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Jobs;

/// <summary>Takes one piece of work after the other while there is any, and rests when there is none.</summary>
/// <param name="what">Whose work, for the log.</param>
/// <param name="next">Does the next piece; false if there was none.</param>
/// <param name="rest">How long it rests then, and after a first failure.</param>
/// <param name="database">Told of when the database is away.</param>
/// <param name="log">Where failures are told.</param>
internal sealed class OneByOneProcess(
    string what, Func<CancellationToken, Task<bool>> next, TimeSpan rest, DatabaseOutage database, ILogger<OneByOneProcess> log) : IBackgroundProcess
{
    private readonly Setback _setback = new(what, rest, database, log);

    public void Execute(BackgroundProcessContext context)
    {
        try
        {
            var more = next(context.StoppingToken).GetAwaiter().GetResult();
            _setback.Over(wrote: more);
            if (!more)
                context.StoppingToken.WaitHandle.WaitOne(rest);
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogInformation("{What} stopped; what was begun was given back", what);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Mostly the database is away: the rows are found again once it is back.
            context.StoppingToken.WaitHandle.WaitOne(_setback.WaitAfter(e));
        }
    }
}
