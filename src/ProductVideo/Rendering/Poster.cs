using NetVips;

namespace ProductVideo.Rendering;

/// <summary>The still that stands in for a clip until it plays.</summary>
internal static class Poster
{
    private const int Quality = 85;

    public static void Save(Frame frame, string path)
    {
        using var image = Image.NewFromMemory(frame.ToRgb(), frame.Width, frame.Height, 3, Enums.BandFormat.Uchar);
        using var tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        // Through bytes, so that a full disk is the system's own error and not a library's sentence.
        File.WriteAllBytes(path, tagged.JpegsaveBuffer(q: Quality, optimizeCoding: true, keep: Enums.ForeignKeep.None));
    }
}
