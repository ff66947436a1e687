using System.Globalization;
using System.Text.Json;
using ProductVideo.Clips;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>What a clip is, as ffprobe tells it. Texts are ffmpeg's names; null where the file does not say.</summary>
/// <param name="Start">When the first picture is shown, from the file's start.</param>
/// <param name="Duration">Of the picture; of the whole file where that does not say.</param>
/// <param name="FileDuration">Of all that is in the file.</param>
/// <param name="Width">Pixels as coded.</param>
/// <param name="Height">Pixels as coded.</param>
/// <param name="Codec">For example <c>h264</c>.</param>
/// <param name="Profile">For example <c>High</c>.</param>
/// <param name="PixelFormat">For example <c>yuv420p</c>.</param>
/// <param name="ColorRange"><c>tv</c> or <c>pc</c>.</param>
/// <param name="ColorSpace">Matrix, for example <c>bt709</c>.</param>
/// <param name="ColorTransfer">For example <c>bt709</c>.</param>
/// <param name="ColorPrimaries">For example <c>bt709</c>.</param>
/// <param name="FramesPerSecond">Average.</param>
/// <param name="Frames">Counted.</param>
/// <param name="AudioCodec">Of the first audio stream, silent or not, for example <c>aac</c>; null where there is none.</param>
/// <param name="BitRate">Bits a second of the whole file.</param>
internal sealed record ClipFacts(
    TimeSpan Start,
    TimeSpan Duration,
    TimeSpan FileDuration,
    int Width,
    int Height,
    string Codec,
    string? Profile,
    string? PixelFormat,
    string? ColorRange,
    string? ColorSpace,
    string? ColorTransfer,
    string? ColorPrimaries,
    double FramesPerSecond,
    long Frames,
    string? AudioCodec,
    long BitRate)
{
    /// <summary>Whether it is Matroska or WebM; else it is MP4 or QuickTime.</summary>
    public bool IsMatroska { get; init; }

    /// <summary>Degrees by which a player turns the picture: 0, 90, 180 or 270.</summary>
    public int Turn { get; init; }

    /// <summary>How wide a pixel is shown against its height; 1 for square ones.</summary>
    public double PixelShape { get; init; } = 1;

    /// <summary>Pixels as they are shown.</summary>
    public (int Width, int Height) Shown
    {
        get
        {
            var width = (int)Math.Round(Width * PixelShape);
            return Turn is 90 or 270 ? (Height, width) : (width, Height);
        }
    }

    /// <summary>Pixels once it is coded anew, upright and square: half a pixel of colour can't be coded, so odd sides lose a line.</summary>
    public (int Width, int Height) CodedAnew
    {
        get
        {
            // A pixel that is turned is as narrow as it was wide.
            var (width, height) = Turn is 90 or 270 ? (Height / PixelShape, Width) : (Width * PixelShape, Height);
            return ((int)Math.Round(width) & ~1, height & ~1);
        }
    }

    public bool HasAudio => AudioCodec is not null;

    /// <summary>When the last picture ends, from the file's start.</summary>
    public TimeSpan End => Start + Duration;

    /// <summary>A side that was rounded to whole pixels leaves so much: nobody sees it, and coding anew for it would take its provider's signature away.</summary>
    private const double SeenAsSquare = 0.01;

    /// <summary>What, besides its coding, keeps it from being shown alike everywhere; null for nothing.</summary>
    public string? Otherwise
    {
        get
        {
            var odd = string.Join(", ", new[]
            {
                IsMatroska ? "in WebM" : null, Turn == 0 ? null : Invariant($"turned by {Turn}°"), Math.Abs(PixelShape - 1) <= SeenAsSquare ? null : Invariant($"pixels {PixelShape:0.###} times as wide as high"),
            }.OfType<string>());
            return odd.Length == 0 ? null : odd;
        }
    }

    /// <summary>What browsers take a file for that does not say it, and ffmpeg does not; null where they agree.</summary>
    public string? AssumedMatrix => ColorSpace is (null or "unknown") && Height >= 720 ? "bt709" : null;

    /// <summary>
    /// Whether it can be coded anew and looks the same: in a coding that videos come in, for rare decoders are not made for strangers' bytes, and not of
    /// high dynamic range, whose light nothing here could bring into eight bits.
    /// </summary>
    public bool CanBeCodedAnew => Codec is "h264" or "hevc" or "av1" or "vp9" && ColorTransfer is not ("smpte2084" or "arib-std-b67");

    internal static ClipFacts Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var streams = document.RootElement.GetProperty("streams").EnumerateArray().ToList();
            var video = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "video");
            if (video.ValueKind == JsonValueKind.Undefined)
                throw new ClipUnreadableException("The file has no video stream.");
            var format = document.RootElement.GetProperty("format");
            var (width, height) = (Number(video, "width"), Number(video, "height"));
            if (width is < 1 or > 16384 || height is < 1 or > 16384)
                throw new ClipUnreadableException(Invariant($"{width} x {height} is no frame size."));
            var audio = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "audio");
            return new ClipFacts(
                Seconds(video, "start_time") - Seconds(format, "start_time"),
                Text(video, "duration") is not null ? Seconds(video, "duration") : TaggedDuration(video) ?? Seconds(format, "duration"),
                Seconds(format, "duration"),
                (int)width,
                (int)height,
                Text(video, "codec_name") ?? throw new ClipUnreadableException("ffprobe does not know the codec."),
                Text(video, "profile"),
                Text(video, "pix_fmt"),
                Text(video, "color_range"),
                Text(video, "color_space"),
                Text(video, "color_transfer"),
                Text(video, "color_primaries"),
                Ratio(Text(video, "avg_frame_rate")),
                Number(video, "nb_read_packets"),
                audio.ValueKind == JsonValueKind.Undefined ? null : Text(audio, "codec_name") ?? "unknown",
                Number(format, "bit_rate"))
            {
                IsMatroska = Text(format, "format_name")?.Contains("matroska", StringComparison.Ordinal) is true,
                Turn = TurnOf(video),
                PixelShape = Ratio(Text(video, "sample_aspect_ratio")?.Replace(':', '/')) is > 0 and var shape ? shape : 1,
            };
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new ClipUnreadableException($"ffprobe's answer makes no sense: {failure.Message}", failure);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static long Number(JsonElement element, string name) =>
        Text(element, name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan Seconds(JsonElement element, string name) =>
        TimeSpan.FromSeconds(double.Parse(Text(element, name) ?? "0", CultureInfo.InvariantCulture));

    /// <summary>WebM tells a track's length only so.</summary>
    private static TimeSpan? TaggedDuration(JsonElement video) =>
        video.TryGetProperty("tags", out var tags) && Text(tags, "DURATION") is { Length: >= 12 } text
            && TimeSpan.TryParseExact(text[..12], @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture, out var duration) ? duration : null;

    private static int TurnOf(JsonElement video)
    {
        var turned = video.TryGetProperty("side_data_list", out var list) ? list.EnumerateArray().Select(data => Text(data, "rotation")).FirstOrDefault(text => text is not null) : null;
        var degrees = (int)Math.Round(double.Parse(turned ?? "0", CultureInfo.InvariantCulture) / 90) * 90;
        return ((degrees % 360) + 360) % 360;
    }

    private static double Ratio(string? text)
    {
        var parts = (text ?? "0/1").Split('/');
        var below = parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        return below == 0 ? 0 : double.Parse(parts[0], CultureInfo.InvariantCulture) / below;
    }
}

/// <summary>A decoded frame.</summary>
/// <param name="Time">From the file's start.</param>
/// <param name="Picture">Squeezed to a square.</param>
internal sealed record FrameSample(TimeSpan Time, SmallPicture Picture)
{
    public MomentLight Light { get; } = MomentLight.Of(Picture);
}
