using Hangfire.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Jobs;

/// <summary>The recurring sweep as a Hangfire background process: it finds what is due even if every wake-up was lost.</summary>
internal sealed class SweepProcess(Sweep sweep, PipelineOptions options, DatabaseOutage database, TimeProvider clock, ILogger<SweepProcess> log) : IBackgroundProcess
{
    private readonly Setback _setback = new("The sweep", TimeSpan.FromSeconds(1), database, log);

    public void Execute(BackgroundProcessContext context)
    {
        try
        {
            var begun = sweep.RunAsync(context.StoppingToken).GetAwaiter().GetResult();
            _setback.Over();
            if (begun == 0)
                Task.Delay(options.SweepEvery, clock, context.StoppingToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Sweep stopped");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Mostly the database is away: nothing can be decided without it, and everything is found again once it is back.
            context.StoppingToken.WaitHandle.WaitOne(_setback.WaitAfter(e));
        }
    }
}
