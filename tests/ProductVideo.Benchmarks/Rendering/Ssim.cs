namespace ProductVideo.Benchmarks.Rendering;

/// <summary>Structural similarity over 8 x 8 blocks, four pixels apart: the measure of ffmpeg's filter of that name.</summary>
internal static class Ssim
{
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    public static double Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int width, int height)
    {
        double total = 0;
        var blocks = 0;
        for (var y = 0; y + 8 <= height; y += 4)
        {
            for (var x = 0; x + 8 <= width; x += 4)
            {
                total += Block(first, second, y * width + x, width);
                blocks++;
            }
        }

        return total / blocks;
    }

    private static double Block(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int at, int stride)
    {
        int sumA = 0, sumB = 0, squares = 0, products = 0;
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                int a = first[at + y * stride + x], b = second[at + y * stride + x];
                sumA += a;
                sumB += b;
                squares += a * a + b * b;
                products += a * b;
            }
        }

        // Sample variances of both together, and the covariance.
        var variances = (squares - (sumA * (double)sumA + sumB * (double)sumB) / 64) / 63;
        var covariance = (products - sumA * (double)sumB / 64) / 63;
        double meanA = sumA / 64.0, meanB = sumB / 64.0;
        return (2 * meanA * meanB + C1) * (2 * covariance + C2) / ((meanA * meanA + meanB * meanB + C1) * (variances + C2));
    }
}
