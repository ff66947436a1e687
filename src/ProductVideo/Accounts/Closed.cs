using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>Why the gate is closed, in words.</summary>
internal static class Closed
{
    /// <summary>Whoever resumes wakes what waits; this only catches what fell in between.</summary>
    private static readonly TimeSpan PausedLook = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ProbedLook = TimeSpan.FromSeconds(10);

    /// <summary>Who waits for a place or a turn looks again after this.</summary>
    public static readonly TimeSpan PlaceLook = TimeSpan.FromSeconds(2);

    public static NotNowException Paused(SubmitPause pause, DateTimeOffset now) => new(now + PausedLook, Told(pause));

    public static NotNowException Broken(AccountBreaker breaker, string account, bool probes, DateTimeOffset now) =>
        new(breaker.OpenUntil > now ? breaker.OpenUntil.Value : now + ProbedLook, Told(breaker, account, probes))
        {
            ProbeDue = probes && breaker.MayBeTried(now),
            NeedsPerson = breaker.State is BreakerState.NeedsPerson,
        };

    public static NotNowException AskedToWait(string account, DateTimeOffset until) => new(until, new Problem(
        "provider_asked_to_wait", "The provider asked us to wait. It goes on by itself. Nothing is charged meanwhile.",
        $"Account {account} is left alone until {until.UtcDateTime:u}, as it asked."));

    public static NotNowException NoPlace(string account, int limit, DateTimeOffset now) => new(now + PlaceLook, new Problem(
        "waiting_for_place", "Waiting for a free place at the provider. It starts by itself.",
        $"Account {account} has {limit} tasks unfinished, as many as it may have.")) { InTurn = true };

    public static NotNowException PeopleFirst(string account, DateTimeOffset now) => new(now + PlaceLook, new Problem(
        "waiting_for_place", "Waiting until those are sent that somebody waits for. It starts by itself.",
        $"Account {account} has orders waiting that do not belong to a backfill; those go first.")) { InTurn = true };

    public static NotNowException TooFast(string account, double perSecond, DateTimeOffset until) => new(until, new Problem(
        "waiting_for_place", "Waiting for a free place at the provider. It starts by itself.",
        FormattableString.Invariant($"Account {account} may be sent {perSecond} starts per second."))) { InTurn = true };

    public static NotNowException OneAtATime(string account, string model, DateTimeOffset now) => new(now + PlaceLook, new Problem(
        "waiting_for_place", "Waiting for a free place at the provider. It starts by itself.",
        $"Account {account} lists no mark of ours, so model {model} takes one unproven start at a time.")) { InTurn = true };

    public static Problem Told(SubmitPause pause) => new(
        Problem.SubmitsPaused,
        $"{pause.By} paused new videos: {pause.Why} It goes on by itself once they are allowed again. Nothing is charged meanwhile.",
        $"Submits are paused for {pause.Scope} by {pause.By} since {pause.Since.UtcDateTime:u}: {pause.Why}");

    /// <param name="breaker">Not closed.</param>
    /// <param name="account">Whose.</param>
    /// <param name="probes">Whether the account can be asked for free.</param>
    public static Problem Told(AccountBreaker breaker, string account, bool probes) => breaker.State is BreakerState.NeedsPerson
        ? new Problem(
            Problem.AccountRefused,
            $"The provider refuses our account: {breaker.Reason?.MerchantText} Once that is mended, press “{(probes ? "Test connection" : "It is mended")}” under Providers. Your orders wait meanwhile.",
            $"Account {account} is closed until it is mended and opened again: {breaker.Reason?.OperatorText}")
        : new Problem(
            "provider_unavailable", "The provider does not work at the moment. We try again by ourselves. Nothing is charged meanwhile.",
            $"Account {account} failed {breaker.Failures} times in a row: {breaker.Reason?.OperatorText}");
}
