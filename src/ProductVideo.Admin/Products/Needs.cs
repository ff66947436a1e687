using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;

namespace ProductVideo.Admin.Products;

/// <summary>How the products page is narrowed to those that need a video, as its address says it.</summary>
internal static class Needs
{
    /// <summary>By name, with the merchant's word.</summary>
    public static IReadOnlyList<(string Name, Lacking What, string Label)> All { get; } =
    [
        ("any", Lacking.Anything, "Need a video"),
        ("video", Lacking.Video, "Have no video"),
        ("newer", Lacking.NewerVideo, "Have an outdated one"),
    ];

    /// <returns>null where the page shows all products.</returns>
    public static Lacking? Of(string? name) => All.Where(need => need.Name == name).Select(need => (Lacking?)need.What).FirstOrDefault();

    /// <summary>Why a product needs one, for example <c>Words and pictures changed</c>.</summary>
    public static string Why(Lacks lacks)
    {
        if (lacks.HasFlag(Lacks.Video))
            return "No video";
        (Lacks Flag, string Word)[] words =
        [
            (Lacks.Text, "its words changed"), (Lacks.Pictures, "its pictures changed"), (Lacks.RemovedPicture, "it shows a picture that is gone"),
            (Lacks.Template, "its style changed"), (Lacks.Brand, "the shop looks different"),
        ];
        var why = string.Join(", ", words.Where(word => lacks.HasFlag(word.Flag)).Select(word => word.Word));
        return why.Length == 0 ? "" : char.ToUpperInvariant(why[0]) + why[1..];
    }
}
