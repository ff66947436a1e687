using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>Which state follows; pure. What does not follow is null: the state does not allow it.</summary>
internal static class BackfillMachine
{
    /// <summary>Whether it was never started, so that it can be quoted, quoted anew and changed.</summary>
    public static bool IsUnstarted(BackfillState state) => state is BackfillState.Draft or BackfillState.Quoting or BackfillState.Quoted;

    /// <summary>Begins the dry run, or begins it anew: products and prices may have changed, so what was agreed to before counts no more.</summary>
    public static Backfill? Quote(Backfill backfill, DateTimeOffset now) => IsUnstarted(backfill.State)
        ? backfill with { State = BackfillState.Quoting, QuotingSince = now, Quote = null, QuotedAt = null, Consent = null, Problem = null, DueAt = now } : null;

    /// <summary>Begins the dry run of one that starts by itself if it costs no more than was agreed to beforehand.</summary>
    /// <param name="backfill">A draft that runs once.</param>
    /// <param name="consent">To the most it may cost.</param>
    /// <param name="now">The time.</param>
    public static Backfill? QuoteAgreed(Backfill backfill, Consent consent, DateTimeOffset now) =>
        backfill is { State: BackfillState.Draft, Plan.Schedule.Cron: null } && Quote(backfill, now) is { } quoting ? quoting with { Consent = consent } : null;

    /// <summary>What was wanted is another thing now: what was found out and agreed to before counts no more.</summary>
    public static Backfill? Change(Backfill backfill, string name, BackfillPlan plan) =>
        IsUnstarted(backfill.State)
            ? backfill with { Name = name, Plan = plan, State = BackfillState.Draft, QuotingSince = null, Quote = null, QuotedAt = null, Consent = null, DueAt = null, Problem = null }
            : null;

    /// <summary>The dry run came to its end. What was agreed to beforehand, for a schedule's run or this one, starts it by itself if it covers the price.</summary>
    public static Backfill? Quoted(Backfill backfill, BackfillQuote quote, DateTimeOffset now)
    {
        if (backfill.State is not BackfillState.Quoting)
            return null;
        var quoted = backfill with { State = BackfillState.Quoted, QuotingSince = null, Quote = quote, QuotedAt = now, Problem = null, DueAt = null };
        return backfill is not { Plan.Schedule.Cron: null, Consent: { } consent } ? quoted
            : quote.IsCovered(consent.Prices) ? Started(quoted, consent, now)
            : quoted with { Problem = TooDear(quoted, quote, consent) };
    }

    /// <summary>Starts it, or its schedule.</summary>
    /// <param name="backfill">Quoted.</param>
    /// <param name="consent">To its price.</param>
    /// <param name="firstRun">When its schedule runs first; null where it has none.</param>
    /// <param name="now">The time.</param>
    public static Backfill? Start(Backfill backfill, Consent consent, DateTimeOffset? firstRun, DateTimeOffset now)
    {
        if (backfill is not { State: BackfillState.Quoted, Quote: { } quote } || !quote.IsCovered(consent.Prices))
            return null;
        return firstRun is { } first
            ? Started(backfill, consent, now) with { State = BackfillState.Scheduled, DueAt = first } : Started(backfill, consent, now);
    }

    /// <summary>Orders nothing more. A schedule is due once more, so that its run surely stops with it.</summary>
    /// <param name="backfill">Running or scheduled.</param>
    /// <param name="by">Who; null for ourselves.</param>
    /// <param name="why">Why, where we did.</param>
    /// <param name="now">The time.</param>
    public static Backfill? Pause(Backfill backfill, string? by, Problem? why, DateTimeOffset now) => backfill.State is BackfillState.Running or BackfillState.Scheduled
        ? backfill with { State = BackfillState.Paused, StoppedBy = by, Problem = why, DueAt = backfill.Plan.Schedule.Cron is null ? null : now, PausedAt = now } : null;

