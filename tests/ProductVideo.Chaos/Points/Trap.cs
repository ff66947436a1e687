namespace ProductVideo.Chaos.Points;

/// <summary>The outside's hand: sends a signal to the worker that it is just talking to, at the armed hit of a point.</summary>
internal sealed class Trap
{
    private readonly Lock _lock = new();
    private string? _point;
    private int _left;
    private int _signal;

    /// <summary>The process that was hit; null as long as none was.</summary>
    public int? Hit { get; private set; }

    /// <summary>Done to a worker that was put to sleep, before what it waits for is answered.</summary>
    public Action<int>? Asleep { get; set; }

    public void Arm(string point, int hit, int signal)
    {
        lock (_lock)
            (_point, _left, _signal, Hit) = (point, hit, signal, null);
    }

    /// <summary>True if the worker was killed just now: whoever serves it stops in the middle.</summary>
    public bool Killed(string point, int worker)
    {
        lock (_lock)
        {
            if (_point != point || --_left != 0)
                return false;
            _point = null;
            Signals.Send(worker, _signal);
            if (_signal == Signals.Stop)
                Asleep?.Invoke(worker);
            Hit = worker;
            return _signal == Signals.Kill;
        }
    }
}
