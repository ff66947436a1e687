namespace ProductVideo.Changes;

/// <summary>How a product's clip stands to its listing.</summary>
public enum WatchState
{
    /// <summary>Nothing that matters has changed, or there is no clip.</summary>
    Current,

    /// <summary>The clip would be another one today.</summary>
    Stale,

    /// <summary>The shop lists the product no more.</summary>
    Gone,
}
