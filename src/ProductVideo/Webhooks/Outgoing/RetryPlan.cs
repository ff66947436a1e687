using System.Globalization;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>What follows from a try to deliver. Pure.</summary>
/// <param name="State">Where the delivery stands now.</param>
/// <param name="DueAt">When it is tried again; null for never.</param>
/// <param name="FailingSince">Since when the endpoint accepts nothing; null if it does.</param>
/// <param name="DisabledBecause">Why the endpoint is switched off now; null if it is not.</param>
internal sealed record RetryPlan(DeliveryState State, DateTimeOffset? DueAt, DateTimeOffset? FailingSince, string? DisabledBecause)
{
    private const int Gone = 410;

    /// <summary>The waits after the first try, the second and so on; together a little over three days.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How often an event is tried at most.</summary>
    public static int MaxTries => Waits.Length + 1;

    /// <summary>An endpoint that accepted nothing for so long is switched off when it fails an event for good.</summary>
    internal static readonly TimeSpan LongFailure = TimeSpan.FromDays(3);

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <param name="tries">With this one.</param>
    /// <param name="reply">What came back.</param>
    /// <param name="failingSince">As it was before.</param>
    /// <param name="now">When the reply came.</param>
    /// <param name="jitter">0 to 1, by chance, so that what failed together does not come back together.</param>
    public static RetryPlan After(int tries, Reply reply, DateTimeOffset? failingSince, DateTimeOffset now, double jitter)
    {
        if (reply.Status is >= 200 and < 300)
            return new RetryPlan(DeliveryState.Delivered, DueAt: null, FailingSince: null, DisabledBecause: null);
        var since = failingSince ?? now;
        if (reply.Status == Gone)
            return new RetryPlan(DeliveryState.Failed, DueAt: null, since, "Its server says that nobody wants to be told there any more (410 Gone).");
        if (tries < MaxTries)
            return new RetryPlan(DeliveryState.Waiting, now + Wait(tries, reply.RetryAfter, jitter), since, DisabledBecause: null);
        return new RetryPlan(
            DeliveryState.Failed, DueAt: null, since,
            now - since < LongFailure ? null : string.Create(
                CultureInfo.InvariantCulture, $"It accepted nothing for {(now - since).TotalDays:0} days. Mend it, switch it on again and send what it missed."));
    }

    private static TimeSpan Wait(int tries, TimeSpan? retryAfter, double jitter)
    {
        var planned = Waits[tries - 1] * (0.9 + (0.2 * jitter));
        var asked = retryAfter is { } wish && wish > LongestRetryAfter ? LongestRetryAfter : retryAfter ?? TimeSpan.Zero;
        return asked > planned ? asked : planned;
    }
}

/// <summary>What a receiver answered.</summary>
/// <param name="Status">Its status; null where no answer came.</param>
/// <param name="Text">The beginning of its answer, or why there was none.</param>
/// <param name="RetryAfter">When it said to come back, if it did.</param>
internal sealed record Reply(int? Status, string Text, TimeSpan? RetryAfter = null);
