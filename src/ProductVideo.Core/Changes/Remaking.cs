using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>Decides whether a clip is re-made without a person; pure. It costs money, so every doubt is a no.</summary>
internal static class Remaking
{
    /// <param name="policy">The shop's.</param>
    /// <param name="reasons">What has changed.</param>
    /// <param name="clip">The one that is on the listing, or that was taken off for this change; null if there is neither.</param>
    /// <param name="others">The product's newest generations, in whatever state.</param>
    /// <param name="now">The hash of what would be made now.</param>
    /// <param name="triedFor">The hash for which a new one was ordered, refused for good or only told of before; null if never.</param>
    /// <param name="isListed">Whether shoppers can see the product.</param>
    public static RemakeDecision Decide(
        ChangePolicy policy, IReadOnlyCollection<ChangeReason> reasons, Generation? clip, IReadOnlyCollection<Generation> others, string now, string? triedFor, bool isListed)
    {
        // Another style may choose other pictures and other words; then only that a picture left the listing is surely the product's own change.
        var restyled = reasons.Contains(ChangeReason.Template) || reasons.Contains(ChangeReason.Brand);
        if (policy.OnChange is not OnChange.Remake || !reasons.Any(reason => restyled ? reason is ChangeReason.RemovedPicture : ChangeReasons.IsOfProduct(reason)))
            return RemakeDecision.NotWanted;
        if (clip is not { State: GenerationState.Published or GenerationState.Withdrawing or GenerationState.Withdrawn } || others.Any(other => other.State.IsActive))
            return RemakeDecision.NotNow;
        if (!isListed)
            return RemakeDecision.NotListed;
        if (Recipe.IsEdit(clip.Order))
            return RemakeDecision.ByHand;
        return triedFor == now || others.Any(other => EndedInVain(other) && other.Order.MadeFrom?.Hash() == now) ? RemakeDecision.TriedBefore : RemakeDecision.Order;
    }

    private static bool EndedInVain(Generation generation) =>
        generation.State is GenerationState.Failed or GenerationState.Rejected or GenerationState.Cancelled or GenerationState.Withdrawn { ReplacedBy: null };
}

internal enum RemakeDecision
{
    /// <summary>The shop wants to be told only, or it is not the product that changed.</summary>
    NotWanted,

    /// <summary>No clip is on the listing, or one is under way: it is looked at again when that has ended.</summary>
    NotNow,

    /// <summary>The product is a draft or archived.</summary>
    NotListed,

    /// <summary>The clip is a person's change of an earlier clip, for which there is no recipe.</summary>
    ByHand,

    /// <summary>These very pictures and words were dealt with: told of, ordered, or a clip of them failed, was rejected, cancelled or taken off.</summary>
    TriedBefore,

    Order,
}
