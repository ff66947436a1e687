using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Data;

/// <summary>What all nodes share about one account at a provider: its limits, its waits and its circuit breaker.</summary>
internal sealed class ProviderAccountRow
{
    /// <summary>The provider's key.</summary>
    public required string Account { get; set; }

    /// <summary>Goes up whenever the row is locked: the first write of every transaction that passes the gate.</summary>
    public long Entries { get; set; }

    /// <summary>Tasks that may be unfinished at the provider at once; null for no limit.</summary>
    public int? MaxInFlight { get; set; }

    /// <summary>Starts per second; null for no limit.</summary>
    public double? StartsPerSecond { get; set; }

    /// <summary>The provider asked to be left alone until then.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When the next of those who wait for a place may try; gives the many that wait one turn each.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary><see cref="BreakerState"/>.</summary>
    public required string Breaker { get; set; }

    public int Failures { get; set; }
    public int Openings { get; set; }
    public DateTimeOffset? OpenUntil { get; set; }

    /// <summary>JSON of the <see cref="Problem"/> that opened the breaker.</summary>
    public string? Reason { get; set; }

    internal AccountBreaker ToBreaker() => new(
        Enum.Parse<BreakerState>(Breaker), Failures, Openings, OpenUntil, Reason is null ? null : Json.Read<Problem>(Reason));
}

/// <summary>A person's order to send nothing more.</summary>
internal sealed class SubmitSwitchRow
{
    /// <summary><c>all</c>, <c>provider:KEY</c> or <c>shop:KEY</c>.</summary>
    public required string Scope { get; set; }

    public required string By { get; set; }
    public required string Why { get; set; }
    public DateTimeOffset Since { get; set; }
}

/// <summary>A decision to pay, from before its request left to what came of it: the audit trail of everything sent to a paid provider.</summary>
internal sealed class SubmitIntentRow
{
    /// <summary>Unique to the submit.</summary>
    public required string Nonce { get; set; }

    public Guid GenerationId { get; set; }
    public required string Account { get; set; }
    public required string Model { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary><see cref="IntentOutcome"/>.</summary>
    public required string Outcome { get; set; }

    /// <summary>The task that it made, where it is known.</summary>
    public string? RemoteId { get; set; }

    /// <summary>When to look again whether it made a task after all; null if that is over.</summary>
    public DateTimeOffset? LookAt { get; set; }
}

/// <summary>A task that a submit made after it was given up as lost and paid for once more.</summary>
internal sealed class DuplicateChargeRow
{
    public required string Account { get; set; }
    public required string RemoteId { get; set; }
    public Guid GenerationId { get; set; }

    /// <summary>Of the submit that was thought lost.</summary>
    public required string Nonce { get; set; }

    public DateTimeOffset FoundAt { get; set; }

    /// <summary>Whether the provider stopped it before it was charged.</summary>
    public bool Stopped { get; set; }
}
