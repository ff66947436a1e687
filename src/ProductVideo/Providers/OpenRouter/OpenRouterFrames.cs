using System.Globalization;
using ProductVideo.Planning;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>How large the frames of a clip are, which the list tells only as one heap of sizes for all resolutions.</summary>
internal static class OpenRouterFrames
{
    private const double Wide = 16 / 9.0;

    /// <summary>A listed size may be so far off the ratio that it stands for.</summary>
    private const double Tolerance = 0.03;

    /// <summary>Lines of a frame of 16:9; null for a word that names none.</summary>
    public static int? Lines(string? resolution) => resolution is null or "" ? null
        : int.TryParse(resolution[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000
            ? (char.ToUpperInvariant(resolution[^1]), number) switch
            {
                ('P', _) => number,
                ('K', 1) => 1_080,
                ('K', 2) => 1_440,
                ('K', < 10) => number * 540,
                _ => null,
            }
            : null;

    /// <summary>The largest listed size that can be meant; where none can, as many pixels as 16:9 has in that resolution.</summary>
    /// <param name="resolution">The model's word; empty where it has none.</param>
    /// <param name="ratio">Of the clip.</param>
    /// <param name="sizes">As listed, for example <c>1280x720</c>.</param>
    public static FrameSize SizeOf(string resolution, AspectRatio ratio, IEnumerable<string> sizes)
    {
        double lines = Lines(resolution) ?? 1_080;
        var stretch = Math.Max(ratio.Value, 1 / ratio.Value);
        var (least, most) = (lines * lines * 0.9, lines * lines * Math.Max(Wide, stretch) * 1.05);
        var listed = sizes.Select(Parse).OfType<(int Width, int Height)>()
            .Where(size => Math.Abs(((double)size.Width / size.Height / ratio.Value) - 1) <= Tolerance)
            .Where(size => (double)size.Width * size.Height is var pixels && pixels >= least && pixels <= most)
            .OrderByDescending(size => (long)size.Width * size.Height).ToList();
        if (listed is [var (width, height), ..])
            return new FrameSize(resolution, ratio.ToString(), width, height);
        var shorter = lines * Math.Sqrt(Math.Max(1, Wide / stretch));
        return ratio.Value >= 1
            ? new FrameSize(resolution, ratio.ToString(), Even(shorter * stretch), Even(shorter))
            : new FrameSize(resolution, ratio.ToString(), Even(shorter), Even(shorter * stretch));
    }

    /// <summary>As a picture: no side is longer than <paramref name="longest"/>.</summary>
    public static FrameSize Within(this FrameSize size, int longest)
    {
        var shrink = Math.Min(1, (double)longest / Math.Max(size.Width, size.Height));
        return shrink < 1 ? size with { Width = Even(size.Width * shrink), Height = Even(size.Height * shrink) } : size;
    }

    private static int Even(double side) => (int)Math.Round(side / 2) * 2;

    private static (int Width, int Height)? Parse(string text) =>
        text.Split('x') is [var width, var height] && Side(width) is { } w && Side(height) is { } h ? (w, h) : null;

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= 16_384 ? side : null;
}
