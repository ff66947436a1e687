using ProductVideo.Generations;

namespace ProductVideo.Providers;

/// <summary>
/// Keeps orders from an account that does not answer or does not let us in. Pure: what a start or a probe led to gives the next breaker.
/// Content or input that was refused proves that the provider is there, so it counts as an answer like any other.
/// </summary>
/// <param name="State">Whether orders may go.</param>
/// <param name="Failures">Starts in a row that met a provider which could not be used.</param>
/// <param name="Openings">Times in a row that it was opened; each doubles the wait.</param>
/// <param name="OpenUntil">When to try again; null if closed, or if only a person or a probe can close it.</param>
/// <param name="Reason">What opened it.</param>
public sealed record AccountBreaker(
    BreakerState State = BreakerState.Closed, int Failures = 0, int Openings = 0, DateTimeOffset? OpenUntil = null, Problem? Reason = null)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>How often an account that refuses us is probed while nobody has mended it.</summary>
    private static readonly TimeSpan RefusedProbeWait = TimeSpan.FromMinutes(5);

    /// <summary>How long one trial keeps the others back; after that it counts as lost, and another may go.</summary>
    private static readonly TimeSpan TrialTime = TimeSpan.FromMinutes(2);

    public static AccountBreaker Closed { get; } = new();

    /// <summary>Whether its wait is over and the account is to be looked at.</summary>
    public bool MayBeTried(DateTimeOffset now) => State is not BreakerState.Closed && (OpenUntil is not { } until || until <= now);

    /// <summary>One order goes first, where nothing free can be asked: its outcome decides.</summary>
    public AccountBreaker Tried(DateTimeOffset now) => this with { State = BreakerState.Trying, OpenUntil = now + TrialTime };

    /// <summary>After a start.</summary>
    /// <param name="outcome">What it led to.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="threshold">Failures in a row that open it, at least 1.</param>
    public AccountBreaker After(StartOutcome outcome, DateTimeOffset now, int threshold) => outcome switch
    {
        StartOutcome.Refused { Fault: { Code: ProviderFaultCode.Unauthorised or ProviderFaultCode.OutOfCredit } fault } => Refuse(fault, now),
        StartOutcome.Refused { Fault.IsOurs: true } => this,
        StartOutcome.Refused { Fault: { Code: ProviderFaultCode.Transient or ProviderFaultCode.RateLimited } fault } => Fail(fault, now, threshold),
        StartOutcome.Unknown unknown => Fail(unknown.Fault, now, threshold),
        // An account that a person must mend is not mended by an answer to something sent before.
        _ => State is BreakerState.NeedsPerson ? this : Closed,
    };

    /// <summary>After a free call.</summary>
    /// <param name="fault">What was said; null if the account answered.</param>
    /// <param name="seesCredit">Whether that answer tells that the account can pay.</param>
    /// <param name="now">The deciding clock.</param>
    public AccountBreaker Probed(ProviderFault? fault, bool seesCredit, DateTimeOffset now) => fault switch
    {
        // Opened on that, every order that waits would be sent in turn, refused, and lost.
        null when !seesCredit && State is BreakerState.NeedsPerson && Reason?.Code is Problem.OutOfCredit => this with { OpenUntil = now + RefusedProbeWait },
        null => Closed,
        { Code: ProviderFaultCode.Unauthorised or ProviderFaultCode.OutOfCredit } => Refuse(fault, now),
        // Not being reached now says nothing on whether it would let us in.
        _ when State is BreakerState.NeedsPerson => this with { OpenUntil = now + RefusedProbeWait },
        _ => Open(fault, now),
    };

    private AccountBreaker Fail(ProviderFault fault, DateTimeOffset now, int threshold) => State switch
    {
        BreakerState.NeedsPerson => this,
        // Who names a time is there: that time is kept by all, and says more than a guess that doubles.
        BreakerState.Trying when fault.RetryAfter is { } wait => this with { State = BreakerState.Open, OpenUntil = now + Capped(wait) },
        BreakerState.Trying => Open(fault, now),
        // Sent before it opened. It says nothing new, and thirty at once are no thirty openings.
        BreakerState.Open => this,
        _ when fault.RetryAfter is not null => this,
        _ => Failures + 1 >= threshold ? Open(fault, now) : this with { Failures = Failures + 1 },
    };

    private AccountBreaker Open(ProviderFault fault, DateTimeOffset now) => new(
        BreakerState.Open, Failures + 1, Openings + 1, now + Wait(Openings), Problem.From(fault));

    private AccountBreaker Refuse(ProviderFault fault, DateTimeOffset now) => new(
        BreakerState.NeedsPerson, Failures, Openings, now + RefusedProbeWait, Problem.From(fault));

    /// <summary>30 s, doubling, at most 10 minutes.</summary>
    private static TimeSpan Wait(int openings) => Capped(TimeSpan.FromTicks(FirstWait.Ticks << Math.Clamp(openings, 0, 10)));

    private static TimeSpan Capped(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}

public enum BreakerState
{
    Closed,

    /// <summary>The provider could not be used several times in a row.</summary>
    Open,

    /// <summary>Open, and one order is on its way to find out whether it still must be.</summary>
    Trying,

    /// <summary>The provider refuses the account: a person mends it and closes the breaker, or a probe finds it mended.</summary>
    NeedsPerson,
}
