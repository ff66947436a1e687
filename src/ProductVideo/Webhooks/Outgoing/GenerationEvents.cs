using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>Writes what is to be told of a generation's change of state in that change's own transaction: there is no one without the other.</summary>
internal sealed class GenerationEvents(IDatabaseClock clock) : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (EventTypes.Of(after.State) is not { } type || (before is not null && EventTypes.Of(before.State) == type))
            return;
        var happened = EventBody.Of(type, after, await clock.NowAsync(db, cancellationToken));
        var endpoints = await db.WebhookEndpoints.AsNoTracking()
            .Where(row => row.DisabledAt == null && (row.Shop == null || row.Shop == happened.Shop))
            .Select(row => new { row.Id, row.Events }).ToListAsync(cancellationToken);
        db.WebhookEvents.Add(happened);
        db.WebhookAttempts.AddRange(endpoints.Where(endpoint => Wants(endpoint.Events, type)).Select(endpoint => new WebhookAttemptRow
        {
            EventId = happened.Id,
            EndpointId = endpoint.Id,
            State = nameof(DeliveryState.Waiting),
            OccurredAt = happened.OccurredAt,
            DueAt = happened.OccurredAt,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether an endpoint's filter lets the type through.</summary>
    internal static bool Wants(string events, string type) => events.Length == 0 || events.Split(' ').Contains(type, StringComparer.Ordinal);
}
