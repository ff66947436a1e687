using Hangfire.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Pipeline;

namespace ProductVideo.Jobs;

/// <summary>The recurring sweep as a Hangfire background process: it finds what is due even if every wake-up was lost.</summary>
internal sealed class SweepProcess(Sweep sweep, PipelineOptions options, ILogger<SweepProcess> log) : IBackgroundProcess
{
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
    }
}
