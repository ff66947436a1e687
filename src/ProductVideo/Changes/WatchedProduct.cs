using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>How a product's video stands to its listing.</summary>
/// <param name="Product">Which.</param>
/// <param name="State">How.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reasons">What differs; empty unless stale.</param>
/// <param name="Video">The video that was compared.</param>
/// <param name="NewVideo">The video that was ordered because of it.</param>
/// <param name="ChangedAgain">Whether the product changed once more after that was ordered.</param>
/// <param name="Problem">What the last look or order met; null if nothing.</param>
internal sealed record WatchedProduct(
    ProductRef Product, WatchState State, DateTimeOffset Since, IReadOnlyList<ChangeReason> Reasons, Guid? Video, Guid? NewVideo, bool ChangedAgain, Problem? Problem)
{
    internal static WatchedProduct Of(WatchedProductRow row) => new(
        new ProductRef(row.Shop, row.ProductId), Enum.Parse<WatchState>(row.State), row.StateAt, ReasonsOf(row), row.ClipId, row.RemakeId, IsChangedAgain(row),
        row.Problem is { } problem ? Json.Read<Problem>(problem) : null);

    internal static IReadOnlyList<ChangeReason> ReasonsOf(WatchedProductRow row) =>
        [.. row.Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ChangeReason>)];

    private static bool IsChangedAgain(WatchedProductRow row) =>
        row is { RemakeId: not null, TriedFor: { } hash, Sources: { } sources } && Json.Read<MadeFrom>(sources).Hash() != hash;
}
