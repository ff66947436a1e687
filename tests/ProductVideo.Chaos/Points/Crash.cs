namespace ProductVideo.Chaos.Points;

/// <summary>The worker's own hand: dies by SIGKILL at the armed hit of a point.</summary>
internal static class Crash
{
    private static string? s_point;
    private static int s_left;

    /// <summary>Dies when <paramref name="point"/> is passed for the <paramref name="hit"/>-th time from now.</summary>
    public static void Arm(string point, int hit)
    {
        Volatile.Write(ref s_point, null);
        Volatile.Write(ref s_left, hit);
        Volatile.Write(ref s_point, point);
    }

    public static void At(string point)
    {
        if (Volatile.Read(ref s_point) != point || Interlocked.Decrement(ref s_left) != 0)
            return;
        Signals.Send(Environment.ProcessId, Signals.Kill);
        // The signal is on its way; not one more instruction of the worker's may run.
        Thread.Sleep(Timeout.Infinite);
    }
}
