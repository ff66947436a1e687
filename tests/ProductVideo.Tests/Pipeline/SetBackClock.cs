using Microsoft.Extensions.Time.Testing;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A machine's clock that somebody sets back; what was measured since is not changed by it.</summary>
internal sealed class SetBackClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    public TimeSpan SetBack { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBack;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
