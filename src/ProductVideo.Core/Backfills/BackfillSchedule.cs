namespace ProductVideo.Backfills;

/// <summary>When a backfill runs.</summary>
public sealed record BackfillSchedule
{
    /// <summary>Runs whenever this says, in the five fields of cron; null for once, when it is started.</summary>
    public string? Cron { get; init; }

    /// <summary>IANA name of the zone that <see cref="Cron"/> and <see cref="Blackouts"/> are in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Hours in which nothing is ordered; what is under way goes on.</summary>
    public IReadOnlyList<Blackout> Blackouts { get; init; } = [];

    /// <summary>When ordering may go on: null if it may now.</summary>
    /// <param name="local">The local time in <see cref="TimeZone"/>.</param>
    public TimeSpan? WaitFrom(TimeOnly local)
    {
        var wait = TimeSpan.Zero;
        // One may begin where another ends.
        for (var i = 0; i <= Blackouts.Count; i++)
        {
            if (Blackouts.FirstOrDefault(blackout => blackout.Holds(local.Add(wait))) is not { } blackout)
                return wait == TimeSpan.Zero ? null : wait;
            wait += blackout.To - local.Add(wait);
        }

        return wait;
    }

    /// <summary>How long ordering may go on from a time at which it may: null for ever.</summary>
    /// <param name="local">The local time in <see cref="TimeZone"/>, in none of <see cref="Blackouts"/>.</param>
    public TimeSpan? OpenFor(TimeOnly local) => Blackouts.Count == 0 ? null : Blackouts.Min(blackout => blackout.From - local);
}

/// <summary>Hours of every day.</summary>
/// <param name="From">From then on.</param>
/// <param name="To">Up to then; before <paramref name="From"/>, it is the next morning.</param>
public sealed record Blackout(TimeOnly From, TimeOnly To)
{
    public bool Holds(TimeOnly time) => time.IsBetween(From, To);
}
