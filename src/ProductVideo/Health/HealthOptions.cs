namespace ProductVideo.Health;

/// <summary>When a server is fit for work. Bound from the section <c>ProductVideo:Health</c>.</summary>
public sealed class HealthOptions
{
    public static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that must be free where clips are put together.</summary>
    /// <value>2 GB.</value>
    public long MinFreeDisk { get; set; } = 2_000_000_000;

    /// <summary>How long a server that is stopped says that it is not ready before it stops answering, so that nothing is sent to it any more.</summary>
    /// <value>0: nothing stands before it.</value>
    public TimeSpan Drain { get; set; }

    internal IEnumerable<string> Mistakes()
    {
        if (MinFreeDisk < 0)
            yield return $"ProductVideo:Health:MinFreeDisk is {MinFreeDisk}; write how many bytes must be free, or 0.";
        if (Drain < TimeSpan.Zero || Drain > LongestDrain)
            yield return $"ProductVideo:Health:Drain is {Drain}; write up to {LongestDrain.TotalSeconds:0} seconds, for example 00:00:10.";
    }
}
