using System.Globalization;
using ProductVideo.Providers;

namespace ProductVideo.Imaging;

/// <summary>What a fitted picture must be like.</summary>
/// <param name="Aspect">Width to height, for example <c>16:9</c>; null keeps the picture's own as far as <paramref name="Rule"/> allows.</param>
/// <param name="Rule">What the model takes; the first of its formats is written.</param>
/// <param name="Background"><c>#rrggbb</c>: shows through transparent places, and pads a picture whose border has no colour of its own.</param>
/// <param name="Trim">Whether a plain border is cut down to a small margin first.</param>
/// <param name="LongSide">Pixels wanted on the long side: larger pictures are shrunk to it, smaller ones stay as they are.</param>
/// <param name="Exact">The size that must come out, whatever the ratio and the rule's sides say; null if it is free.</param>
internal sealed record FitOptions(string? Aspect, ImageRule Rule, string Background, bool Trim = false, int LongSide = 1920, FrameSize? Exact = null)
{
    /// <summary>The format that is written.</summary>
    internal string Format => Rule.Formats[0];

    /// <summary>Width divided by height; null if the picture's own is kept.</summary>
    /// <exception cref="ArgumentException">It is no ratio, or one that the rule excludes.</exception>
    internal decimal? Ratio => Aspect is null ? null : RatioOf(Aspect, Rule.MaxRatio);

    /// <summary>The background as red, green, blue from 0 to 255.</summary>
    /// <exception cref="ArgumentException">It is no colour.</exception>
    internal (byte R, byte G, byte B) BackgroundColour => ColourOf(Background);

    private static decimal RatioOf(string aspect, decimal widest)
    {
        var parts = aspect.Split(':');
        if (parts.Length != 2 || !Parse(parts[0], out var width) || !Parse(parts[1], out var height))
            throw new ArgumentException($"'{aspect}' is not an aspect ratio like 16:9.", nameof(aspect));
        var ratio = width / height;
        if (ratio > widest || 1 / ratio > widest)
            throw new ArgumentException($"'{aspect}' is wider or narrower than the model takes.", nameof(aspect));
        return ratio;
    }

    private static (byte R, byte G, byte B) ColourOf(string colour)
    {
        if (colour.Length != 7 || colour[0] != '#' ||
            !int.TryParse(colour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            throw new ArgumentException($"'{colour}' is not a colour like #ffffff.", nameof(colour));
        return ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    }

    private static bool Parse(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 10_000;
}
