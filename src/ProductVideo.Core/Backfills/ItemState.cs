using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>How one video of a backfill stands.</summary>
public enum ItemState
{
    /// <summary>None is made; see its <see cref="SkipReason"/>.</summary>
    Skipped,

    /// <summary>To be ordered.</summary>
    Waiting,

    /// <summary>Ordered and not finished.</summary>
    UnderWay,

    /// <summary>Awaits a person.</summary>
    Review,

    /// <summary>Approved and on its way to the listing.</summary>
    Publishing,

    /// <summary>On its listing.</summary>
    Published,

    /// <summary>Could not be ordered, or was not made.</summary>
    Failed,

    Rejected,

    Cancelled,

    /// <summary>A person must say whether it was paid.</summary>
    InDoubt,
}

/// <summary>Which state of a video is which state of its item.</summary>
internal static class ItemStates
{
    /// <summary>Nothing more comes of it without a person.</summary>
    public static bool IsAtRest(ItemState state) => state is not (ItemState.Waiting or ItemState.UnderWay or ItemState.Publishing);

    public static ItemState Of(GenerationState state) => state switch
    {
        GenerationState.AwaitingReview => ItemState.Review,
        // That it is not on its listing is known only once it is off again.
        GenerationState.Publishing or GenerationState.Withdrawing { Failure: not null } or GenerationState.Withdrawing { Unpublished: true } => ItemState.Publishing,
        // Somebody thought better of it before a shopper saw it.
        GenerationState.Withdrawn { Unpublished: true } => ItemState.Rejected,
        // Taken off later, it was made and published all the same.
        GenerationState.Published or GenerationState.Withdrawing or GenerationState.Withdrawn => ItemState.Published,
        // Another provider is being asked.
        GenerationState.Failed { Handover: not null } => ItemState.UnderWay,
        GenerationState.Failed => ItemState.Failed,
        GenerationState.Rejected => ItemState.Rejected,
        GenerationState.Cancelled => ItemState.Cancelled,
        GenerationState.InDoubt => ItemState.InDoubt,
        _ => ItemState.UnderWay,
    };
}
