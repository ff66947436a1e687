using System.Globalization;

namespace ProductVideo.Rendering;

/// <summary>An sRGB colour.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb White { get; } = new(255, 255, 255);

    public static Rgb Black { get; } = new(0, 0, 0);

    /// <exception cref="RenderException">If the text is not <c>#rrggbb</c>.</exception>
    public static Rgb Parse(string hex)
    {
        if (hex is not ['#', _, _, _, _, _, _]
            || !int.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw RenderException.InvalidPlan($"'{hex}' is no colour such as #1f2937.");
        return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>Black or white, whichever is easier to read on this colour.</summary>
    public Rgb ReadableInk() => Contrast(this, White) >= Contrast(this, Black) ? White : Black;

    /// <summary>WCAG 2 contrast ratio, 1 to 21.</summary>
    public static double Contrast(Rgb a, Rgb b)
    {
        var (first, second) = (a.Luminance(), b.Luminance());
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private double Luminance()
    {
        return 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

        static double Linear(byte sample)
        {
            var s = sample / 255.0;
            return s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
        }
    }
}
