namespace ProductVideo.Rendering;

/// <summary>
/// Fills the room beside a photo whose ratio is not the frame's: a backdrop goes on, so that nobody sees where the photo ends; what has
/// none lies on the shop's background. No pixel of the photo changes.
/// </summary>
internal static class Surround
{
    /// <summary>Interleaved RGB of the whole canvas, the photo in its middle.</summary>
    public static byte[] Extend(PhotoPixels photo, Rgb background, int width, int height)
    {
        if (photo.Width == width && photo.Height == height)
            return photo.Bytes;
        var sides = photo.Height == height;
        // What shows through lies on the background already.
        var canvas = !photo.ShowsThrough && EdgeLines.Of(photo, sides) is var lines && Backdrop.GoesOn(photo, sides, lines)
            ? SoftEdge.Extend(photo, width, height, sides, lines, EdgeColour(photo, sides))
            : Solid(background, width, height);
        var left = (width - photo.Width) / 2;
        var top = (height - photo.Height) / 2;
        for (var y = 0; y < photo.Height; y++)
        {
            var from = photo.Bytes.AsSpan(y * photo.Width * 3, photo.Width * 3);
            from.CopyTo(canvas.AsSpan(((top + y) * width + left) * 3));
        }

        return canvas;
    }

    /// <summary>The colour of the two edges that meet the empty room, if it is one colour.</summary>
    internal static Rgb? EdgeColour(PhotoPixels photo, bool sides)
    {
        const int Blocks = 24;
        const double Tolerance = 3;
        var depth = Math.Max(1, (sides ? photo.Width : photo.Height) / 150);
        var along = sides ? photo.Height : photo.Width;
        var means = new List<double[]>();
        foreach (var far in (bool[])[false, true])
        {
            for (var block = 0; block < Blocks; block++)
            {
                var (first, end) = (block * along / Blocks, (block + 1) * along / Blocks);
                if (end > first && Mean(first, end, far) is var (mean, spread))
                {
                    if (spread > Tolerance)
                        return null;
                    means.Add(mean);
                }
            }
        }

        var overall = Enumerable.Range(0, 3).Select(band => means.Average(mean => mean[band])).ToArray();
        var uniform = means.All(mean => Enumerable.Range(0, 3).All(band => Math.Abs(mean[band] - overall[band]) <= Tolerance));
        return uniform ? new Rgb((byte)Math.Round(overall[0]), (byte)Math.Round(overall[1]), (byte)Math.Round(overall[2])) : null;

        (double[] Mean, double Spread) Mean(int first, int end, bool far)
        {
            var sum = new double[3];
            var squares = new double[3];
            var count = (end - first) * depth;
            for (var i = first; i < end; i++)
            {
                for (var k = 0; k < depth; k++)
                {
                    var x = sides ? far ? photo.Width - 1 - k : k : i;
                    var y = sides ? i : far ? photo.Height - 1 - k : k;
                    var pixel = photo.Bytes.AsSpan((y * photo.Width + x) * 3, 3);
                    for (var band = 0; band < 3; band++)
                    {
                        sum[band] += pixel[band];
                        squares[band] += pixel[band] * pixel[band];
                    }
                }
            }

            var mean = sum.Select(s => s / count).ToArray();
            var spread = Enumerable.Range(0, 3).Max(band => Math.Sqrt(Math.Max(0, squares[band] / count - mean[band] * mean[band])));
            return (mean, spread);
        }
    }

    internal static byte[] Solid(Rgb colour, int width, int height)
    {
        var canvas = new byte[width * height * 3];
        for (var i = 0; i < canvas.Length; i += 3)
            (canvas[i], canvas[i + 1], canvas[i + 2]) = (colour.R, colour.G, colour.B);
        return canvas;
    }
}
