namespace ProductVideo.Backfills;

/// <summary>For which products of a shop a backfill is; all that is set must hold, and what is not set always does. Words are compared in whatever capitals.</summary>
public sealed record BackfillScope
{
    /// <summary>Only the products that were named, by import or in the request.</summary>
    public bool OnlyNamed { get; init; }

    /// <summary>It stands in one of these collections or categories.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>It has one of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its type is one of these.</summary>
    public IReadOnlyList<string> ProductTypes { get; init; } = [];

    /// <summary>It is of one of these vendors.</summary>
    public IReadOnlyList<string> Vendors { get; init; } = [];

    /// <summary>It costs at least this, in the shop's currency. A product without a price does not fit.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>It costs at most this, in the shop's currency. A product without a price does not fit.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>At least so many pieces can be sold now. A product whose stock the shop does not count fits.</summary>
    public int? MinStock { get; init; }

    /// <summary>It is among so many of the best sold that fit all else, with a video or without.</summary>
    public int? BestSellers { get; init; }

    /// <summary>Its listing was first seen as it is at this time or later. Nothing tells how old what the first scan of the shop saw was: it counts from then on.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>It has no video.</summary>
    public bool WithoutVideo { get; init; } = true;

    /// <summary>Its pictures or words changed since its video was made.</summary>
    public bool Changed { get; init; }

    /// <summary>Its video's style was edited or taken away since, or the shop looks different.</summary>
    public bool Restyled { get; init; }

    /// <summary>Also where the last video failed, was rejected or taken off, and neither pictures nor words of the product changed since.</summary>
    public bool TryAgain { get; init; }
}
