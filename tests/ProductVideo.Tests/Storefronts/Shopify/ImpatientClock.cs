namespace ProductVideo.Tests.Storefronts.Shopify;

/// <summary>A clock for which every pause is over at once; how long they would have been is noted.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>How far it is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock)
                return [.. _pauses];
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
            _pauses.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
