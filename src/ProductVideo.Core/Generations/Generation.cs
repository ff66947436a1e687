using System.Text.Json.Serialization;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Generations;

/// <summary>One attempt at one clip for one product: a row, and the only truth about it.</summary>
public sealed record Generation
{
    public required Guid Id { get; init; }
    public required ProductRef Product { get; init; }

    /// <summary>What was ordered; never changes.</summary>
    public required GenerationOrder Order { get; init; }

    /// <summary>From 1; a person's retry is a new generation with the next number.</summary>
    public int Attempt { get; init; } = 1;

    public required GenerationState State { get; init; }

    /// <summary>Goes up by one at every change; for compare-and-set.</summary>
    public long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When to look at it next; null if only a person can move it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who asked for it to stop; honoured at the next step that can still stop.</summary>
    public string? CancelRequestedBy { get; init; }

    /// <summary>What it cost, once that is known; the books write it, nobody else.</summary>
    public Money? Cost { get; init; }

    /// <summary>Whether a restored backup had it unfinished: what followed it since may exist and have been paid for, unknown to us.</summary>
    public bool FromBackup { get; init; }
}

/// <summary>All that was decided when the generation was created: what to make, for whom, at what price.</summary>
public sealed record GenerationOrder
{
    public required string ProductTitle { get; init; }

    /// <summary>The listing's language.</summary>
    public string? Locale { get; init; }

    public required string Provider { get; init; }

    public required VideoRequest Request { get; init; }

    /// <summary>Key and version of the prompt template, for example <c>turntable@1</c>.</summary>
    public required string Template { get; init; }

    /// <summary>Hash of everything that the clip depends on; see <c>Fingerprint</c>.</summary>
    public required string Fingerprint { get; init; }

    public required PriceEstimate Price { get; init; }

    /// <summary>What the provider charges for, as it said when this was ordered: it may be gone by the time the money is settled.</summary>
    public BillingRule Billing { get; init; } = BillingRule.Unknown;

    /// <summary>The API key that asked, by the start that is shown of it; null where a person or a schedule did.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The backfill run that it belongs to; null if none.</summary>
    public string? Backfill { get; init; }

    /// <summary>The same as an id; null if no backfill asked.</summary>
    [JsonIgnore]
    public Guid? BackfillId => Guid.TryParse(Backfill, out var id) ? id : null;

    /// <summary>Who asked: a person's name, an API key's, or a schedule's.</summary>
    public required string RequestedBy { get; init; }

    public required GenerationOrigin Origin { get; init; }

    /// <summary>Whether no person and no program waits for it: then all others go first.</summary>
    [JsonIgnore]
    public bool IsInBackground => Origin is GenerationOrigin.Backfill;

    /// <summary>What the merchant chose, so that a retry asks for the same.</summary>
    public VideoWishes Wishes { get; init; } = VideoWishes.None;

    /// <summary>Whether a model draws the clip, which shoppers must be told. What does not say so was, for all that is known.</summary>
    public bool MadeWithAi { get; init; } = true;

    /// <summary>Publishes without a person's look. Off by default.</summary>
    public bool AutoApprove { get; init; }

    /// <summary>Who stands in if this provider makes no clip; null if nobody does, as where the merchant named the provider.</summary>
    public StandIns? StandIns { get; init; }

    /// <summary>What of the listing got into it, to tell later whether that has changed; null for orders from before that was written down.</summary>
    public MadeFrom? MadeFrom { get; init; }

    /// <summary>The generation in whose place this one is made; null if it stands in for none.</summary>
    public Guid? InsteadOf { get; init; }

    /// <summary>What the merchant should know about how the order was made, for example pictures left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

public enum GenerationOrigin
{
    Click,
    Api,
    Backfill,
    CommandLine,

    /// <summary>A product changed, and its shop wants a new one then.</summary>
    Regeneration,
}
