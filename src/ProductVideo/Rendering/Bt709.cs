using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>sRGB bytes to BT.709 limited range and back: luma 16 to 235, chroma 16 to 240 about 128.</summary>
internal static class Bt709
{
    private const double Kr = 0.2126;
    private const double Kb = 0.0722;
    private const double Kg = 1 - Kr - Kb;
    private const int Bits = 20;
    private const int One = 1 << Bits;
    private const int Half = One / 2;

    private const int YFromRed = (int)(Kr * 219 / 255 * One + 0.5);
    private const int YFromBlue = (int)(Kb * 219 / 255 * One + 0.5);
    private const int YFromGreen = (int)(219 / 255.0 * One + 0.5) - YFromRed - YFromBlue;

    private const int CbFromRed = -(int)(Kr / (2 * (1 - Kb)) * 224 / 255 * One + 0.5);
    private const int CbFromBlue = (int)(0.5 * 224 / 255 * One + 0.5);
    private const int CbFromGreen = -CbFromRed - CbFromBlue;

    private const int CrFromRed = CbFromBlue;
    private const int CrFromBlue = -(int)(Kb / (2 * (1 - Kr)) * 224 / 255 * One + 0.5);
    private const int CrFromGreen = -CrFromRed - CrFromBlue;

    public static (byte Y, byte Cb, byte Cr) ToYuv(Rgb colour) => (
        Luma(colour.R, colour.G, colour.B), Blue(colour.R, colour.G, colour.B, 0), Red(colour.R, colour.G, colour.B, 0));

    public static byte Luma(int r, int g, int b) => (byte)((r * YFromRed + g * YFromGreen + b * YFromBlue + (16 << Bits) + Half) >> Bits);

    /// <summary>Cb of sums of 2^<paramref name="sumBits"/> samples.</summary>
    public static byte Blue(int r, int g, int b, int sumBits) => Chroma(r, g, b, CbFromRed, CbFromGreen, CbFromBlue, sumBits);

    /// <summary>Cr of sums of 2^<paramref name="sumBits"/> samples.</summary>
    public static byte Red(int r, int g, int b, int sumBits) => Chroma(r, g, b, CrFromRed, CrFromGreen, CrFromBlue, sumBits);

    /// <summary>Converts a cut of interleaved RGB; chroma is averaged around its site: left in x, between two rows in y.</summary>
    /// <param name="rgb">Three bytes a pixel.</param>
    /// <param name="rgbWidth">Pixels in a row of <paramref name="rgb"/>.</param>
    /// <param name="left">Where the cut begins.</param>
    /// <param name="top">Where the cut begins.</param>
    /// <param name="picture">As large as the cut; padded at the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert(ReadOnlySpan<byte> rgb, int rgbWidth, int left, int top, Picture picture)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            var row = Row(rgb, y);
            var luma = picture.Luma.Row(y);
            for (int x = 0, i = 0; x < luma.Length; x++, i += 3)
                luma[x] = Luma(row[i], row[i + 1], row[i + 2]);
        }

        for (var y = 0; y < picture.Blue.Height; y++)
            ConvertChroma(Row(rgb, 2 * y), Row(rgb, Math.Min(2 * y + 1, picture.Height - 1)), picture.Blue.Row(y), picture.Red.Row(y));

        picture.Luma.Pad();
        picture.Blue.Pad();
        picture.Red.Pad();

        ReadOnlySpan<byte> Row(ReadOnlySpan<byte> from, int y) => from.Slice(((top + y) * rgbWidth + left) * 3, picture.Width * 3);
    }

    /// <summary>One pixel back to sRGB.</summary>
    public static Rgb ToRgb(double y, double cb, double cr)
    {
        var light = (y - 16) * 255 / 219;
        var blue = (cb - 128) * 255 / 224;
        var red = (cr - 128) * 255 / 224;
        return new Rgb(
            Byte(light + 2 * (1 - Kr) * red),
            Byte(light - (2 * (1 - Kb) * Kb * blue + 2 * (1 - Kr) * Kr * red) / Kg),
            Byte(light + 2 * (1 - Kb) * blue));

        static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvertChroma(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> blue, Span<byte> red)
    {
        var last = upper.Length / 3 - 1;
        for (var x = 0; x < blue.Length; x++)
        {
            // Weights 1 2 1 about luma column 2x, in both rows: eight samples in all.
            var left = Math.Max(2 * x - 1, 0) * 3;
            var centre = 2 * x * 3;
            var right = Math.Min(2 * x + 1, last) * 3;
            var r = upper[left] + 2 * upper[centre] + upper[right] + lower[left] + 2 * lower[centre] + lower[right];
            var g = upper[left + 1] + 2 * upper[centre + 1] + upper[right + 1] + lower[left + 1] + 2 * lower[centre + 1] + lower[right + 1];
            var b = upper[left + 2] + 2 * upper[centre + 2] + upper[right + 2] + lower[left + 2] + 2 * lower[centre + 2] + lower[right + 2];
            blue[x] = Blue(r, g, b, 3);
            red[x] = Red(r, g, b, 3);
        }
    }

    private static byte Chroma(int r, int g, int b, int byRed, int byGreen, int byBlue, int sumBits)
    {
        var bits = Bits + sumBits;
        return (byte)(((long)r * byRed + (long)g * byGreen + (long)b * byBlue + (128L << bits) + (1L << (bits - 1))) >> bits);
    }
}
