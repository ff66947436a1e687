using System.Globalization;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>
/// Compares what was asked for with what a provider tells of a task beside its prompt. What is not told, or told in other words, proves nothing;
/// and a task that differs is never taken for absent, only for one that a person looks at: a provider may tell what it made of an order.
/// </summary>
internal static class RequestEcho
{
    /// <summary>Whole seconds are ordered, and a clip is longer or shorter by some frames.</summary>
    public static bool IsOtherLength(VideoRequest request, string? seconds) =>
        decimal.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var told) && told > 0 && Math.Abs(told - request.Seconds) >= 1;

    public static bool IsOtherRatio(VideoRequest request, string? ratio) =>
        Sides(request.Aspect) is { } asked && Sides(ratio) is { } told && asked.Width * told.Height != asked.Height * told.Width;

    /// <summary>By the lines, as of 720P; one that is named otherwise, as 4K, is not compared.</summary>
    public static bool IsOtherResolution(VideoRequest request, string? resolution) =>
        Lines(request.Resolution) is { } asked && Lines(resolution) is { } told && asked != told;

    private static (int Width, int Height)? Sides(string? ratio) =>
        ratio?.Split(':') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        && w is > 0 and < 10_000 && h is > 0 and < 10_000
            ? (w, h) : null;

    private static int? Lines(string? resolution) =>
        int.TryParse(resolution?.TrimEnd('p', 'P'), NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines > 100 ? lines : null;
}
