namespace ProductVideo.Feeds;

/// <summary>Who takes a feed.</summary>
internal enum FeedChannel
{
    /// <summary>Google Merchant Center, <c>video_link</c>.</summary>
    Google,

    /// <summary>Meta's catalogs (Facebook, Instagram), <c>video[0].url</c>.</summary>
    Meta,
}

/// <summary>Why a published clip, or an item of its product, is in no feed.</summary>
internal enum FeedGap
{
    /// <summary>It is not known where its file can be had.</summary>
    NoAddress,

    /// <summary>Its address is none that the channel takes.</summary>
    BadAddress,

    /// <summary>Shorter than the channel takes.</summary>
    TooShort,

    /// <summary>Longer than the channel takes.</summary>
    TooLong,

    /// <summary>Fewer pixels than the channel takes.</summary>
    TooSmall,

    /// <summary>More bytes than the channel takes.</summary>
    TooLarge,

    /// <summary>The channel takes only so many of one product.</summary>
    TooMany,

    /// <summary>The item's id can't be made: the shop has no SKU for it.</summary>
    NoId,

    /// <summary>The item's id is too long, or has characters that the channel or a spreadsheet would take for something else.</summary>
    BadId,

    /// <summary>The shop does not have the product any more.</summary>
    ProductGone,
}

/// <summary>One item of a feed.</summary>
/// <param name="Id">As the channel's own feed of the shop has it.</param>
/// <param name="Videos">Absolute addresses, the newest clip first.</param>
internal sealed record FeedItem(string Id, IReadOnlyList<string> Videos);
