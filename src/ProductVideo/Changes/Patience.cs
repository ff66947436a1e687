namespace ProductVideo.Changes;

/// <summary>Growing waits for what may pass.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>1 min, 2 min, 4 min … 6 h; at least as long as the shop asked for.</summary>
    /// <param name="tries">From 1.</param>
    /// <param name="asked">When the shop said to come back, if it did.</param>
    public static TimeSpan After(int tries, TimeSpan? asked = null)
    {
        var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Clamp(tries - 1, 0, 10)));
        wait = wait < Longest ? wait : Longest;
        return asked > wait ? asked.Value : wait;
    }
}
