namespace ProductVideo.Backfills;

/// <summary>How fast backfills order. Bound from the section <c>ProductVideo:Backfills</c>.</summary>
public sealed class BackfillsOptions
{
    /// <summary>At most so many videos of one backfill are ordered and unfinished at once, where the provider's account has no lower limit.</summary>
    /// <value>64.</value>
    public int Ahead { get; set; } = 64;

    /// <summary>So many products of a backfill are read and ordered side by side.</summary>
    /// <value>4.</value>
    public int OrderParallel { get; set; } = 4;

    /// <summary>So many videos that fail, or come into doubt, one after the other for the same reason pause a backfill.</summary>
    /// <value>10.</value>
    public int SameFailures { get; set; } = 10;

    internal IEnumerable<string> Mistakes()
    {
        if (Ahead is < 1 or > 100_000)
            yield return "ProductVideo:Backfills:Ahead must be 1 to 100000.";
        if (OrderParallel is < 1 or > 256)
            yield return "ProductVideo:Backfills:OrderParallel must be 1 to 256.";
        if (SameFailures < 1)
            yield return "ProductVideo:Backfills:SameFailures must be at least 1.";
    }
}
