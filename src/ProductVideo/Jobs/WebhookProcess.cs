using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Webhooks.Inbox;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Jobs;

/// <summary>Takes one webhook after the other while there are any, and rests when there are none.</summary>
internal sealed class WebhookProcess(Func<CancellationToken, Task<bool>> next, ILogger log) : IBackgroundProcess
{
    /// <summary>An endpoint is served by one sender at a time, so that a few slow ones leave room for the others.</summary>
    private const int Senders = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>The process of what came in, and those of what goes out.</summary>
    public static IEnumerable<IBackgroundProcess> All(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILogger<WebhookProcess>>();
        yield return new WebhookProcess(services.GetRequiredService<InboxWork>().FollowNextAsync, log);
        for (var i = 0; i < Senders; i++)
            yield return new WebhookProcess(services.GetRequiredService<WebhookSender>().SendNextAsync, log);
    }

    public void Execute(BackgroundProcessContext context)
    {
        bool more;
        try
        {
            more = next(context.StoppingToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (context.StoppingToken.IsCancellationRequested)
        {
            log.LogDebug("Webhooks stopped");
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The database is away: the rows are found again once it is back.
            log.LogError(e, "The next webhook could not be taken or ended");
            more = false;
        }

        if (!more)
            context.StoppingToken.WaitHandle.WaitOne(Rest);
    }
}
