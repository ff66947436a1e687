using System.Globalization;

namespace ProductVideo.Planning;

/// <summary>Width to height, as in <c>16:9</c>.</summary>
public readonly record struct AspectRatio(int Width, int Height)
{
    /// <summary>How one is written, for whoever wrote another thing.</summary>
    public const string Form = "width:height in whole numbers from 1 to 100, neither over four times the other, for example 1:1 or 9:16";

    /// <summary>Width over height.</summary>
    public double Value => (double)Width / Height;

    /// <summary>Reads <c>w:h</c> with whole numbers from 1 to 100 and neither side over four times the other; null for anything else.</summary>
    public static AspectRatio? Parse(string? text)
    {
        var sides = text?.Split(':') ?? [];
        return sides.Length == 2
            && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            && width is >= 1 and <= 100 && height is >= 1 and <= 100 && width <= 4 * height && height <= 4 * width
            ? new AspectRatio(width, height)
            : null;
    }

    /// <summary>How much two ratios differ; 0 for the same, and the same from either side.</summary>
    public double Distance(AspectRatio other) => Math.Abs(Math.Log(Value / other.Value));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}:{Height}");
}
