namespace ProductVideo.Http;

/// <summary>
/// How long after its intent was committed a paid request may still leave. A process that slept in between (a stopped container, a paused
/// machine) must not send what another one has meanwhile looked for, not found and sent itself. The time is measured here, by a clock that
/// nobody sets and by the wall's, so that neither another machine's clock nor a sleep that stops the first one matters.
/// </summary>
public sealed class SubmitWindow : IDisposable
{
    private static readonly AsyncLocal<SubmitWindow?> Ambient = new();

    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly long _since;
    private readonly DateTimeOffset _sinceTime;

    private SubmitWindow(TimeProvider clock, TimeSpan length) =>
        (_clock, _length, _since, _sinceTime) = (clock, length, clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>That of the step that is running; null outside of any.</summary>
    internal static SubmitWindow? Current => Ambient.Value;

    /// <summary>Whether it is too late to send.</summary>
    public bool IsOver => _clock.GetElapsedTime(_since) > _length || _clock.GetUtcNow() - _sinceTime > _length;

    /// <summary>Opens it, before the intent is committed. What is called from there until it is disposed of is bound by it.</summary>
    public static SubmitWindow Open(TimeProvider clock, TimeSpan length) => Ambient.Value = new SubmitWindow(clock, length);

    public void Dispose() => Ambient.Value = null;
}
