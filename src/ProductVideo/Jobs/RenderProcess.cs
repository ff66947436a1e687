using Hangfire.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Rendering;

namespace ProductVideo.Jobs;

/// <summary>One renderer: takes the oldest waiting order, renders it, and rests when there is none. Hangfire runs as many as are set.</summary>
internal sealed class RenderProcess(RenderWorker worker, ILogger<RenderProcess> log) : IBackgroundProcess
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    public void Execute(BackgroundProcessContext context)
    {
        bool rendered;
        try
        {
            rendered = worker.RenderNextAsync(context.StoppingToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Renderer stopped; its order was given back");
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Renderer could not take or end an order");
            rendered = false;
        }

        if (!rendered)
            context.StoppingToken.WaitHandle.WaitOne(Rest);
    }
}
