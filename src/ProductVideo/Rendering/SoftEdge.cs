using ProductVideo.Planning;

namespace ProductVideo.Rendering;

/// <summary>
/// Lets a photo go on beyond its edge: only its outermost line is drawn outwards, ever more blurred along the edge, so that nothing
/// of the product is repeated and a backdrop, a wall or a table top simply continues.
/// </summary>
internal static class SoftEdge
{
    private const int Levels = 9;

    /// <summary>Blur grows by this many pixels for each pixel of distance.</summary>
    private const double Spread = 1;

    /// <summary>Interleaved RGB of the canvas around a photo in its middle; where the photo lies, nothing is drawn.</summary>
    /// <param name="photo">As it will lie on the canvas.</param>
    /// <param name="width">Of the canvas.</param>
    /// <param name="height">Of the canvas.</param>
    /// <param name="sides">Room left and right; else above and below.</param>
    /// <param name="lines">The photo's at that room.</param>
    /// <param name="even">The colour that the edge soon becomes; null to let it go on as it is.</param>
    public static byte[] Extend(PhotoPixels photo, int width, int height, bool sides, EdgeLines lines, Rgb? even)
    {
        var canvas = even is { } ground ? Surround.Solid(ground, width, height) : new byte[width * height * 3];
        var (span, first, length) = sides
            ? (width, (width - photo.Width) / 2, photo.Width)
            : (height, (height - photo.Height) / 2, photo.Height);
        // A hard line to the even colour, however near, would show as a bar.
        var seam = Math.Max(2, Math.Min(width, height) / 40);
        foreach (var far in (bool[])[false, true])
        {
            var levels = Pyramid(far ? lines.Far : lines.Near);
            var (from, end) = far ? (first + length, span) : (0, first);
            for (var across = from; across < end; across++)
            {
                var distance = far ? across - (first + length) : first - 1 - across;
                var strength = even is null ? 1 : 1 - Easing.Smooth((distance + 1.0) / seam);
                if (strength <= 0)
                    continue;
                var level = Math.Clamp(Math.Log2(1 + distance * Spread), 0, Levels - 1.001);
                Draw(levels[(int)level], levels[(int)level + 1], level - (int)level, across, strength);
            }
        }

        return canvas;

        void Draw(float[] sharper, float[] softer, double share, int across, double strength)
        {
            for (var along = 0; along < sharper.Length / 3; along++)
            {
                var (x, y) = sides ? (across, along) : (along, across);
                for (var band = 0; band < 3; band++)
                {
                    var i = along * 3 + band;
                    ref var pixel = ref canvas[(y * width + x) * 3 + band];
                    var value = sharper[i] + (softer[i] - sharper[i]) * share;
                    pixel = (byte)Math.Clamp(pixel + (value - pixel) * strength + Dither(x, y), 0, 255);
                }
            }
        }
    }

    /// <summary>0 to 1, the same for the same place: rounds wide ramps up or down without visible steps.</summary>
    private static double Dither(int x, int y) => (((uint)x * 0x9E3779B1u ^ (uint)y * 0x85EBCA77u) * 0xC2B2AE3Du >> 16) / 65536.0;

    /// <summary>The line at blur radii of about 1, 2, 4, … pixels.</summary>
    private static float[][] Pyramid(float[] line)
    {
        var levels = new float[Levels + 1][];
        for (var level = 0; level <= Levels; level++)
        {
            var source = level == 0 ? line : levels[level - 1];
            // Three boxes make a good bell.
            levels[level] = Box(Box(Box(source, 1 << level >> 1), 1 << level >> 1), 1 << level >> 1);
        }

        return levels;
    }

    internal static float[] Box(float[] line, int radius)
    {
        var pixels = line.Length / 3;
        var blurred = new float[line.Length];
        for (var band = 0; band < 3; band++)
        {
            double sum = 0;
            for (var x = -radius; x <= radius; x++)
                sum += At(x);
            for (var x = 0; x < pixels; x++)
            {
                blurred[x * 3 + band] = (float)(sum / (2 * radius + 1));
                sum += At(x + radius + 1) - At(x - radius);
            }

            float At(int x) => line[Math.Clamp(x, 0, pixels - 1) * 3 + band];
        }

        return blurred;
    }
}
