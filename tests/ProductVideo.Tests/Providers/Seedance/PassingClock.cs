using Microsoft.Extensions.Time.Testing;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Seedance;

/// <summary>Stands still until somebody waits, and then is as far as it was waited for.</summary>
internal sealed class PassingClock() : FakeTimeProvider(Some.Noon)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // Not before whoever waits has the timer in hand.
        if (dueTime > TimeSpan.Zero)
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }
}
