namespace ProductVideo.Chaos;

/// <summary>
/// A clock on which the product's minutes are seconds, so that its own times (lease, settling, back-off) are tested as they are and a run
/// still ends. All processes of a run share it; <paramref name="offset"/> makes one of them wrong.
/// </summary>
/// <param name="epoch">Where the clocks of a run agree with the machine's.</param>
/// <param name="offset">How far this one is ahead.</param>
internal sealed class FastClock(DateTimeOffset epoch, TimeSpan offset = default) : TimeProvider
{
    /// <summary>How many of its seconds are one of ours.</summary>
    public const int Speed = 20;

    public DateTimeOffset Epoch => epoch;

    public override DateTimeOffset GetUtcNow() => epoch + ((DateTimeOffset.UtcNow - epoch) * Speed) + offset;

    public override long GetTimestamp() => System.GetTimestamp() * Speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Slowed(dueTime), Slowed(period));

    private static TimeSpan Slowed(TimeSpan time) =>
        time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / Speed));
}
