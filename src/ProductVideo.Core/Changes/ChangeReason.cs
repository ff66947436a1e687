namespace ProductVideo.Changes;

/// <summary>What differs between a clip and what would be made now.</summary>
public enum ChangeReason
{
    /// <summary>Words that the clip, or its prompt, uses.</summary>
    Text,

    /// <summary>Other pictures, or others in other places.</summary>
    Pictures,

    /// <summary>The clip shows a picture that left the listing.</summary>
    RemovedPicture,

    /// <summary>The prompt template was edited or taken away.</summary>
    Template,

    /// <summary>The shop's looks.</summary>
    Brand,
}

/// <summary>Finds the reasons; pure.</summary>
internal static class ChangeReasons
{
    /// <summary>In the order of the enum; empty if nothing that matters changed.</summary>
    /// <param name="clip">What the clip was made from.</param>
    /// <param name="now">What it would be made from now.</param>
    /// <param name="listed">The ids of all pictures that are listed now, and the hashes of those that were fetched.</param>
    public static IReadOnlyList<ChangeReason> Of(MadeFrom clip, MadeFrom now, IReadOnlyCollection<UsedPicture> listed)
    {
        var reasons = new List<ChangeReason>();
        if (clip.Text != now.Text)
            reasons.Add(ChangeReason.Text);
        if (!clip.Pictures.Select(picture => picture.Sha256).SequenceEqual(now.Pictures.Select(picture => picture.Sha256), StringComparer.Ordinal))
            reasons.Add(ChangeReason.Pictures);
        if (Removed(clip, listed).Any())
            reasons.Add(ChangeReason.RemovedPicture);
        if (clip.Template != now.Template)
            reasons.Add(ChangeReason.Template);
        if (clip.Brand != now.Brand)
            reasons.Add(ChangeReason.Brand);
        return reasons;
    }

    /// <summary>The clip's pictures that are on the listing no more, neither under their id nor with their bytes under another.</summary>
    public static IEnumerable<UsedPicture> Removed(MadeFrom clip, IReadOnlyCollection<UsedPicture> listed) =>
        clip.Pictures.Where(used => listed.All(picture => picture.Id != used.Id && picture.Sha256 != used.Sha256));

    /// <summary>Whether it is the product that changed. Else an edited template or a new logo would order every video of a shop anew.</summary>
    public static bool IsOfProduct(ChangeReason reason) => reason is ChangeReason.Text or ChangeReason.Pictures or ChangeReason.RemovedPicture;
}
