using ProductVideo.Catalog;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>Changes in the merchant's words.</summary>
internal static class ChangeWords
{
    /// <summary>One sentence.</summary>
    public static string Of(IReadOnlyCollection<ChangeReason> reasons) => reasons.All(ChangeReasons.IsOfProduct)
        ? $"The product has changed since this video was made: {List(reasons)}."
        : $"This video would be another one today: {List(reasons)}.";

    /// <summary>One sentence; null where nothing is to be told.</summary>
    public static string? Of(WatchedProduct product) => product.State switch
    {
        WatchState.Stale => Of(product.Reasons),
        WatchState.Gone => "The shop lists this product no more. Nothing is ordered for it.",
        _ => null,
    };

    /// <summary>The code of a product that is just being looked at.</summary>
    internal const string Busy = "product_busy";

    internal static Problem BeingLookedAt(ProductRef product) => new(
        Busy, "A product is being compared with its video just now. It goes on by itself.", $"{product} is being looked at by another.");

    internal static Problem Paused(string shop) => new(
        "shop_uninstalled", "The shop took ProductVideo's access away. Nothing is ordered for its changes until it is connected again.",
        $"Shop {shop} told that we were uninstalled.");

    private static string List(IReadOnlyCollection<ChangeReason> reasons)
    {
        // Where a picture left, that the pictures are others is said with it.
        var told = reasons.Contains(ChangeReason.RemovedPicture) ? reasons.Where(reason => reason is not ChangeReason.Pictures) : reasons;
        return string.Join(", ", told.Select(Of));
    }

    private static string Of(ChangeReason reason) => reason switch
    {
        ChangeReason.Text => "other text",
        ChangeReason.Pictures => "other pictures",
        ChangeReason.RemovedPicture => "a picture that it shows left the listing",
        ChangeReason.Template => "the style was edited",
        ChangeReason.Brand => "the shop looks different",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };
}
