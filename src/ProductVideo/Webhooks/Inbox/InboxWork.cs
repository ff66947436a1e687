using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Webhooks.Inbox;

/// <summary>
/// Follows what was received. A provider's call makes its generation due now and writes nothing else, so a forged, repeated or late one can
/// only cause a look that finds what is true.
/// </summary>
internal sealed class InboxWork(
    WebhookInbox inbox, WebhookSources sources, GenerationStore generations, IWakeGenerations wake, IEnumerable<IHearShops> listeners,
    WebhookOptions options, IDatabaseClock clock, TimeProvider time, ILogger<InboxWork> log)
{
    private const int MaxTries = 8;

    /// <summary>A provider may call before the answer that holds the task's id is written down here.</summary>
    private static readonly TimeSpan WaitForTask = TimeSpan.FromMinutes(10);

    private readonly IHearShops[] _listeners = [.. listeners];

    private long? _forgotten;

    /// <summary>Follows one delivery; false if none is due.</summary>
    public async Task<bool> FollowNextAsync(CancellationToken cancellationToken)
    {
        await ForgetOldAsync(cancellationToken);
        if (await inbox.ClaimNextAsync(cancellationToken) is not { } delivery)
            return false;
        try
        {
            await FollowAsync(delivery, cancellationToken);
        }
        catch when (cancellationToken.IsCancellationRequested)
        {
            await inbox.ReleaseAsync(delivery, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Delivery {Delivery} of {Source} could not be followed", delivery.DeliveryId, delivery.Source);
            await LaterAsync(delivery, e.Message, cancellationToken);
        }

        return true;
    }

    private Task FollowAsync(WebhookDeliveryRow delivery, CancellationToken cancellationToken)
    {
        var call = new WebhookCall(
            new Dictionary<string, string>(Json.Read<Dictionary<string, string>>(delivery.Headers), StringComparer.OrdinalIgnoreCase), delivery.Body, delivery.ReceivedAt);
        return sources.Find(delivery.Source) switch
        {
            { Provider: { } provider, Key: var key } => HintAsync(delivery, key, provider.Read(call), cancellationToken),
            { Shop: { } shop, Key: var key } => HearAsync(delivery, key, shop.Read(call), cancellationToken),
            // A shop that was connected on another server is known here within seconds.
            _ => LaterAsync(delivery, "its sender is not known here", cancellationToken),
        };
    }

    private async Task HintAsync(WebhookDeliveryRow delivery, string provider, string? task, CancellationToken cancellationToken)
    {
        if (task is null)
        {
            await EndAsync("about no task");
            return;
        }

        switch (await generations.HintAsync(provider, task, cancellationToken))
        {
            case HintOutcome.Due due:
                await EndAsync("asked now");
                wake.Wake(due.Generation);
                break;
            case HintOutcome.NotWaiting:
                await EndAsync("nothing waits for it");
                break;
            case HintOutcome.Busy:
                await inbox.WaitAsync(delivery, "is being asked", TimeSpan.FromSeconds(5), cancellationToken);
                break;
            case HintOutcome.Unknown when await clock.NowAsync(cancellationToken) - delivery.ReceivedAt < WaitForTask:
                await inbox.WaitAsync(delivery, "unknown task so far", Patience(delivery.Tries), cancellationToken);
                break;
            default:
                await EndAsync("unknown task");
                break;
        }

        Task EndAsync(string outcome) => inbox.EndAsync(delivery, WebhookInbox.Done, outcome, follow: null, cancellationToken);
    }

    private Task HearAsync(WebhookDeliveryRow delivery, string shop, ShopNews news, CancellationToken cancellationToken) => inbox.EndAsync(
        delivery, WebhookInbox.Done, news.GetType().Name,
        async db =>
        {
            foreach (var listener in _listeners)
                await listener.HearAsync(db, shop, news, cancellationToken);
        },
        cancellationToken);

    private Task LaterAsync(WebhookDeliveryRow delivery, string why, CancellationToken cancellationToken) => delivery.Tries >= MaxTries
        ? inbox.EndAsync(delivery, WebhookInbox.Failed, why, follow: null, cancellationToken)
        : inbox.WaitAsync(delivery, why, Patience(delivery.Tries), cancellationToken);

    /// <summary>2 s, 4 s, 8 s … a minute.</summary>
    private static TimeSpan Patience(int tries) => TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(tries, 10))));

    private async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        if (_forgotten is { } last && time.GetElapsedTime(last) < TimeSpan.FromHours(1))
            return;
        _forgotten = time.GetTimestamp();
        await inbox.ForgetAsync(await clock.NowAsync(cancellationToken) - options.KeepFor, cancellationToken);
    }
}
