using System.Text.Json.Serialization;

namespace ProductVideo.Clips;

/// <summary>A finished clip whose bytes lie in the blob store and were measured.</summary>
public sealed record Clip
{
    /// <summary>The MP4 as it goes to the listing.</summary>
    public required string BlobKey { get; init; }

    /// <summary>JPEG of a frame that shows the product.</summary>
    public required string PosterKey { get; init; }

    public required long Length { get; init; }

    /// <summary>Lower-case hex over the MP4's bytes.</summary>
    public required string Sha256 { get; init; }

    public required decimal Seconds { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>What the clip shows, in the listing's language.</summary>
    public required string AltText { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What was looked at before anybody may see it, in the order looked at; all passed but the <see cref="Doubts"/>.</summary>
    public required IReadOnlyList<ClipCheck> Checks { get; init; }

    /// <summary>The same clip without the label that was drawn into it; null where none was, or it was coded otherwise than clips are.</summary>
    public UnlabelledClip? Unlabelled { get; init; }

    /// <summary>What only a person can settle: a clip with one goes to no listing by itself.</summary>
    [JsonIgnore]
    public IReadOnlyList<ClipCheck> Doubts => [.. Checks.Where(check => !check.Passed)];
}

/// <summary>A clip as its provider gave it.</summary>
/// <param name="BlobKey">Its MP4.</param>
/// <param name="Sha256">Lower-case hex over that.</param>
/// <param name="Length">Bytes.</param>
public sealed record UnlabelledClip(string BlobKey, string Sha256, long Length);

/// <summary>One thing looked at in a clip.</summary>
/// <param name="Name">For example <c>length</c>.</param>
/// <param name="Passed">Whether it is as ordered.</param>
/// <param name="Found">What was measured, for the operator and the merchant.</param>
public sealed record ClipCheck(string Name, bool Passed, string Found);

/// <summary>What was measured in a file that claims to be a clip.</summary>
internal sealed record ClipMeasurements
{
    public required long Length { get; init; }

    /// <summary>Of the picture.</summary>
    public required decimal Seconds { get; init; }

    /// <summary>Seconds from the file's start in which no picture is shown yet.</summary>
    public decimal Start { get; init; }

    /// <summary>Seconds from the picture's end to the file's, in which there is only sound.</summary>
    public decimal SoundAfter { get; init; }

    public bool HasAudio { get; init; }

    /// <summary>Pixels as they are shown.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels as they are shown.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels of the longer side as coded, which may be turned or squeezed to be shown.</summary>
    public int LongestCoded { get; init; }

    /// <summary>What, besides its coding, keeps it from being shown alike everywhere, for example <c>in WebM</c>; null for nothing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>For example <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>For example <c>yuv420p</c>.</summary>
    public required string PixelFormat { get; init; }
}

/// <summary>How light one moment of a clip, or a picture, is.</summary>
/// <param name="MeanLuma">0 black to 255 white.</param>
/// <param name="LumaSpread">Standard deviation of luma within the frame: near 0 for an empty picture.</param>
/// <param name="ColourSpread">The largest standard deviation of red, green or blue: two colours may be equally light.</param>
internal readonly record struct MomentLight(double MeanLuma, double LumaSpread, double ColourSpread = 0)
{
    private const double EmptySpread = 2;

    /// <summary>One colour.</summary>
    public bool IsEmpty => Spread <= EmptySpread;

    /// <summary>Dark, with nothing that stands out: a dark product on black velvet has its lights.</summary>
    public bool IsBlack => MeanLuma <= 20 && LumaSpread <= 4;

    /// <summary>Next to nothing: a clip that shows just that may be taken for empty.</summary>
    public bool IsPlain => Spread <= 2 * EmptySpread || IsBlack;

    private double Spread => Math.Max(LumaSpread, ColourSpread);

    public static MomentLight Of(SmallPicture picture)
    {
        var rgb = picture.Rgb.Span;
        var pixels = rgb.Length / 3;
        // Red, green, blue and luma.
        Span<double> sums = stackalloc double[4], squares = stackalloc double[4];
        for (var i = 0; i < rgb.Length; i += 3)
        {
            ReadOnlySpan<double> values = [rgb[i], rgb[i + 1], rgb[i + 2], (0.2126 * rgb[i]) + (0.7152 * rgb[i + 1]) + (0.0722 * rgb[i + 2])];
            for (var band = 0; band < values.Length; band++)
            {
                sums[band] += values[band];
                squares[band] += values[band] * values[band];
            }
        }

        Span<double> spreads = stackalloc double[4];
        for (var band = 0; band < spreads.Length; band++)
            spreads[band] = Math.Sqrt(Math.Max(0, (squares[band] / pixels) - Math.Pow(sums[band] / pixels, 2)));
        return new MomentLight(sums[3] / pixels, spreads[3], Math.Max(spreads[0], Math.Max(spreads[1], spreads[2])));
    }
}
