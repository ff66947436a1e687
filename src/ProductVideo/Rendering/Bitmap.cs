using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>A small canvas for cards: RGB with straight alpha, painted once per clip.</summary>
internal sealed class Bitmap(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>R, G, B, A for each pixel.</summary>
    public byte[] Rgba { get; } = new byte[width * height * 4];

    public void Fill(Rgb colour)
    {
        for (var i = 0; i < Rgba.Length; i += 4)
            (Rgba[i], Rgba[i + 1], Rgba[i + 2], Rgba[i + 3]) = (colour.R, colour.G, colour.B, 255);
    }

    /// <summary>A box with round corners and smooth edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RoundedBox(int left, int top, int boxWidth, int boxHeight, double radius, Rgb colour, double opacity)
    {
        for (var y = top; y < top + boxHeight; y++)
        {
            for (var x = left; x < left + boxWidth; x++)
                Paint(x, y, colour, opacity * Math.Clamp(0.5 - Outside(x - left, y - top, boxWidth, boxHeight, radius), 0, 1));
        }
    }

    /// <summary>Darkens softly around such a box, not under it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shadow(int left, int top, int boxWidth, int boxHeight, double radius, int reach, double opacity)
    {
        for (var y = top - reach; y < top + boxHeight + reach; y++)
        {
            for (var x = left - reach; x < left + boxWidth + reach; x++)
            {
                var outside = Outside(x - left, y - top, boxWidth, boxHeight, radius);
                if (outside > -1)
                    Paint(x, y, Rgb.Black, opacity * Math.Pow(Math.Clamp(1 - outside / reach, 0, 1), 2.5));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Text(TextMask mask, int left, int top, Rgb ink, double opacity = 1)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
                Paint(left + x, top + y, ink, opacity * mask.Cover[y * mask.Width + x] / 255);
        }
    }

    /// <summary>Lays a picture of four bands over what is there.</summary>
    public void Image(PhotoPixels picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var pixel = picture.Bytes.AsSpan((y * picture.Width + x) * 4, 4);
                Paint(left + x, top + y, new Rgb(pixel[0], pixel[1], pixel[2]), pixel[3] / 255.0);
            }
        }
    }

    /// <summary>Signed distance of a pixel's centre to the outline, positive outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Outside(int x, int y, int boxWidth, int boxHeight, double radius)
    {
        var across = Math.Abs(x + 0.5 - boxWidth / 2.0) - (boxWidth / 2.0 - radius);
        var down = Math.Abs(y + 0.5 - boxHeight / 2.0) - (boxHeight / 2.0 - radius);
        var corner = Math.Sqrt(Math.Pow(Math.Max(across, 0), 2) + Math.Pow(Math.Max(down, 0), 2));
        return corner + Math.Min(Math.Max(across, down), 0) - radius;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Paint(int x, int y, Rgb colour, double opacity)
    {
        if (opacity <= 0 || (uint)x >= (uint)Width || (uint)y >= (uint)Height)
            return;
        var pixel = Rgba.AsSpan((y * Width + x) * 4, 4);
        var below = pixel[3] / 255.0 * (1 - opacity);
        var alpha = opacity + below;
        pixel[0] = Mix(pixel[0], colour.R);
        pixel[1] = Mix(pixel[1], colour.G);
        pixel[2] = Mix(pixel[2], colour.B);
        pixel[3] = (byte)Math.Round(alpha * 255);

        byte Mix(byte old, byte fresh) => (byte)Math.Round((fresh * opacity + old * below) / alpha);
    }
}
