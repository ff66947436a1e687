using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>Changes in the merchant's words.</summary>
public static class ChangeWords
{
    /// <summary>One sentence.</summary>
    public static string Of(IReadOnlyCollection<ChangeReason> reasons) => reasons.All(ChangeReasons.IsOfProduct)
        ? $"The product has changed since this video was made: {List(reasons)}."
        : $"This video would be another one today: {List(reasons)}.";

    /// <summary>One sentence; null where nothing is to be told.</summary>
    public static string? Of(WatchedProductRow row) => Enum.Parse<WatchState>(row.State) switch
    {
        WatchState.Stale => Of(ReasonsOf(row)),
        WatchState.Gone => "The shop lists this product no more. Nothing is ordered for it.",
        _ => null,
    };

    public static IReadOnlyList<ChangeReason> ReasonsOf(WatchedProductRow row) =>
        [.. row.Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ChangeReason>)];

    /// <summary>What the last look or order met; null if nothing.</summary>
    public static Problem? ProblemOf(WatchedProductRow row) => row.Problem is { } problem ? Json.Read<Problem>(problem) : null;

    /// <summary>Whether the product changed once more after this video was ordered because of a change.</summary>
    public static bool ChangedAgain(WatchedProductRow row, Guid video) =>
        row.RemakeId == video && row is { TriedFor: { } hash, Sources: { } sources } && Json.Read<MadeFrom>(sources).Hash() != hash;

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
