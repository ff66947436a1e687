using System.Globalization;

namespace ProductVideo.Rendering;

/// <summary>How many pixels a clip of a given aspect ratio has.</summary>
internal static class FilmSize
{
    /// <summary>The even frame size of an aspect ratio such as <c>9:16</c>.</summary>
    /// <param name="aspect">Width to height, two whole numbers with a colon; none may be more than three times the other.</param>
    /// <param name="shortSide">Pixels of the shorter side, 64 to 4320.</param>
    /// <exception cref="RenderException">With <see cref="RenderFault.InvalidPlan"/> if there is no such frame.</exception>
    public static (int Width, int Height) For(string aspect, int shortSide = 1080)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        ArgumentOutOfRangeException.ThrowIfLessThan(shortSide, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shortSide, 4320);
        var colon = aspect.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1
            || !int.TryParse(aspect.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var across)
            || !int.TryParse(aspect.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var down)
            || across < 1 || down < 1 || across > 3L * down || down > 3L * across)
        {
            throw RenderException.InvalidPlan($"'{aspect}' is no aspect ratio that can be filmed; for example 1:1, 4:5, 9:16 or 16:9 can.");
        }

        return across >= down
            ? (Even((double)shortSide * across / down), Even(shortSide))
            : (Even(shortSide), Even((double)shortSide * down / across));
    }

    /// <summary>4:2:0 video has one colour sample for two pixels each way.</summary>
    private static int Even(double pixels) => 2 * (int)Math.Round(pixels / 2, MidpointRounding.AwayFromZero);
}
