using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>
/// Hands out what is to be sent. The endpoint is claimed, not the event: an endpoint that answers slowly then takes one sender and leaves
/// the others free.
/// </summary>
internal sealed class AttemptStore(IDbContextFactory<ProductVideoDb> databases, EndpointSecrets secrets, IDatabaseClock clock)
{
    private const string Waiting = nameof(DeliveryState.Waiting);

    /// <summary>Longer than one sending may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Claims an endpoint that something is due for; null if there is none.</summary>
    public async Task<Sending?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var owner = Nonce.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = db.WebhookEndpoints.Where(row => row.DisabledAt == null && (row.Owner == null || row.LeaseUntil < now));
            var firsts = await Firsts(db, free, now).ToListAsync(cancellationToken);
            if (firsts.Where(first => first.DueAt is not null).MinBy(first => first.DueAt) is not { Endpoint: { } next })
                return null;
            // Of what was sent or deleted in this moment nothing is left: another look finds what is.
            if (await Due(db, next.Id, now).FirstOrDefaultAsync(cancellationToken) is not { } attempt
                || await db.WebhookEvents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == attempt.EventId, cancellationToken) is not { } happened)
                continue;
            var due = new Sending(next, happened, attempt, owner);
            var claimed = await free.Where(row => row.Id == due.Endpoint.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken);
            // Whoever had the endpoint a moment ago may have sent this very event.
            if (claimed > 0 && await IsStillDueAsync(db, due.Attempt, cancellationToken))
                return due;
            if (claimed > 0)
                await ReleaseAsync(due, cancellationToken);
        }
    }

    /// <summary>When something is first due for each of these endpoints, however much waits behind it.</summary>
    internal static IQueryable<FirstDue> Firsts(ProductVideoDb db, IQueryable<WebhookEndpointRow> endpoints, DateTimeOffset now) =>
        endpoints.AsNoTracking().Select(endpoint => new FirstDue(
            endpoint, db.WebhookAttempts.Where(row => row.EndpointId == endpoint.Id && row.DueAt != null && row.DueAt <= now).Min(row => row.DueAt)));

    /// <summary>What is due for an endpoint, in the order in which it is sent.</summary>
    internal static IQueryable<WebhookAttemptRow> Due(ProductVideoDb db, Guid endpoint, DateTimeOffset now) => db.WebhookAttempts.AsNoTracking()
        .Where(row => row.EndpointId == endpoint && row.DueAt != null && row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.EventId);

    /// <summary>Writes down what a try led to and gives the endpoint back; false if the claim was lost and nothing was written.</summary>
    public async Task<bool> RecordAsync(Sending sending, Reply reply, RetryPlan plan, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var state = plan.State.ToString();
        var disabled = plan.DisabledBecause is null ? (DateTimeOffset?)null : now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = await db.WebhookEndpoints.Where(row => row.Id == sending.Endpoint.Id && row.Owner == sending.Owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.FailingSince, plan.FailingSince)
                .SetProperty(row => row.DisabledAt, row => row.DisabledAt ?? disabled)
                .SetProperty(row => row.DisabledBecause, row => row.DisabledBecause ?? plan.DisabledBecause)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        if (mine == 0)
            return false;
        await db.WebhookAttempts.Where(row => row.EndpointId == sending.Endpoint.Id && row.EventId == sending.Event.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, state).SetProperty(row => row.DueAt, plan.DueAt).SetProperty(row => row.Tries, sending.Attempt.Tries + 1)
                .SetProperty(row => row.LastTriedAt, now).SetProperty(row => row.LastStatus, reply.Status).SetProperty(row => row.LastAnswer, reply.Text),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Gives an endpoint back without a try: the host stops.</summary>
    public async Task ReleaseAsync(Sending sending, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.WebhookEndpoints.Where(row => row.Id == sending.Endpoint.Id && row.Owner == sending.Owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Puts an event in line for an endpoint, from the first try on, whatever came of it before.</summary>
    public static Task PutInLineAsync(ProductVideoDb db, WebhookEventRow happened, Guid endpoint, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO webhook_attempts ("EventId", "EndpointId", "State", "OccurredAt", "Tries", "DueAt")
             VALUES ({happened.Id}, {endpoint}, {Waiting}, {happened.OccurredAt.UtcTicks}, 0, {now.UtcTicks})
             ON CONFLICT ("EventId", "EndpointId") DO UPDATE SET "State" = excluded."State", "Tries" = 0, "DueAt" = excluded."DueAt"
             """,
            cancellationToken);

    /// <summary>Forgets what happened before <paramref name="before"/>, with its attempts.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.WebhookEvents.Where(row => row.OccurredAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Encrypts the secrets that an earlier version kept as they are.</summary>
    public async Task LockClearAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var clear = await db.WebhookEndpoints.AsNoTracking()
            .Where(row => row.Secret.StartsWith(StandardWebhooks.SecretStart) || row.PreviousSecret!.StartsWith(StandardWebhooks.SecretStart)).ToListAsync(cancellationToken);
        foreach (var row in clear)
        {
            var (secret, previous) = (Locked(row.Id, row.Secret), row.PreviousSecret is { } kept ? Locked(row.Id, kept) : null);
            // Only as it was read: a rotation may have come between.
            await db.WebhookEndpoints.Where(now => now.Id == row.Id && now.Secret == row.Secret && now.PreviousSecret == row.PreviousSecret).ExecuteUpdateAsync(
                set => set.SetProperty(now => now.Secret, secret).SetProperty(now => now.PreviousSecret, previous), cancellationToken);
        }
    }

    private string Locked(Guid endpoint, string kept) => EndpointSecrets.IsClear(kept) ? secrets.Lock(endpoint, kept) : kept;

    private static Task<bool> IsStillDueAsync(ProductVideoDb db, WebhookAttemptRow attempt, CancellationToken cancellationToken) => db.WebhookAttempts.AnyAsync(
        row => row.EndpointId == attempt.EndpointId && row.EventId == attempt.EventId && row.DueAt == attempt.DueAt && row.Tries == attempt.Tries, cancellationToken);
}

/// <param name="Endpoint">Where to.</param>
/// <param name="DueAt">null where nothing is.</param>
internal sealed record FirstDue(WebhookEndpointRow Endpoint, DateTimeOffset? DueAt);

/// <summary>An event that is being sent to an endpoint under a claim.</summary>
internal sealed record Sending(WebhookEndpointRow Endpoint, WebhookEventRow Event, WebhookAttemptRow Attempt, string Owner);
