using ProductVideo.Providers;

namespace ProductVideo.Correlation;

/// <summary>
/// Finds the task of a lost submit in a list that bears no mark of ours, by leaving out every task that is known. It claims a task only
/// where nothing else can have made it.
/// </summary>
internal static class Elimination
{
    /// <summary>
    /// The window in which the list shows the intent's task, if there is one. What somebody else began after it must hold up nothing. Its times are
    /// the database's, and <paramref name="now"/> may be that of a machine whose clock is behind: a window that such a clock ends too early shows
    /// nothing, and nothing is taken for proof that nothing was made.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Window(SubmitIntent intent, DateTimeOffset now) =>
        (intent.Since - ProviderClock.Skew, (intent.Until ?? (now > intent.Since ? now : intent.Since)) + ProviderClock.Skew);

    /// <summary>Since when another unproven submit may have made a task within the window: a request may be under way for as long as a list settles.</summary>
    public static DateTimeOffset Rivals(SubmitIntent intent, TimeSpan settle) => intent.Since - ProviderClock.Skew - settle;

    /// <summary>
    /// Between which times a submit was sent whose task a list must show, if it is the account's and whole, that begins as much before the window as
    /// a clock may be off: so long ago that the list has settled, and that its task was made before the window ends.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Shown(SubmitIntent intent, DateTimeOffset now, TimeSpan settle) =>
        (intent.Since - ProviderClock.Skew, (intent.Until is { } until && until < now ? until : now) - settle);

    /// <summary>What the list proves.</summary>
    /// <param name="intent">The lost submit's.</param>
    /// <param name="seen">What is known.</param>
    /// <param name="now">The deciding clock.</param>
    public static FindOutcome Decide(SubmitIntent intent, Seen seen, DateTimeOffset now)
    {
        var (from, to) = Window(intent, now);
        RemoteTask[] candidates =
        [
            .. seen.Listed.Where(task => task.CreatedAt >= from && task.CreatedAt <= to && !seen.Held.Contains(task.RemoteId))
                .DistinctBy(task => task.RemoteId).OrderBy(task => task.CreatedAt),
        ];
        return candidates switch
        {
            [] => new FindOutcome.Absent(),
            [var only] when seen.Exclusive && seen.Rivals == 0 => new FindOutcome.Found(only.ToOperation()),
            [_] when seen.Exclusive => new FindOutcome.Several(candidates, $"one task may be its own, and {seen.Rivals} other unproven submits may have made it too"),
            [_] => new FindOutcome.Several(candidates, "one task may be its own, and the account is not declared exclusive, so somebody else may have made it"),
            _ => new FindOutcome.Several(candidates, $"{candidates.Length} tasks may be its own"),
        };
    }

    /// <param name="Listed">The provider's list.</param>
    /// <param name="Held">Those of the list that generations of ours hold.</param>
    /// <param name="Exclusive">Whether nothing but this installation orders with the account.</param>
    /// <param name="Rivals">Other unproven submits of ours that may have made a task within the window.</param>
    public sealed record Seen(IReadOnlyList<RemoteTask> Listed, IReadOnlySet<string> Held, bool Exclusive, int Rivals);
}
