using System.Text;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Http;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>Sends what is due, signed after Standard Webhooks. A receiver may see an event twice, with the same id, but never not at all.</summary>
internal sealed class WebhookSender(
    AttemptStore store, EndpointSecrets locked, GuardedPost post, WebhookOptions options, TimeProvider clock, IDatabaseClock decides, ILogger<WebhookSender> log)
{
    private long? _forgotten;

    /// <summary>Sends one event to one endpoint; false if nothing is due.</summary>
    public async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        await ForgetOldAsync(cancellationToken);
        if (await store.ClaimNextAsync(cancellationToken) is not { } sending)
            return false;
        Reply reply;
        try
        {
            reply = await SendAsync(sending, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await store.ReleaseAsync(sending, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Unwritten, it would be the next again and again, and all others would wait behind it.
            log.LogError(e, "{Event} could not be sent to {Endpoint}", sending.Event.Id, Redaction.Of(sending.Endpoint.Url));
            reply = new Reply(Status: null, "It could not be sent: " + e.GetBaseException().Message);
        }

        // The receiver has it: that is written down even if the host is stopping.
        var tries = sending.Attempt.Tries + 1;
        var plan = RetryPlan.After(
            tries, reply, sending.Endpoint.FailingSince, await decides.NowAsync(CancellationToken.None), Random.Shared.NextDouble());
        if (await store.RecordAsync(sending, reply, plan, CancellationToken.None))
            Tell(sending, tries, reply, plan);
        return true;
    }

    private Task<Reply> SendAsync(Sending sending, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(sending.Event.Body);
        if (SecretsOf(sending.Endpoint, now) is not { Length: > 0 } secrets)
        {
            log.LogError("The secret of {Endpoint} can't be read: the key ring is not the one it was encrypted with", Redaction.Of(sending.Endpoint.Url));
            return Task.FromResult(new Reply(Status: null, "This webhook's secret can't be read any more, so nothing can be signed. Make a new secret."));
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StandardWebhooks.IdHeader] = sending.Event.Id,
            [StandardWebhooks.TimestampHeader] = StandardWebhooks.Seconds(now),
            [StandardWebhooks.SignatureHeader] = StandardWebhooks.Sign(sending.Event.Id, now, body, secrets),
        };
        return post.SendAsync(new Uri(sending.Endpoint.Url), headers, body, cancellationToken);
    }

    /// <summary>The newest first; the one before is signed with too for a while.</summary>
    /// <returns>Empty if the newest can't be read: signed with the one before alone, a receiver would refuse it soon.</returns>
    private string[] SecretsOf(WebhookEndpointRow endpoint, DateTimeOffset now)
    {
        if (locked.Open(endpoint.Id, endpoint.Secret) is not { } secret)
            return [];
        return endpoint is { PreviousSecret: { } kept, PreviousUntil: var until } && until > now && locked.Open(endpoint.Id, kept) is { } previous
            ? [secret, previous] : [secret];
    }

    private void Tell(Sending sending, int tries, Reply reply, RetryPlan plan)
    {
        var address = Redaction.Of(sending.Endpoint.Url);
        if (plan.DisabledBecause is { } why)
            log.LogWarning("{Endpoint} is told nothing any more: {Why}", address, why);
        else if (plan.State is DeliveryState.Failed)
            log.LogWarning("{Event} was given up after {Tries} tries: it did not reach {Endpoint}, status {Status}", sending.Event.Id, tries, address, reply.Status);
        else if (plan.State is DeliveryState.Waiting)
            log.LogInformation("{Event} did not reach {Endpoint}, status {Status}; next try {DueAt:u}", sending.Event.Id, address, reply.Status, plan.DueAt);
    }

    private async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        if (_forgotten is { } last && clock.GetElapsedTime(last) < TimeSpan.FromHours(1))
            return;
        _forgotten = clock.GetTimestamp();
        await store.ForgetAsync(await decides.NowAsync(cancellationToken) - options.KeepFor, cancellationToken);
        await store.LockClearAsync(cancellationToken);
    }
}
