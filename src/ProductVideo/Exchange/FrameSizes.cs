using System.Globalization;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>Reads sizes like <c>1280x720</c> and says which of the usual ratios each stands for.</summary>
internal static class FrameSizes
{
    /// <summary>A clip may be so far off the ratio ordered, and is refused beyond.</summary>
    private const double Tolerance = 0.03;

    private static readonly (int Width, int Height)[] Usual =
        [(16, 9), (9, 16), (1, 1), (4, 5), (5, 4), (4, 3), (3, 4), (3, 2), (2, 3), (21, 9), (9, 21)];

    /// <summary>The sizes, the largest resolution first; a ratio that not every resolution has is left out, for it could not be promised.</summary>
    public static IReadOnlyList<FrameSize> Read(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> sizes)
    {
        var all = sizes.SelectMany(resolution => resolution.Value.Select(text => Parse(resolution.Key, text))).OfType<FrameSize>().ToList();
        var resolutions = all.Select(size => size.Resolution).Distinct(StringComparer.Ordinal).Count();
        return
        [
            .. all.GroupBy(size => size.Aspect, StringComparer.Ordinal)
                .Where(aspect => aspect.Select(size => size.Resolution).Distinct(StringComparer.Ordinal).Count() == resolutions)
                .SelectMany(aspect => aspect)
                .DistinctBy(size => (size.Resolution, size.Aspect))
                .OrderByDescending(size => all.Where(other => other.Resolution == size.Resolution).Max(other => (long)other.Width * other.Height)),
        ];
    }

    /// <summary>null if the text is no size that a clip may have.</summary>
    public static FrameSize? Parse(string resolution, string text) =>
        text.Split('x') is [var width, var height] && Side(width) is { } w && Side(height) is { } h && AspectOf(w, h) is { } aspect
            ? new FrameSize(resolution, aspect, w, h) : null;

    private static string? AspectOf(int width, int height)
    {
        var own = (double)width / height;
        var (nearest, off) = Usual.Select(ratio => (ratio, Off: Math.Abs((own * ratio.Height / ratio.Width) - 1))).MinBy(one => one.Off);
        return off <= Tolerance ? string.Create(CultureInfo.InvariantCulture, $"{nearest.Width}:{nearest.Height}") : null;
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is >= 240 and <= 4096 ? side : null;
}
