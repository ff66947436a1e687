using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Clips;

/// <summary>Whether a file is the clip that was ordered. A clip that fails one rule never reaches a listing.</summary>
public static class ClipRules
{
    /// <summary>No channel takes more than this, and no ten-second clip needs it.</summary>
    public const long MaxBytes = 512_000_000;

    /// <summary>Pixels that each side has at least.</summary>
    public const int ShortestSide = 240;

    /// <summary>Pixels that each side has at most.</summary>
    public const int LongestSide = 4096;

    /// <summary>Name of the check of how its pictures are coded.</summary>
    public const string Codec = "codec";

    /// <summary>Providers round lengths to whole frames and sometimes to whole seconds.</summary>
    private const decimal LengthTolerance = 0.75m;

    /// <summary>What the file's headers tell: a file that is not even the right size and length is not worth decoding.</summary>
    public static IReadOnlyList<ClipCheck> Judge(ClipMeasurements clip, VideoRequest ordered) =>
    [
        Check("size", clip.Length is > 0 and <= MaxBytes, $"{clip.Length / 1_000_000m:0.00} MB"),
        Check("length", Math.Abs(clip.Seconds - ordered.Seconds) <= LengthTolerance,
            $"{clip.Seconds:0.##} s, ordered {ordered.Seconds:0.##} s"),
        Check("picture", clip is { Width: >= ShortestSide and <= LongestSide, Height: >= ShortestSide and <= LongestSide }, $"{clip.Width}×{clip.Height}"),
        Check("ratio", RatioFits(clip, ordered.Aspect), $"{clip.Width}×{clip.Height}, ordered {ordered.Aspect}"),
        Check(Codec, clip is { Codec: "h264", PixelFormat: "yuv420p" or "yuvj420p" }, $"{clip.Codec} {clip.PixelFormat}"),
    ];

    /// <summary>Whether it is as ordered but for its coding, which can be changed.</summary>
    /// <param name="checks">As <see cref="Judge"/> made them.</param>
    public static bool FailsByCodecAlone(IReadOnlyList<ClipCheck> checks) => checks.Where(check => !check.Passed).Select(check => check.Name).SequenceEqual([Codec]);

    /// <summary>Whether there is something to see. Moments are judged one by one: a bright start must not hide that a clip turns black.</summary>
    /// <param name="moments">Spread over the clip; at least one.</param>
    /// <param name="mode">How it was made.</param>
    public static IReadOnlyList<ClipCheck> JudgeMoments(IReadOnlyList<MomentLight> moments, VideoModes mode)
    {
        // A film of the merchant's own photographs may rest on plain cloth for most of its length; a drawn clip may fade for a moment.
        var most = mode is VideoModes.Slideshow ? moments.Count - 1 : moments.Count / 3;
        var black = moments.Count(moment => moment.IsBlack);
        var bare = moments.Count(moment => moment.IsBlack || moment.IsEmpty);
        return
        [
            Check("not black", black <= most, $"black in {black} of {moments.Count} moments, mean luma {moments.Average(moment => moment.MeanLuma):0}"),
            Check("not empty", bare <= most, $"nothing to see in {bare} of {moments.Count} moments, spread of luma {moments.Max(moment => moment.LumaSpread):0.#}"),
        ];
    }

    private static bool RatioFits(ClipMeasurements clip, string aspect) =>
        clip.Height > 0 && AspectRatio.Parse(aspect) is { } ordered && Math.Abs(((double)clip.Width / clip.Height / ordered.Value) - 1) <= 0.03;

    private static ClipCheck Check(string name, bool passed, FormattableString found) =>
        new(name, passed, FormattableString.Invariant(found));
}
