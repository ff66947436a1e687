namespace ProductVideo.Webhooks;

/// <summary>A request to a webhook address as it came: nothing in it is to be believed before its signature was checked.</summary>
/// <param name="Headers">By name without regard to case; the first value of each.</param>
/// <param name="Body">The raw bytes, which are what is signed.</param>
/// <param name="ReceivedAt">By our clock; what a signed time is measured against.</param>
/// <param name="SecretPath">The last part of the address where the sender was given an unguessable one; null for none.</param>
public sealed record WebhookCall(
    IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt, string? SecretPath = null)
{
    /// <summary>The header's value; null where it is missing.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>Whether a call is its sender's.</summary>
public abstract record WebhookVerdict
{
    private WebhookVerdict()
    {
    }

    /// <summary>It is signed. The same delivery sent again has the same id.</summary>
    /// <param name="DeliveryId">Unique for its sender; 1 character at least.</param>
    public sealed record Accepted(string DeliveryId) : WebhookVerdict;

    /// <summary>Says nothing and may be unsigned, like the ping of a newly made webhook: it is answered kindly and forgotten.</summary>
    public sealed record Ignored(string Why) : WebhookVerdict;

    /// <summary>It is not the sender's, or too old.</summary>
    /// <param name="Why">For the operator; nothing of it is answered.</param>
    public sealed record Refused(string Why) : WebhookVerdict;

    /// <summary>The keys that it would be checked with can't be had now: the sender shall send it again.</summary>
    public sealed record CannotTell(string Why) : WebhookVerdict;
}
