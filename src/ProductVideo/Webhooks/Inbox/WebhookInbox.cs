using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Webhooks.Inbox;

/// <summary>Deliveries as rows: written before they are answered, claimed by lease, ended once.</summary>
internal sealed class WebhookInbox(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    internal const string Waiting = nameof(Waiting);
    internal const string Done = nameof(Done);
    internal const string Failed = nameof(Failed);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Writes a verified call down; false if the delivery was there before, in whatever state.</summary>
    public async Task<bool> ReceiveAsync(WebhookSource source, string deliveryId, WebhookCall call, CancellationToken cancellationToken)
    {
        var headers = source.Headers.Where(name => call.Header(name) is not null).ToDictionary(name => name, name => call.Header(name)!, StringComparer.Ordinal);
        // Whoever follows it goes by the same clock, on whatever server.
        var now = (await clock.NowAsync(cancellationToken)).UtcTicks;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO webhook_deliveries ("Source", "DeliveryId", "ReceivedAt", "Headers", "Body", "State", "Tries", "DueAt")
             VALUES ({source.Name}, {Short(deliveryId)}, {now}, {Json.Write(headers)}, {call.Body.ToArray()}, {Waiting}, 0, {now})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken) > 0;
    }

    /// <summary>Takes the most overdue delivery to follow it; null if there is none.</summary>
    internal async Task<WebhookDeliveryRow?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var owner = Nonce.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = db.WebhookDeliveries.Where(row => row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now));
            if (await free.AsNoTracking().OrderBy(row => row.DueAt).FirstOrDefaultAsync(cancellationToken) is not { } next)
                return null;
            var claimed = await free.Where(row => row.Source == next.Source && row.DeliveryId == next.DeliveryId).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease).SetProperty(row => row.Tries, row => row.Tries + 1),
                cancellationToken);
            if (claimed == 0)
                continue;
            next.Owner = owner;
            next.Tries++;
            return next;
        }
    }

    /// <summary>Ends a claimed delivery together with what <paramref name="follow"/> writes; nothing of it is written if the claim was lost.</summary>
    internal async Task EndAsync(
        WebhookDeliveryRow delivery, string state, string outcome, Func<ProductVideoDb, Task>? follow, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, state).SetProperty(row => row.Outcome, outcome).SetProperty(row => row.Body, Array.Empty<byte>())
                .SetProperty(row => row.DueAt, (DateTimeOffset?)null).SetProperty(row => row.ProcessedAt, now)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        if (mine == 0)
            return;
        if (follow is not null)
            await follow(db);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Gives a claimed delivery back for as long as <paramref name="wait"/>.</summary>
    internal async Task WaitAsync(WebhookDeliveryRow delivery, string outcome, TimeSpan wait, CancellationToken cancellationToken)
    {
        var dueAt = await clock.NowAsync(cancellationToken) + wait;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Mine(db, delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Outcome, outcome).SetProperty(row => row.DueAt, dueAt)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives back a claimed delivery whose following was broken off, as if it had not been tried.</summary>
    internal async Task ReleaseAsync(WebhookDeliveryRow delivery, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Mine(db, delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Tries, row => row.Tries - 1)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Forgets what ended before <paramref name="before"/>.</summary>
    internal async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.WebhookDeliveries.Where(row => row.ReceivedAt < before && row.DueAt == null).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<WebhookDeliveryRow> Mine(ProductVideoDb db, WebhookDeliveryRow delivery) =>
        db.WebhookDeliveries.Where(row => row.Source == delivery.Source && row.DeliveryId == delivery.DeliveryId && row.Owner == delivery.Owner);

    /// <summary>An id of any length fits the key.</summary>
    private static string Short(string id) =>
        id.Length <= 128 ? id : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
