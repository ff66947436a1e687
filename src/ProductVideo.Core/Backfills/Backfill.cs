using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>Videos of many products of a shop as one order: narrowed, priced before anything is spent, run within its caps.</summary>
public sealed record Backfill
{
    public required Guid Id { get; init; }
    public required string Shop { get; init; }
    public required string Name { get; init; }
    public required BackfillPlan Plan { get; init; }
    public BackfillState State { get; init; } = BackfillState.Draft;

    /// <summary>Whose run it is, where a schedule made it; null for what a person made.</summary>
    public Guid? RunOf { get; init; }

    /// <summary>The start of the API key that made it; null where a person did.</summary>
    public string? ApiKey { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the dry run that goes on began; null where none does.</summary>
    public DateTimeOffset? QuotingSince { get; init; }

    /// <summary>What the last dry run found; null before there was one.</summary>
    public BackfillQuote? Quote { get; init; }

    public DateTimeOffset? QuotedAt { get; init; }

    /// <summary>Who agreed to which price, when it was started or before it was quoted; null if nobody did.</summary>
    public Consent? Consent { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Since when it is paused; null if it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>How long it was paused since it was started, without a pause that still lasts.</summary>
    public TimeSpan PausedFor { get; init; }

    /// <summary>Who paused or cancelled it; null for ourselves.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Why it waits, paused by itself, or could not be quoted.</summary>
    public Problem? Problem { get; init; }

    /// <summary>When it is looked at next; null if only a person can move it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Goes up by one at every change; for compare-and-set.</summary>
    public long Version { get; init; }

    /// <summary>Whether it is a schedule that was started: its runs make the videos, and its own dry run tells no more how far they are.</summary>
    public bool IsStartedSchedule => this is { Plan.Schedule.Cron: not null, StartedAt: not null };

    /// <summary>
    /// Whether the products that are left out for this reason are written down one by one; of the others only their number is. A schedule's run of
    /// every night would write down a whole catalogue of products that have their video.
    /// </summary>
    public bool Lists(SkipReason reason) => Plan.Scope.OnlyNamed || reason switch
    {
        SkipReason.OutOfScope => false,
        // Who looks for best sellers counts those with a video too.
        SkipReason.HasVideo => RunOf is null || Plan.Scope.BestSellers is not null,
        _ => true,
    };
}

/// <summary>Somebody's word that a run may cost so much. A schedule's holds for each of its runs.</summary>
/// <param name="By">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Prices">The most, for each currency.</param>
/// <param name="ApiKey">The start of the API key that gave it, whose caps count it; null where a person did.</param>
public sealed record Consent(string By, DateTimeOffset At, IReadOnlyList<Money> Prices, string? ApiKey = null);

public enum BackfillState
{
    /// <summary>Written down; nothing was found out or spent.</summary>
    Draft,

    /// <summary>The products are being gone through for the dry run.</summary>
    Quoting,

    /// <summary>Priced; waits for a person's word.</summary>
    Quoted,

    /// <summary>Waits for its next time.</summary>
    Scheduled,

    Running,

    /// <summary>Orders nothing until somebody resumes it; what is under way goes on.</summary>
    Paused,

    /// <summary>Every video is ordered and at rest, or was skipped.</summary>
    Done,

    Cancelled,
}
