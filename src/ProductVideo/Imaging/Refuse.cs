using System.Globalization;

namespace ProductVideo.Imaging;

/// <summary>The texts of all refusals of a picture, in one place.</summary>
internal static class Refuse
{
    private const string WayOut = "Please send it as JPEG, PNG, WebP or AVIF.";

    public static ImageRefusedException Empty() => new(
        ImageRefusal.Empty, "The picture file is empty. Please upload it again.", "The file has 0 bytes.");

    public static ImageRefusedException TooManyBytes(long length) => new(
        ImageRefusal.TooManyBytes,
        $"The picture file is larger than {ImageLimits.MaxBytes / 1_000_000} MB. Please upload a smaller one.",
        Text($"{length} bytes, {ImageLimits.MaxBytes} are allowed."));

    public static ImageRefusedException TooManyPixels(long width, long height) => new(
        ImageRefusal.TooManyPixels,
        Text($"The picture measures {width} × {height}, which is more than {ImageLimits.MaxPixels / 1_000_000} megapixels. Please upload a smaller one."),
        Text($"{width}x{height} by its header, {ImageLimits.MaxPixels} pixels are allowed."));

    public static ImageRefusedException TooSmall(int width, int height) => new(
        ImageRefusal.TooSmall,
        Text($"The picture measures only {width} × {height}. Please upload one of at least 300 × 300."),
        Text($"{width}x{height}, the shortest side must have {ImageLimits.MinSide} pixels."));

    public static ImageRefusedException Animated(int frames) => new(
        ImageRefusal.Animated,
        "The picture is animated. Please upload a still picture.",
        frames > 0 ? Text($"{frames} frames, 1 is allowed.") : "An image sequence; 1 frame is allowed.");

    public static ImageRefusedException NotAllowed(string? name) => new(
        ImageRefusal.FormatNotAllowed,
        name is null ? $"This file is not a picture we know. {WayOut}" : $"{name} pictures are not supported. {WayOut}",
        name is null ? "The first bytes are not those of JPEG, PNG, WebP or AVIF." : $"The first bytes say {name}; JPEG, PNG, WebP and AVIF are allowed.");

    public static ImageRefusedException Truncated(Exception inner) => new(
        ImageRefusal.Truncated,
        "The picture file is incomplete or damaged. Please upload it again.",
        $"Its pixels end early or are damaged: {OneLine(inner.Message)}",
        inner);

    public static ImageRefusedException Unreadable(Exception inner) => new(
        ImageRefusal.Unreadable,
        "The picture file can't be read. Please open it in a picture editor, save it anew and upload it again.",
        $"The decoder refused it: {OneLine(inner.Message)}",
        inner);

    public static ImageRefusedException StaysTooLarge(long length, long allowed) => new(
        ImageRefusal.StaysTooLarge,
        "The picture stays too large for the video service even when it is compressed hard. Please choose a plainer picture.",
        Text($"{length} bytes at the lowest quality and size, the provider takes {allowed}."));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
