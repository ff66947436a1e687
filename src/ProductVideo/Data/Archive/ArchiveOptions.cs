namespace ProductVideo.Data.Archive;

/// <summary>When what has ended is put away. Bound from the section <c>ProductVideo:Archive</c>.</summary>
public sealed class ArchiveOptions
{
    /// <summary>A provider's list and a shop's webhooks may tell of a video for so long.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromDays(30);

    /// <summary>Ten years: what is meant to stay longer stays for ever, and no calendar reaches back as far as such a number may.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromDays(3650);

    /// <summary>How long a video that ended and is on no listing stays among the others, from its last change on; null or 0 for ever.</summary>
    /// <value>180 days.</value>
    public TimeSpan? After { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long after its end it is known which products a backfill left out; null or 0 for ever. How many they were is known for ever.</summary>
    /// <value>30 days.</value>
    public TimeSpan? LeftOutAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Null where nothing is put away.</summary>
    internal TimeSpan? Patience => After is { } after && after > TimeSpan.Zero ? after : null;

    /// <summary>Null where nothing is forgotten.</summary>
    internal TimeSpan? LeftOutPatience => LeftOutAfter is { } after && after > TimeSpan.Zero ? after : null;

    internal IEnumerable<string> Mistakes()
    {
        if (After is { } after && after != TimeSpan.Zero && after < Soonest)
            yield return $"ProductVideo:Archive:After is {after}; it must be at least {Soonest.TotalDays:0} days. Write 180 for 180 days, or 0 for never.";
        if (After > Latest)
            yield return $"ProductVideo:Archive:After is {After}; it must be at most {Latest.TotalDays:0} days. Write 180 for 180 days, or 0 for never.";
        if (LeftOutAfter is { } leftOut && leftOut != TimeSpan.Zero && (leftOut < TimeSpan.FromDays(1) || leftOut > Latest))
            yield return $"ProductVideo:Archive:LeftOutAfter is {leftOut}; it must be 1 to {Latest.TotalDays:0} days. Write 30 for 30 days, or 0 for never.";
    }
}