    /// <summary>What its schedule's next time means for a run that nobody started, as it was too dear: the next one has the products and prices of then.</summary>
    public static Backfill? Supersede(Backfill run, DateTimeOffset now) => run.State is BackfillState.Quoted && Cancel(run, by: null, now) is { } over
        ? over with { Problem = Superseded } : null;

    /// <summary>What a schedule's pause means for a run that it made. One that was not priced yet would start by itself; the schedule's next time makes another.</summary>
    public static Backfill? PauseRun(Backfill run, string by, DateTimeOffset now) => run.State switch
    {
        BackfillState.Running => Pause(run, by, why: null, now),
        BackfillState.Paused => null,
        _ => Cancel(run, by, now),
    };

    /// <param name="backfill">Paused.</param>
    /// <param name="nextRun">When its schedule runs next; null where it has none.</param>
    /// <param name="now">The time.</param>
    public static Backfill? Resume(Backfill backfill, DateTimeOffset? nextRun, DateTimeOffset now) => backfill.State is BackfillState.Paused
        ? backfill with
        {
            State = nextRun is null ? BackfillState.Running : BackfillState.Scheduled, StoppedBy = null, Problem = null, DueAt = nextRun ?? now,
            PausedAt = null, PausedFor = backfill.PausedFor + (now - (backfill.PausedAt ?? now)),
        }
        : null;

    /// <summary>Ends it. It is due once more, so that what is ordered and not sent yet is cancelled too.</summary>
    /// <param name="backfill">Not over.</param>
    /// <param name="by">Who; null for ourselves.</param>
    /// <param name="now">The time.</param>
    public static Backfill? Cancel(Backfill backfill, string? by, DateTimeOffset now) => IsOver(backfill.State)
        ? null : backfill with { State = BackfillState.Cancelled, QuotingSince = null, StoppedBy = by, EndedAt = now, PausedAt = null, Problem = null, DueAt = now };

    public static Backfill? Finish(Backfill backfill, DateTimeOffset now) => backfill.State is BackfillState.Running
        ? backfill with { State = BackfillState.Done, EndedAt = now, Problem = null, DueAt = null } : null;

    public static bool IsOver(BackfillState state) => state is BackfillState.Done or BackfillState.Cancelled;

    /// <summary>What each of a schedule's runs may cost: what was agreed, or less where its own cap says so.</summary>
    public static BackfillCaps CapsOf(BackfillPlan plan, Consent consent) => plan.Caps with
    {
        Money = plan.Caps.Money is { } cap ? Least(cap, consent) : consent.Prices is [var only] ? only : null,
    };

    private static Problem Superseded { get; } = new(
        "backfill_superseded", "Nobody started this run until its schedule's next time. The run after it has the products and prices of that day.", "Its schedule's next time came while it was quoted.");

    private static Problem TooDear(Backfill backfill, BackfillQuote quote, Consent consent)
    {
        var (costs, agreed) = (string.Join(" + ", quote.Prices), consent.Prices.Count == 0 ? "nothing" : string.Join(" + ", consent.Prices));
        return new Problem(
            "backfill_too_dear",
            $"This {(backfill.RunOf is null ? "backfill" : "run")} would cost {costs}, and {agreed} was agreed {(backfill.RunOf is null ? "beforehand" : "for each run")}. Start it if that is right, or cancel it.",
            $"Quoted at {costs}; {consent.By} agreed to {agreed}.");
    }

    private static Money Least(Money cap, Consent consent)
    {
        var agreed = consent.Prices.Where(price => price.Currency == cap.Currency).Select(price => price.Amount).DefaultIfEmpty(0).First();
        return cap with { Amount = Math.Min(cap.Amount, agreed) };
    }

    private static Backfill Started(Backfill backfill, Consent consent, DateTimeOffset now) => backfill with
    {
        State = BackfillState.Running, Consent = consent, StartedAt = now, Problem = null, StoppedBy = null, DueAt = now, PausedAt = null, PausedFor = TimeSpan.Zero,
    };
}
