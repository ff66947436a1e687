namespace ProductVideo.Backfills;

/// <summary>Why a backfill makes no video of a product.</summary>
public enum SkipReason
{
    /// <summary>Another collection, tag, type or vendor, another price, less stock, or no change since then: it is none of the backfill's products.</summary>
    OutOfScope,

    /// <summary>It was named and the shop does not list it, or it left the shop since the dry run.</summary>
    NotInShop,

    /// <summary>A draft, or archived.</summary>
    NotPublished,

    NoPictures,

    /// <summary>It has a video, and what was asked for does not count as a reason for another one.</summary>
    HasVideo,

    /// <summary>One is being made, awaits review or is in doubt.</summary>
    UnderWay,

    /// <summary>The last one failed or was not wanted, and nothing that a video is made from changed since.</summary>
    TriedBefore,

    NotBestSeller,

    /// <summary>More than the most videos that were allowed.</summary>
    OverCount,

    /// <summary>More than the most money that was allowed.</summary>
    OverBudget,

    /// <summary>The money cap is in another currency than the price.</summary>
    OtherCurrency,

    /// <summary>No provider of the recipe can make it.</summary>
    NoProvider,

    /// <summary>The backfill was cancelled first.</summary>
    Cancelled,
}
