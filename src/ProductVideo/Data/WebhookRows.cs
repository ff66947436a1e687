using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>How the rows of both kinds of webhooks are stored.</summary>
internal static class WebhookRows
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<WebhookDeliveryRow>(row =>
        {
            row.ToTable("webhook_deliveries");
            // What makes a delivery's effect happen once.
            row.HasKey(r => new { r.Source, r.DeliveryId });
            row.HasIndex(r => r.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
            row.HasIndex(r => r.ReceivedAt);
        });
        model.Entity<WebhookEndpointRow>(row =>
        {
            row.ToTable("webhook_endpoints");
            row.HasKey(r => r.Id);
        });
        model.Entity<WebhookEventRow>(row =>
        {
            row.ToTable("webhook_events");
            row.HasKey(r => r.Id);
            row.HasIndex(r => r.OccurredAt);
        });
        model.Entity<WebhookAttemptRow>(row =>
        {
            row.ToTable("webhook_attempts");
            row.HasKey(r => new { r.EventId, r.EndpointId });
            row.HasIndex(r => new { r.EndpointId, r.DueAt, r.EventId }).HasFilter("\"DueAt\" IS NOT NULL");
            row.HasIndex(r => new { r.EndpointId, r.OccurredAt });
            // None to the endpoint: one that is deleted in the same moment must not undo a generation's change of state.
            row.HasOne<WebhookEventRow>().WithMany().HasForeignKey(r => r.EventId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

/// <summary>A webhook call that a shop or a provider made and signed.</summary>
internal sealed class WebhookDeliveryRow
{
    /// <summary><c>provider/{key}</c> or <c>shop/{key}</c>.</summary>
    public required string Source { get; set; }

    /// <summary>Unique for its source: the same delivery sent again is the same row.</summary>
    public required string DeliveryId { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>JSON of the headers that its reader looks at.</summary>
    public required string Headers { get; set; }

    /// <summary>The raw bytes; empty once they were followed, for they may hold what nobody needs any more.</summary>
    public required byte[] Body { get; set; }

    /// <summary><c>Waiting</c>, <c>Done</c> or <c>Failed</c>.</summary>
    public required string State { get; set; }

    /// <summary>What came of it.</summary>
    public string? Outcome { get; set; }

    public int Tries { get; set; }

    /// <summary>When to look at it next; null once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? ProcessedAt { get; set; }
}

/// <summary>Where the merchant's own system wants to be told.</summary>
internal sealed class WebhookEndpointRow
{
    public Guid Id { get; set; }

    /// <summary>Of which shop it is told; null for all.</summary>
    public string? Shop { get; set; }

    public required string Url { get; set; }

    /// <summary>Space-separated types; empty for all.</summary>
    public required string Events { get; set; }

    /// <summary>Encrypted; see <c>EndpointSecrets</c>. What is sent is signed with it.</summary>
    public required string Secret { get; set; }

    /// <summary>The one before, encrypted too, still signed with until <see cref="PreviousUntil"/>.</summary>
    public string? PreviousSecret { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when nothing was accepted; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Why it is off, for the merchant.</summary>
    public string? DisabledBecause { get; set; }

    /// <summary>Who sends to it now; one sender at a time.</summary>
    public string? Owner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>Something that happened, as it is told. Written with what happened, whether anybody listens or not.</summary>
internal sealed class WebhookEventRow
{
    /// <summary>Sent as <c>webhook-id</c>, the same at every try.</summary>
    public required string Id { get; set; }

    public required string Type { get; set; }
    public required string Shop { get; set; }
    public Guid? GenerationId { get; set; }
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>JSON, the very text that is sent.</summary>
    public required string Body { get; set; }
}

/// <summary>An event on its way to an endpoint.</summary>
internal sealed class WebhookAttemptRow
{
    public required string EventId { get; set; }
    public Guid EndpointId { get; set; }

    /// <summary><c>Waiting</c>, <c>Delivered</c> or <c>Failed</c>.</summary>
    public required string State { get; set; }

    /// <summary>As the event's, so that a list of them needs no look at it.</summary>
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>Since it was last put in line; a person's <i>Send again</i> starts anew.</summary>
    public int Tries { get; set; }

    /// <summary>When it is sent next; null once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LastTriedAt { get; set; }

    /// <summary>What the receiver answered at the last try; null where nothing came.</summary>
    public int? LastStatus { get; set; }

    /// <summary>The beginning of that answer, or why there was none.</summary>
    public string? LastAnswer { get; set; }
}
