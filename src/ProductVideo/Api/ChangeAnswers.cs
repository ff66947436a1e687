using System.ComponentModel.DataAnnotations;
using ProductVideo.Changes;
using ProductVideo.Generations;

namespace ProductVideo.Api;

/// <summary>What a shop wants done when a product has changed since its video was made.</summary>
internal sealed record ChangePolicyBody
{
    /// <summary><c>tell</c> says so on the pages; <c>remake</c> orders a new video too, which waits for approval.</summary>
    [Required]
    public OnChange? OnChange { get; init; }

    /// <summary>Takes a video off its listing when it shows a picture that left it.</summary>
    public bool WithdrawRemovedPictures { get; init; }

    internal ChangePolicy ToPolicy() => new()
    {
        OnChange = OnChange ?? throw Caller.Bad("onChange", "'onChange' is missing: 'tell' or 'remake'."),
        WithdrawRemovedPictures = WithdrawRemovedPictures,
    };
}

/// <summary>A shop's policy, and how far its products were gone through.</summary>
/// <param name="OnChange"><c>tell</c> or <c>remake</c>.</param>
/// <param name="WithdrawRemovedPictures">Whether a video is taken off when a picture that it shows left the listing.</param>
/// <param name="ScannedAt">When all products were last gone through; null if never yet.</param>
/// <param name="UninstalledAt">When the shop took our access away; null while it has not. Nothing is ordered for its changes since.</param>
/// <param name="Problem">Why the products can't be gone through now.</param>
internal sealed record ShopChangesAnswer(OnChange OnChange, bool WithdrawRemovedPictures, DateTimeOffset? ScannedAt, DateTimeOffset? UninstalledAt, Problem? Problem)
{
    internal static ShopChangesAnswer Of(WatchedShop? shop)
    {
        var policy = shop?.Policy ?? ChangePolicy.Default;
        return new(policy.OnChange, policy.WithdrawRemovedPictures, shop?.ScannedAt, shop?.UninstalledAt, shop?.Problem);
    }
}

/// <summary>How a product's video stands to its listing.</summary>
/// <param name="State"><c>current</c>, <c>stale</c> or <c>gone</c>.</param>
/// <param name="Reasons">What differs: <c>text</c>, <c>pictures</c>, <c>removedPicture</c>, <c>template</c>, <c>brand</c>.</param>
/// <param name="Text">The same for the merchant; null where nothing is to be told.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Video">The video that was compared.</param>
/// <param name="NewVideo">The video that was ordered because of it.</param>
/// <param name="Problem">Why it could not be compared, or no new one be ordered.</param>
internal sealed record ProductChangeAnswer(
    WatchState State, IReadOnlyList<ChangeReason> Reasons, string? Text, DateTimeOffset Since, Guid? Video, Guid? NewVideo, Problem? Problem)
{
    internal static ProductChangeAnswer? Of(WatchedProduct? product) => product is null ? null : new(
        product.State, product.Reasons, ChangeWords.Of(product), product.Since, product.Video, product.NewVideo, product.Problem);
}

/// <summary>What came of asking for a product's video to be made anew.</summary>
/// <param name="Changed">Whether something that matters has changed, a first video is made, or the request was followed before.</param>
/// <param name="Reasons">What has changed.</param>
/// <param name="Text">The same, or why nothing is made, for the merchant.</param>
/// <param name="Generation">The new video, or the one that is under way.</param>
internal sealed record RegenerationAnswer(bool Changed, IReadOnlyList<ChangeReason> Reasons, string Text, GenerationAnswer? Generation)
{
    internal static RegenerationAnswer Of(Regeneration found) => new(
        found.Reasons.Count > 0 || found.Video is not null, found.Reasons, found.Text, found.Video is { } video ? GenerationAnswer.Of(video) : null);
}
