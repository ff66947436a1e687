namespace ProductVideo.Rendering;

/// <summary>
/// Whether what lies at a photo's edge is a backdrop, which may be drawn on beyond it. A product that reaches the edge would be drawn
/// wider than it is, and the border of a print would be lost.
/// </summary>
internal static class Backdrop
{
    /// <summary>Levels of 255. The line between a lit wall and a light table stays below, a product's outline does not.</summary>
    private const float Step = 32;

    /// <summary>From the lightest to the darkest along an edge: more than light falling off makes.</summary>
    private const float Range = 128;

    /// <summary>Of an edge's length; the corners of a border are border themselves.</summary>
    private const double WholeLength = 0.94;

    /// <param name="photo">Three bands.</param>
    /// <param name="sides">Looks at the edges left and right; else above and below.</param>
    /// <param name="lines">Of these edges.</param>
    public static bool GoesOn(PhotoPixels photo, bool sides, EdgeLines lines) =>
        IsCalm(lines.Near)
        && IsCalm(lines.Far)
        && !(HasBorder(photo, sides, far: false) && HasBorder(photo, sides, far: true));

    private static bool IsCalm(float[] line)
    {
        var length = line.Length / 3;
        var smooth = SoftEdge.Box(line, Math.Max(1, length / 400));
        var gap = Math.Max(1, length / 50) * 3;
        for (var i = 0; i + gap < smooth.Length; i++)
        {
            if (Math.Abs(smooth[i + gap] - smooth[i]) > Step)
                return false;
        }

        for (var band = 0; band < 3; band++)
        {
            var samples = smooth.Where((_, i) => i % 3 == band).ToList();
            if (samples.Max() - samples.Min() > Range)
                return false;
        }

        return true;
    }

    /// <summary>Whether a line runs along the whole edge, not far from it: a frame or a margin that belongs to the picture.</summary>
    private static bool HasBorder(PhotoPixels photo, bool sides, bool far)
    {
        var (across, along) = sides ? (photo.Width, photo.Height) : (photo.Height, photo.Width);
        var gap = Math.Max(1, across / 100);
        for (var depth = 0; depth + gap < across / 8; depth++)
        {
            var steps = 0;
            for (var i = 0; i < along; i++)
                steps += Differ(At(depth, i), At(depth + gap, i)) ? 1 : 0;
            if (steps >= WholeLength * along)
                return true;
        }

        return false;

        ReadOnlySpan<byte> At(int depth, int i)
        {
            var inward = far ? across - 1 - depth : depth;
            var (x, y) = sides ? (inward, i) : (i, inward);
            return photo.Bytes.AsSpan((y * photo.Width + x) * 3, 3);
        }
    }

    private static bool Differ(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Math.Abs(one[0] - other[0]) > Step || Math.Abs(one[1] - other[1]) > Step || Math.Abs(one[2] - other[2]) > Step;
}
