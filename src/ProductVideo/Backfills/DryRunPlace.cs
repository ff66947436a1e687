namespace ProductVideo.Backfills;

/// <summary>
/// How far a dry run is, and what it counted until there. A page is counted in a copy, which counts once the page's rows are written: were the place
/// ahead of the rows, the page after a failed write would begin behind products that nobody judged.
/// </summary>
internal sealed class DryRunPlace
{
    /// <summary>The last product that the dry run went through; null where it begins.</summary>
    public string? Cursor { get; set; }

    /// <summary>How many products it found to be none of the backfill's.</summary>
    public int OutOfScope { get; private set; }

    /// <summary>How many products are left out without a row of their own, by reason; those out of scope not among them.</summary>
    public IReadOnlyDictionary<SkipReason, int> LeftOut => _leftOut;

    private readonly Dictionary<SkipReason, int> _leftOut = [];

    public DryRunPlace(string? cursor, int outOfScope, IReadOnlyDictionary<SkipReason, int> leftOut) => (Cursor, OutOfScope, _leftOut) = (cursor, outOfScope, new(leftOut));

    public DryRunPlace Copy() => new(Cursor, OutOfScope, LeftOut);

    /// <summary>Counts one more product that gets no row.</summary>
    public void LeaveOut(SkipReason reason)
    {
        if (reason is SkipReason.OutOfScope)
            OutOfScope++;
        else
            _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
    }
}
