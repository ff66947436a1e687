using System.Globalization;
using System.Text.Json;
using ProductVideo.Clips;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>What a clip is, as ffprobe tells it. Texts are ffmpeg's names; null where the file does not say.</summary>
/// <param name="Duration">Of the whole file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Codec">For example <c>h264</c>.</param>
/// <param name="Profile">For example <c>High</c>.</param>
/// <param name="PixelFormat">For example <c>yuv420p</c>.</param>
/// <param name="ColorRange"><c>tv</c> or <c>pc</c>.</param>
/// <param name="ColorSpace">Matrix, for example <c>bt709</c>.</param>
/// <param name="ColorTransfer">For example <c>bt709</c>.</param>
/// <param name="ColorPrimaries">For example <c>bt709</c>.</param>
/// <param name="FramesPerSecond">Average.</param>
/// <param name="Frames">Counted.</param>
/// <param name="HasAudio">Whether there is an audio stream, silent or not.</param>
/// <param name="BitRate">Bits a second of the whole file.</param>
internal sealed record ClipFacts(
    TimeSpan Duration,
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
    bool HasAudio,
    long BitRate)
{
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
            return new ClipFacts(
                TimeSpan.FromSeconds(
                    double.Parse(Text(format, "duration") ?? Text(video, "duration") ?? "0", CultureInfo.InvariantCulture)),
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
                streams.Exists(stream => Text(stream, "codec_type") == "audio"),
                Number(format, "bit_rate"));
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

    private static double Ratio(string? text)
    {
        var parts = (text ?? "0/1").Split('/');
        var below = parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        return below == 0 ? 0 : double.Parse(parts[0], CultureInfo.InvariantCulture) / below;
    }
}

/// <summary>A decoded frame.</summary>
/// <param name="Time">Where it was asked for.</param>
/// <param name="Picture">Squeezed to a square.</param>
internal sealed record FrameSample(TimeSpan Time, SmallPicture Picture)
{
    public MomentLight Light { get; } = LightOf(Picture);

    private static MomentLight LightOf(SmallPicture picture)
    {
        var rgb = picture.Rgb.Span;
        var (sum, squares, pixels) = (0.0, 0.0, rgb.Length / 3);
        for (var i = 0; i < rgb.Length; i += 3)
        {
            var luma = (0.2126 * rgb[i]) + (0.7152 * rgb[i + 1]) + (0.0722 * rgb[i + 2]);
            sum += luma;
            squares += luma * luma;
        }

        var mean = sum / pixels;
        return new MomentLight(mean, Math.Sqrt(Math.Max(0, (squares / pixels) - (mean * mean))));
    }
}
