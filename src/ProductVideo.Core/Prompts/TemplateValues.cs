using System.Collections.Frozen;
using ProductVideo.Planning;

namespace ProductVideo.Prompts;

/// <summary>The only names a template can use, and their values for one product. All texts are neutral already.</summary>
internal static class TemplateValues
{
    public static readonly FrozenSet<string> Names = new[]
    {
        "product.title", "product.type", "product.brand", "product.material", "product.colour", "product.size", "product.use",
        "pictures.count", "pictures.names", "pictures.main", "clip.seconds", "clip.aspect", "clip.upright", "clip.sound",
        "clip.starts_with_picture", "people",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>More is a sentence, which must not speak within a scene of ours.</summary>
    private const int MostWords = 4;

    public static IReadOnlyDictionary<string, object?> Of(PromptSubject subject, IReadOnlyList<string> pictures, ClipShape clip, bool people) =>
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["product.title"] = subject.Title,
            ["product.type"] = subject.Type,
            ["product.brand"] = subject.Facts.Brand,
            ["product.material"] = Few(subject.Facts.Material),
            ["product.colour"] = subject.Facts.Colour,
            ["product.size"] = subject.Facts.Size,
            ["product.use"] = Few(subject.Facts.Use),
            ["pictures.count"] = pictures.Count,
            ["pictures.names"] = pictures,
            ["pictures.main"] = pictures.Count > 0 ? pictures[0] : null,
            ["clip.seconds"] = (int)Math.Round(clip.Seconds),
            ["clip.aspect"] = clip.Aspect.ToString(),
            ["clip.upright"] = clip.Aspect.Height > clip.Aspect.Width,
            ["clip.sound"] = clip.Sound,
            ["clip.starts_with_picture"] = clip.StartsWithPicture,
            ["people"] = people,
        };

    private static string? Few(string? fact) => fact?.Split(' ').Length <= MostWords ? fact : null;
}

/// <summary>What the product is, in words that may stand in a prompt.</summary>
internal sealed record PromptSubject(string Title, string? Type, string Listing, ProductFacts Facts);

/// <summary>What the clip is to be.</summary>
/// <param name="Seconds">Its length.</param>
/// <param name="Aspect">Its ratio.</param>
/// <param name="Sound">Whether the model makes sound.</param>
/// <param name="StartsWithPicture">Whether its first frame is a given picture, which a scene must not contradict.</param>
internal sealed record ClipShape(decimal Seconds, AspectRatio Aspect, bool Sound, bool StartsWithPicture);
