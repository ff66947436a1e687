namespace ProductVideo.Changes;

/// <summary>What a shop wants done when a product has changed since its clip was made.</summary>
internal sealed record ChangePolicy
{
    /// <summary>Tells, and does nothing by itself.</summary>
    public static ChangePolicy Default { get; } = new();

    public OnChange OnChange { get; init; } = OnChange.Tell;

    /// <summary>Whether a clip that shows a picture which left the listing is taken off it.</summary>
    public bool WithdrawRemovedPictures { get; init; }
}

public enum OnChange
{
    /// <summary>The pages say so, with a button that makes a new one.</summary>
    Tell,

    /// <summary>A new one is ordered by the same recipe; it waits for approval and takes the old one's place.</summary>
    Remake,
}
