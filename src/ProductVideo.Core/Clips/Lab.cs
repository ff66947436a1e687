namespace ProductVideo.Clips;

/// <summary>A colour as it is seen (CIELAB, D65): equal distances look about equally different.</summary>
/// <param name="L">Lightness, 0 to 100.</param>
/// <param name="A">Green to red.</param>
/// <param name="B">Blue to yellow.</param>
internal readonly record struct Lab(float L, float A, float B)
{
    private static readonly float[] s_linear = [.. Enumerable.Range(0, 256).Select(value => Linear(value / 255f))];

    /// <summary>How colourful it is; grey, white and black have none.</summary>
    public float Chroma => MathF.Sqrt((A * A) + (B * B));

    /// <summary>Degrees, 0 to 360: red, yellow, green, blue.</summary>
    public float Hue => ((MathF.Atan2(B, A) * 180 / MathF.PI) + 360) % 360;

    public static Lab[] Of(SmallPicture picture)
    {
        var rgb = picture.Rgb.Span;
        var pixels = new Lab[rgb.Length / 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Of(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]);
        return pixels;
    }

    public float DistanceTo(Lab other)
    {
        var (l, a, b) = (L - other.L, A - other.A, B - other.B);
        return MathF.Sqrt((l * l) + (a * a) + (b * b));
    }

    /// <summary>Between two hues, 0 to 180 degrees.</summary>
    public static float Between(float hue, float other)
    {
        var apart = MathF.Abs(hue - other) % 360;
        return MathF.Min(apart, 360 - apart);
    }

    private static Lab Of(byte red, byte green, byte blue)
    {
        var (r, g, b) = (s_linear[red], s_linear[green], s_linear[blue]);
        var x = Root(((0.4124f * r) + (0.3576f * g) + (0.1805f * b)) / 0.9505f);
        var y = Root((0.2126f * r) + (0.7152f * g) + (0.0722f * b));
        var z = Root(((0.0193f * r) + (0.1192f * g) + (0.9505f * b)) / 1.089f);
        return new Lab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Linear(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    private static float Root(float value) => value > 0.008856f ? MathF.Cbrt(value) : (7.787f * value) + (16 / 116f);
}
