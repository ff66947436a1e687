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

    /// <summary>What only a person can settle: a clip with one goes to no listing by itself.</summary>
    [JsonIgnore]
    public IReadOnlyList<ClipCheck> Doubts => [.. Checks.Where(check => !check.Passed)];
}

/// <summary>One thing looked at in a clip.</summary>
/// <param name="Name">For example <c>length</c>.</param>
/// <param name="Passed">Whether it is as ordered.</param>
/// <param name="Found">What was measured, for the operator and the merchant.</param>
public sealed record ClipCheck(string Name, bool Passed, string Found);

/// <summary>What was measured in a file that claims to be a clip.</summary>
public sealed record ClipMeasurements
{
    public required long Length { get; init; }
    public required decimal Seconds { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>For example <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>For example <c>yuv420p</c>.</summary>
    public required string PixelFormat { get; init; }
}

/// <summary>How light one moment of a clip is.</summary>
/// <param name="MeanLuma">0 black to 255 white.</param>
/// <param name="LumaSpread">Standard deviation of luma within the frame: near 0 for an empty picture.</param>
public readonly record struct MomentLight(double MeanLuma, double LumaSpread)
{
    /// <summary>One colour.</summary>
    public bool IsEmpty => LumaSpread <= 2;

    /// <summary>Dark, with nothing that stands out: a dark product on black velvet has its lights.</summary>
    public bool IsBlack => MeanLuma <= 20 && LumaSpread <= 4;
}
