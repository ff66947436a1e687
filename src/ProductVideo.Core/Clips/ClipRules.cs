using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Clips;

/// <summary>Whether a file is the clip that was ordered. A clip that fails one rule never reaches a listing.</summary>
internal static class ClipRules
{
    /// <summary>No channel takes more than this, and no ten-second clip needs it.</summary>
    public const long MaxBytes = 512_000_000;

    /// <summary>Pixels that each side has at least.</summary>
    public const int ShortestSide = 240;

    /// <summary>Pixels that each side has at most.</summary>
    public const int LongestSide = 4096;

    /// <summary>Name of the check of how its pictures are coded and wrapped.</summary>
    public const string Codec = "codec";

    /// <summary>Name of the check that it begins with a picture.</summary>
    public const string Start = "start";

    /// <summary>Name of the check that its picture goes on to its end.</summary>
    public const string Moments = "moments";

    /// <summary>Name of the check that its sound ends with the picture.</summary>
    public const string SoundLength = "sound length";

    /// <summary>Name of the check that it has the sound that was ordered.</summary>
    public const string Sound = "sound";

    /// <summary>Name of the check that it is not dark throughout.</summary>
    public const string NotBlack = "not black";

    /// <summary>Name of the check that there is something to see.</summary>
    public const string NotEmpty = "not empty";

    /// <summary>Seconds before the first picture that nobody notices.</summary>
    private const decimal LatestStart = 0.3m;

    /// <summary>Seconds by which sound may outlast the picture, which stands still meanwhile: coded sound has no finer ends.</summary>
    private const decimal LongestStandstill = 0.25m;

    /// <summary>Providers round lengths to whole frames and sometimes to whole seconds.</summary>
    private const decimal LengthTolerance = 0.75m;

    /// <summary>What the file's headers tell: a file that is not even the right size and length is not worth decoding.</summary>
    public static IReadOnlyList<ClipCheck> Judge(ClipMeasurements clip, VideoRequest ordered) =>
    [
        Check("size", clip.Length is > 0 and <= MaxBytes, $"{clip.Length / 1_000_000m:0.00} MB"),
        Check("length", Math.Abs(clip.Seconds - ordered.Seconds) <= LengthTolerance,
            $"{clip.Seconds:0.##} s, ordered {ordered.Seconds:0.##} s"),
        Check(Start, clip.Start <= LatestStart, $"a picture from {clip.Start:0.##} s on"),
        .. JudgeSound(clip, ordered),
        Check("picture", clip is { Width: >= ShortestSide and <= LongestSide, Height: >= ShortestSide and <= LongestSide, LongestCoded: <= LongestSide }, $"{clip.Width}×{clip.Height}"),
        Check("ratio", RatioFits(clip, ordered.Aspect), $"{clip.Width}×{clip.Height}, ordered {ordered.Aspect}"),
        Check(Codec, clip is { Codec: "h264", PixelFormat: "yuv420p" or "yuvj420p", Otherwise: null }, $"{clip.Codec} {clip.PixelFormat}{(clip.Otherwise is null ? "" : ", ")}{clip.Otherwise}"),
    ];

    private static IEnumerable<ClipCheck> JudgeSound(ClipMeasurements clip, VideoRequest ordered)
    {
        if (ordered.Audio)
            yield return Check(Sound, clip.HasAudio, $"{(clip.HasAudio ? "there is a track" : "there is no track, though one was ordered")}");
        if (clip.HasAudio)
            yield return Check(SoundLength, clip.SoundAfter <= LongestStandstill, $"ends {clip.SoundAfter:0.##} s after the picture");
    }

    /// <summary>Those for which a clip is refused. A silent one may still be wanted, which only a person can tell.</summary>
    public static IReadOnlyList<ClipCheck> Refusing(IReadOnlyList<ClipCheck> checks) => [.. checks.Where(check => !check.Passed && check.Name != Sound)];

    /// <summary>Whether it is as ordered but for how it is coded and wrapped, which can be changed.</summary>
    /// <param name="checks">As <see cref="Judge"/> made them.</param>
    public static bool FailsByFormAlone(IReadOnlyList<ClipCheck> checks) =>
        Refusing(checks) is { Count: > 0 } failed && failed.All(check => check.Name is Codec or SoundLength);

    /// <summary>Whether the clip has a picture of its own wherever it was looked at: a film of two pictures may be told to last five seconds.</summary>
    /// <param name="found">Moments at which one came.</param>
    /// <param name="asked">Moments spread over the picture's whole length. It may stand still for the last of them.</param>
    public static ClipCheck JudgePlaces(int found, int asked) => Check(Moments, found >= asked - 1, $"a picture of its own at {found} of {asked} moments");

    /// <summary>
    /// Whether what <see cref="JudgeMoments"/> found against a clip may be just what was ordered: paint, foil or paper fill a picture with one colour. Only a person
    /// can tell then.
    /// </summary>
    /// <param name="check">One that did not pass.</param>
    /// <param name="pictures">How light those are that were sent.</param>
    public static bool MayBeAsOrdered(ClipCheck check, IReadOnlyList<MomentLight> pictures) => check.Name switch
    {
        NotEmpty => pictures.Any(picture => picture.IsPlain),
        NotBlack => pictures.Any(picture => picture.IsBlack),
        _ => false,
    };

    /// <summary>Whether there is something to see. Moments are judged one by one: a bright start must not hide that a clip turns black.</summary>
    /// <param name="moments">Spread over the clip; at least one.</param>
    /// <param name="mode">How it was made.</param>
    public static IReadOnlyList<ClipCheck> JudgeMoments(IReadOnlyList<MomentLight> moments, VideoModes mode)
    {
        // A film of the merchant's own photographs may rest on plain cloth for most of its length; a drawn clip may fade for a moment.
        var isFilm = mode is VideoModes.Slideshow;
        var most = isFilm ? moments.Count - 1 : moments.Count / 3;
        var black = moments.Count(moment => moment.IsBlack);
        var bare = moments.Count(moment => moment.IsBlack || moment.IsEmpty);
        return
        [
            Check(NotBlack, black <= most && (isFilm || !EndsIn([.. moments.Select(moment => moment.IsBlack)])), $"black in {black} of {moments.Count} moments, mean luma {moments.Average(moment => moment.MeanLuma):0}"),
            Check(NotEmpty, bare <= most, $"nothing to see in {bare} of {moments.Count} moments, spread of luma {moments.Max(moment => moment.LumaSpread):0.#}"),
        ];
    }

    /// <summary>Whether a clip is so in its last two moments, as it may be in any one of them: it turned into that, and did not just fade out.</summary>
    /// <param name="moments">Spread over the clip, from its first to its last.</param>
    public static bool EndsIn(IReadOnlyList<bool> moments) => moments is [.., true, true];

    private static bool RatioFits(ClipMeasurements clip, string aspect) =>
        clip.Height > 0 && AspectRatio.Parse(aspect) is { } ordered && Math.Abs(((double)clip.Width / clip.Height / ordered.Value) - 1) <= 0.03;

    private static ClipCheck Check(string name, bool passed, FormattableString found) =>
        new(name, passed, FormattableString.Invariant(found));
}
