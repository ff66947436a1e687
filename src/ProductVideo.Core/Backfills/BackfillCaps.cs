using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>What a run may cost at most, beside all caps that hold anyway.</summary>
public sealed record BackfillCaps
{
    /// <summary>The most money. What costs nothing passes it, and what costs another currency does not.</summary>
    public Money? Money { get; init; }

    /// <summary>The most videos.</summary>
    public int? Videos { get; init; }

    /// <summary>The most videos that are ordered in any seven days for the shop by backfills.</summary>
    /// <value>Null: as many as the shop lets apps create.</value>
    public int? VideosPerWeek { get; init; }
}
