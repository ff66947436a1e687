using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>What was sent, what came back, and sending it again. <c>own</c> as in <see cref="OutgoingWebhooks"/>.</summary>
internal sealed class WebhookDeliveries(IDbContextFactory<ProductVideoDb> databases, WebhookOptions options, IDatabaseClock clock)
{
    /// <summary>Events that one <see cref="ReplaySinceAsync"/> puts in line at most.</summary>
    public const int MaxReplay = 1_000;

    /// <summary>See <see cref="WebhookOptions.KeepFor"/>.</summary>
    public TimeSpan KeptFor => options.KeepFor;

    /// <summary>Newest first.</summary>
    /// <param name="endpoint">Whose.</param>
    /// <param name="own">See above.</param>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="after">The last event of an earlier page.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such endpoint.</exception>
    public async Task<IReadOnlyList<WebhookDelivery>> ListAsync(
        Guid endpoint, string? own, DeliveryState? state, string? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await FindAsync(db, endpoint, own, cancellationToken);
        var attempts = db.WebhookAttempts.AsNoTracking().Where(row => row.EndpointId == endpoint);
        if (state?.ToString() is { } wanted)
            attempts = attempts.Where(row => row.State == wanted);
        // Ids begin with their time, so they are in order too.
        if (after is { Length: > 0 })
            attempts = attempts.Where(row => string.Compare(row.EventId, after) < 0);
        var rows = await attempts.OrderByDescending(row => row.EventId).Take(take)
            .Join(db.WebhookEvents, row => row.EventId, happened => happened.Id, (row, happened) => new { row, happened.Type, happened.GenerationId })
            .ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(found => found.row.EventId, StringComparer.Ordinal).Select(found => Of(found.row, found.Type, found.GenerationId))];
    }

    /// <summary>Sends an event made up for the purpose.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="RefusedException">There is no such endpoint, or it is off.</exception>
    public async Task<string> TestAsync(Guid endpoint, string? own, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = DemandOn(await FindAsync(db, endpoint, own, cancellationToken));
        var now = await clock.NowAsync(cancellationToken);
        var test = EventBody.Test(row.Shop, now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.WebhookEvents.Add(test);
        await db.SaveChangesAsync(cancellationToken);
        await AttemptStore.PutInLineAsync(db, test, endpoint, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return test.Id;
    }

    /// <summary>Sends one event again, whatever came of it before.</summary>
    /// <exception cref="RefusedException">There is no such endpoint or event, or the endpoint is off.</exception>
    public async Task ReplayAsync(Guid endpoint, string eventId, string? own, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = DemandOn(await FindAsync(db, endpoint, own, cancellationToken));
        var happened = await db.WebhookEvents.AsNoTracking().FirstOrDefaultAsync(
            e => e.Id == eventId && (e.Type == EventTypes.Test || row.Shop == null || e.Shop == row.Shop), cancellationToken);
        if (happened is null || (happened.Type == EventTypes.Test && !await db.WebhookAttempts.AnyAsync(a => a.EventId == eventId && a.EndpointId == endpoint, cancellationToken)))
        {
            throw new RefusedException(
                RefusalKind.NotFound, new Problem("unknown_event", $"There is no such event any more; they are kept for {KeptFor.Days} days.", $"Event '{eventId}' does not exist."));
        }

        await AttemptStore.PutInLineAsync(db, happened, endpoint, await clock.NowAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Sends all again that happened since then and was not accepted, also what happened while the endpoint was off.</summary>
    /// <returns>How many; if it is <see cref="MaxReplay"/> there may be more.</returns>
    /// <exception cref="RefusedException">There is no such endpoint, or it is off.</exception>
    public async Task<int> ReplaySinceAsync(Guid endpoint, DateTimeOffset since, string? own, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = DemandOn(await FindAsync(db, endpoint, own, cancellationToken));
        var wanted = row.Events.Length == 0 ? EventTypes.All : row.Events.Split(' ');
        var missed = await db.WebhookEvents.AsNoTracking()
            .Where(e => e.OccurredAt >= since && (row.Shop == null || e.Shop == row.Shop) && wanted.Contains(e.Type))
            .Where(e => !db.WebhookAttempts.Any(a => a.EventId == e.Id && a.EndpointId == endpoint && a.State == nameof(DeliveryState.Delivered)))
            .OrderBy(e => e.Id).Take(MaxReplay).ToListAsync(cancellationToken);
        var now = await clock.NowAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var happened in missed)
            await AttemptStore.PutInLineAsync(db, happened, endpoint, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return missed.Count;
    }

    private static async Task<WebhookEndpointRow> FindAsync(ProductVideoDb db, Guid endpoint, string? own, CancellationToken cancellationToken) =>
        await OutgoingWebhooks.Seen(db, own).AsNoTracking().FirstOrDefaultAsync(row => row.Id == endpoint, cancellationToken)
        ?? throw OutgoingWebhooks.NoEndpoint(endpoint);

    private static WebhookEndpointRow DemandOn(WebhookEndpointRow row) => row.DisabledAt is null ? row : throw new RefusedException(
        RefusalKind.Conflict,
        new Problem("webhook_endpoint_off", "This webhook is switched off. Switch it on first.", $"Webhook endpoint {row.Id} is off: {row.DisabledBecause}"));

    private static WebhookDelivery Of(WebhookAttemptRow row, string type, Guid? generation) => new(
        row.EventId, type, generation, row.OccurredAt, Enum.Parse<DeliveryState>(row.State), row.Tries, row.DueAt, row.LastTriedAt, row.LastStatus, row.LastAnswer);
}
