namespace ProductVideo.Backfills;

/// <summary>The product got its video from elsewhere while a run was ordering it; nothing was ordered.</summary>
/// <param name="reason">As the run would have skipped it, had it been so before.</param>
internal sealed class NotMissingException(SkipReason reason) : Exception($"The product needs no video any more: {reason}.")
{
    public SkipReason Reason { get; } = reason;
}
