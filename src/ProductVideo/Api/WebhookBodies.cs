using System.ComponentModel.DataAnnotations;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Api;

/// <summary>Adds an address that is told what happens.</summary>
internal sealed record AddWebhookBody
{
    /// <summary>Begins with <c>https://</c>.</summary>
    [Required]
    public string? Url { get; init; }

    /// <summary>Of which events; left out or empty for all.</summary>
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>What is left out stays as it is.</summary>
internal sealed record ChangeWebhookBody
{
    public string? Url { get; init; }

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>True switches it on again and forgives what failed.</summary>
    public bool? Enabled { get; init; }
}

/// <param name="Since">Everything from then on that was not accepted is sent again.</param>
internal sealed record ReplayBody([property: Required] DateTimeOffset? Since = null);

/// <param name="Event">The id of the test event; look for it among the deliveries.</param>
internal sealed record TestSentAnswer(string Event);

/// <param name="Count">How many events are sent again; ask again where it is 1000.</param>
internal sealed record ReplayAnswer(int Count);

/// <summary>A webhook as the API tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shop">Of which shop it is told; null for all.</param>
/// <param name="Url">Where it is told.</param>
/// <param name="Events">Of which events; empty for all.</param>
/// <param name="Enabled">Whether anything is sent.</param>
/// <param name="DisabledBecause">Why not.</param>
/// <param name="FailingSince">Since when it accepts nothing; null while all is well.</param>
/// <param name="Secret"><c>whsec_…</c>, only in the answer that made it.</param>
/// <param name="PreviousSecretUntil">Until when the secret before this one is signed with too.</param>
/// <param name="CreatedAt">Since when.</param>
internal sealed record WebhookEndpointAnswer(
    Guid Id, string? Shop, string Url, IReadOnlyList<string> Events, bool Enabled, string? DisabledBecause, DateTimeOffset? FailingSince, string? Secret,
    DateTimeOffset? PreviousSecretUntil, DateTimeOffset CreatedAt)
{
    internal static WebhookEndpointAnswer Of(WebhookEndpoint endpoint, string? secret = null) => new(
        endpoint.Id, endpoint.Shop, endpoint.Url, endpoint.Events, endpoint.DisabledAt is null, endpoint.DisabledBecause, endpoint.FailingSince, secret,
        endpoint.PreviousSecretUntil, endpoint.CreatedAt);

    internal static WebhookEndpointAnswer Of(EndpointWithSecret made) => Of(made.Endpoint, made.Secret);
}
