namespace ProductVideo.Http;

/// <summary>
/// How long after its intent was committed a paid request may still leave. A process that slept in between (a stopped container, a paused
/// machine) must not send what another one has meanwhile looked for, not found and sent itself. The time is measured here, by a clock that
/// nobody sets and by the wall's, so that neither another machine's clock nor a sleep that stops the first one matters. What began to leave in
/// time may go on for longer, as a large body on a slow line must: to the end of the claim, before which nobody else looks.
/// </summary>
internal sealed class SubmitWindow : IDisposable
{
    private static readonly AsyncLocal<SubmitWindow?> Ambient = new();

    private readonly TimeProvider _clock;
    private readonly TimeSpan _begin;
    private readonly TimeSpan _end;
    private readonly long _since;
    private readonly DateTimeOffset _sinceTime;

    private SubmitWindow(TimeProvider clock, TimeSpan begin, TimeSpan end) =>
        (_clock, _begin, _end, _since, _sinceTime) = (clock, begin, end, clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>That of the step that is running; null outside of any.</summary>
    internal static SubmitWindow? Current => Ambient.Value;

    /// <summary>Whether it is too late to begin to send.</summary>
    public bool IsOver => HasPassed(_begin);

    /// <summary>Whether it is too late to send even the rest of what was begun in time.</summary>
    public bool IsShut => HasPassed(_end);

    /// <summary>Opens it, before the intent is committed. What is called from there until it is disposed of is bound by it.</summary>
    /// <param name="clock">Measures it.</param>
    /// <param name="begin">For the first byte.</param>
    /// <param name="end">For the last: not longer than the claim.</param>
    public static SubmitWindow Open(TimeProvider clock, TimeSpan begin, TimeSpan end) => Ambient.Value = new SubmitWindow(clock, begin, end);

    public void Dispose() => Ambient.Value = null;

    private bool HasPassed(TimeSpan time) => _clock.GetElapsedTime(_since) > time || _clock.GetUtcNow() - _sinceTime > time;
}
