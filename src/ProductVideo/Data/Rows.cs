using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>A generation as stored. What is searched has a column; all else is in the two JSON documents.</summary>
internal sealed class GenerationRow
{
    public Guid Id { get; set; }
    public required string Shop { get; set; }
    public required string ProductId { get; set; }

    /// <summary><see cref="GenerationState.Name"/>.</summary>
    public required string State { get; set; }

    /// <summary>Whether it holds its fingerprint: not final.</summary>
    public bool Active { get; set; }

    public long Version { get; set; }
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Of what is due, the lowest goes first; see <see cref="Generations.Urgency"/>.</summary>
    public long Urgency { get; set; }

    /// <summary>Who works on it now; every later write says this token again.</summary>
    public string? Owner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
    public required string Provider { get; set; }
    public required string Fingerprint { get; set; }
    public int Attempt { get; set; }
    public string? RemoteId { get; set; }
    public string? CancelRequestedBy { get; set; }

    /// <summary>Millionths that it cost, once known; written by the books in the transaction that settles them.</summary>
    public long? Cost { get; set; }

    public string? CostCurrency { get; set; }

    /// <summary>See <see cref="Generation.FromBackup"/>; written when a backup was put back.</summary>
    public bool FromBackup { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>JSON of <see cref="GenerationOrder"/>.</summary>
    public required string Order { get; set; }

    /// <summary>JSON of <see cref="GenerationState"/>.</summary>
    public required string Document { get; set; }

    /// <summary>The product's id and the first 200 characters of its name, in the database's lower case; made by the database, for searches.</summary>
    public string? Named { get; private set; }
}

/// <summary>A clip that the local renderer is to make; see <c>Rendering/RenderOrder</c>.</summary>
internal sealed class RenderOrderRow
{
    /// <summary>The submit's nonce, so that the same intent gives the same order.</summary>
    public required string Id { get; set; }

    /// <summary><c>Waiting</c>, <c>Rendering</c>, <c>Done</c>, <c>Failed</c> or <c>Stopped</c>.</summary>
    public required string State { get; set; }

    /// <summary>JSON of the <c>VideoRequest</c>.</summary>
    public required string Request { get; set; }

    public double Progress { get; set; }
    /// <summary>Whether nobody waits for it.</summary>
    public bool Background { get; set; }

    public string? Owner { get; set; }

    /// <summary>Until when it is its owner's; of one that waits, before when nobody begins it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>How often a renderer began it; a render that kills its process must not do so for ever.</summary>
    public int Starts { get; set; }

    public string? ResultKey { get; set; }

    /// <summary>JSON of the <c>Problem</c>, where it failed; before that of the <c>RenderSetback</c>, where it was put off.</summary>
    public string? Problem { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A caller's <c>Idempotency-Key</c> and what it made.</summary>
internal sealed class IdempotencyRow
{
    /// <summary>Id of the API key, or the signed-in person.</summary>
    public required string Caller { get; set; }

    public required string Key { get; set; }

    /// <summary>SHA-256 of the request, lower-case hex.</summary>
    public required string RequestHash { get; set; }

    public Guid GenerationId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>An API key; the key itself is shown once and never stored.</summary>
internal sealed class ApiKeyRow
{
    public Guid Id { get; set; }
    public required string Name { get; set; }

    /// <summary>First characters, to recognise it by.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256, lower-case hex; the key is 256 random bits, so no slow hash is needed.</summary>
    public required string Hash { get; set; }

    /// <summary>Space-separated.</summary>
    public required string Scopes { get; set; }

    /// <summary>The only shop it may see; null for all.</summary>
    public string? Shop { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A one-time link that signs the operator in.</summary>
internal sealed class SignInLinkRow
{
    /// <summary>SHA-256 of the token, lower-case hex.</summary>
    public required string Hash { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
