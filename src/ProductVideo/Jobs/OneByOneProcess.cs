using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Jobs;

/// <summary>Takes one piece of work after the other while there is any, and rests when there is none.</summary>
/// <param name="what">Whose work, for the log.</param>
/// <param name="next">Does the next piece; false if there was none.</param>
/// <param name="rest">How long it rests then, and after a failure.</param>
/// <param name="log">Where failures are told.</param>
internal sealed class OneByOneProcess(string what, Func<CancellationToken, Task<bool>> next, TimeSpan rest, ILogger<OneByOneProcess> log) : IBackgroundProcess
{
    public void Execute(BackgroundProcessContext context)
    {
        bool more;
        try
        {
            more = next(context.StoppingToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogInformation("{What} stopped; what was begun was given back", what);
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The database is away: the rows are found again once it is back.
            log.LogError(e, "{What} could not take or end the next piece of work", what);
            more = false;
        }

        if (!more)
            context.StoppingToken.WaitHandle.WaitOne(rest);
    }
}
