using ProductVideo.Catalog;
using ProductVideo.Changes;

namespace ProductVideo.CatalogIndex;

/// <summary>What listings lack, in the merchant's words.</summary>
internal static class LackWords
{
    private static readonly (Lacks Flag, ChangeReason Reason)[] Reasons =
    [
        (Lacks.Text, ChangeReason.Text),
        (Lacks.Pictures, ChangeReason.Pictures),
        (Lacks.RemovedPicture, ChangeReason.RemovedPicture),
        (Lacks.Template, ChangeReason.Template),
        (Lacks.Brand, ChangeReason.Brand),
    ];

    /// <summary>One sentence; null where it lacks nothing.</summary>
    public static string? Of(CatalogProduct product) => product switch
    {
        { Lacks: Lacks.None } => null,
        { UnderWay: not null } when product.Lacks.HasFlag(Lacks.Video) => "The product has no video; one is under way.",
        { Pictures: 0 } when product.Lacks.HasFlag(Lacks.Video) => "The product has no video, and no picture to make one from.",
        { EndedAs: VainEnd.Failed } when IsFor(product) => "The product has no video; the last one failed.",
        { EndedAs: VainEnd.Rejected } when IsFor(product) => "The product has no video; the last one was rejected.",
        { EndedAs: VainEnd.Withdrawn } when IsFor(product) => "The product has no video; the last one was taken off.",
        _ => product.Lacks.HasFlag(Lacks.Video) ? "The product has no video." : ChangeWords.Of([.. Reasons.Where(reason => product.Lacks.HasFlag(reason.Flag)).Select(reason => reason.Reason)]),
    };

    /// <summary>For programs: <c>video</c>, or what changed.</summary>
    public static IReadOnlyList<Lacks> PartsOf(Lacks lacks) => [.. Enum.GetValues<Lacks>().Where(flag => flag is not Lacks.None && lacks.HasFlag(flag))];

    private static bool IsFor(CatalogProduct product) => product.Lacks.HasFlag(Lacks.Video) && product.IsTried;
}
