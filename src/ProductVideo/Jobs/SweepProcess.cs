using Hangfire.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Pipeline;

namespace ProductVideo.Jobs;

/// <summary>The recurring sweep as a Hangfire background process: it finds what is due even if every wake-up was lost.</summary>
internal sealed class SweepProcess(Sweep sweep, PipelineOptions options, ILogger<SweepProcess> log) : IBackgroundProcess
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    public void Execute(BackgroundProcessContext context)
    {
        try
        {
            if (sweep.RunAsync(context.StoppingToken).GetAwaiter().GetResult() == 0)
                context.StoppingToken.WaitHandle.WaitOne(options.SweepEvery);
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Sweep stopped");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The database is away: nothing can be decided without it, and everything is found again once it is back.
            log.LogError(e, "Sweep could not look for due videos");
            context.StoppingToken.WaitHandle.WaitOne(AfterFailure);
        }
    }
}
