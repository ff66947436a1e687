using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>An address of the merchant's own system that is told what happens.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shop">Of which shop it is told; null for all.</param>
/// <param name="Url">Where it is told.</param>
/// <param name="Events">Of which types; empty for all.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="FailingSince">Since when it accepts nothing; null while all is well.</param>
/// <param name="DisabledAt">Since when it is off; null if it is on.</param>
/// <param name="DisabledBecause">Why it is off.</param>
/// <param name="PreviousSecretUntil">Until when the secret before this one is signed with too.</param>
internal sealed record WebhookEndpoint(
    Guid Id, string? Shop, string Url, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt,
    string? DisabledBecause, DateTimeOffset? PreviousSecretUntil)
{
    internal static WebhookEndpoint Of(WebhookEndpointRow row) => new(
        row.Id, row.Shop, row.Url, row.Events.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.CreatedAt, row.FailingSince, row.DisabledAt,
        row.DisabledBecause, row.PreviousUntil);
}

/// <param name="Endpoint">As it is now.</param>
/// <param name="Secret"><c>whsec_…</c>, this once.</param>
internal sealed record EndpointWithSecret(WebhookEndpoint Endpoint, string Secret);

/// <summary>What an endpoint is to be.</summary>
/// <param name="Url">Where it is told.</param>
/// <param name="Events">Of which types; null or empty for all.</param>
/// <param name="Own">Of which shop it is told; null for all.</param>
internal sealed record NewEndpoint(string? Url, IReadOnlyList<string>? Events, string? Own)
{
    /// <summary>The caller's idempotency key: the same key with the same request gives the same endpoint.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>SHA-256 of all that was asked for, lower-case hex.</summary>
    internal string Hash() => IdempotencyKeys.HashOf(
        new { what = "webhook-endpoint", Url, events = Events?.Order(StringComparer.Ordinal), Own });
}

/// <param name="Added">The new one, or the one that the same request added before.</param>
/// <param name="IsNew">Whether this call added it.</param>
internal sealed record AddedEndpoint(EndpointWithSecret Added, bool IsNew);

/// <param name="Url">Null leaves it.</param>
/// <param name="Events">Null leaves them; empty is all.</param>
/// <param name="Enabled">Null leaves it; true also forgives what failed.</param>
internal sealed record EndpointChange(string? Url = null, IReadOnlyList<string>? Events = null, bool? Enabled = null);

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Tried for the last time, or refused for good. Only a person sends it again.</summary>
    Failed,
}

/// <summary>An event on its way to an endpoint.</summary>
/// <param name="EventId">The same at every try; sent as <c>webhook-id</c>.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="GenerationId">About which generation; null for a test.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="State">How it stands.</param>
/// <param name="Tries">Since it was last put in line.</param>
/// <param name="NextTryAt">When it is tried again.</param>
/// <param name="LastTriedAt">When it was last tried.</param>
/// <param name="Status">What the receiver answered then.</param>
/// <param name="Answer">The beginning of that answer, or why there was none.</param>
public sealed record WebhookDelivery(
    string EventId, string Type, Guid? GenerationId, DateTimeOffset OccurredAt, DeliveryState State, int Tries, DateTimeOffset? NextTryAt,
    DateTimeOffset? LastTriedAt, int? Status, string? Answer);
