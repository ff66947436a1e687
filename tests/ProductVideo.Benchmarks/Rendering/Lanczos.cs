using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>
/// The reference: separable Lanczos with three lobes in floating point, straight from the full photo. Written to be plainly right.
/// </summary>
internal static class Lanczos
{
    private const int Lobes = 3;

    public static byte[] View(float[] photo, int photoSide, Window window, int side)
    {
        var across = Taps(photoSide, window.Left, window.Size, side);
        var down = Taps(photoSide, window.Top, window.Size, side);
        var rows = new float[photoSide * side];
        for (var y = 0; y < photoSide; y++)
        {
            for (var x = 0; x < side; x++)
                rows[y * side + x] = Sum(photo.AsSpan(y * photoSide, photoSide), across[x]);
        }

        var view = new byte[side * side];
        var column = new float[side];
        for (var y = 0; y < side; y++)
        {
            Array.Clear(column);
            for (var tap = 0; tap < down[y].Weights.Length; tap++)
            {
                var row = Math.Clamp(down[y].First + tap, 0, photoSide - 1);
                for (var x = 0; x < side; x++)
                    column[x] += rows[row * side + x] * down[y].Weights[tap];
            }

            for (var x = 0; x < side; x++)
                view[y * side + x] = (byte)Math.Clamp(Math.Round(column[x]), 0, 255);
        }

        return view;
    }

    private static float Sum(ReadOnlySpan<float> row, (int First, float[] Weights) taps)
    {
        var sum = 0f;
        for (var tap = 0; tap < taps.Weights.Length; tap++)
            sum += row[Math.Clamp(taps.First + tap, 0, row.Length - 1)] * taps.Weights[tap];
        return sum;
    }

    private static (int First, float[] Weights)[] Taps(int photoSide, double from, double size, int side)
    {
        var step = size * photoSide / side;
        var reach = Lobes * Math.Max(1, step);
        return [.. Enumerable.Range(0, side).Select(i =>
        {
            var centre = from * photoSide + (i + 0.5) * step - 0.5;
            var first = (int)Math.Ceiling(centre - reach);
            var weights = Enumerable.Range(first, (int)Math.Floor(centre + reach) - first + 1)
                .Select(sample => Kernel((sample - centre) / Math.Max(1, step))).ToArray();
            var total = weights.Sum();
            return (first, weights.Select(weight => (float)(weight / total)).ToArray());
        })];
    }

    private static double Kernel(double x)
    {
        if (Math.Abs(x) < 1e-9)
            return 1;
        return Math.Abs(x) >= Lobes ? 0 : Lobes * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / Lobes) / (Math.PI * Math.PI * x * x);
    }
}
