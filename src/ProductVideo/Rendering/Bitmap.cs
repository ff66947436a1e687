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
    public void RoundedBox(int left, int top, int boxWidth, int boxHeight, double radius, Rgb colour, double opacity)
    {
        var (halfWidth, halfHeight) = (boxWidth / 2.0, boxHeight / 2.0);
        for (var y = top; y < top + boxHeight; y++)
        {
            for (var x = left; x < left + boxWidth; x++)
            {
                // Signed distance to the outline.
                var dx = Math.Abs(x + 0.5 - left - halfWidth) - (halfWidth - radius);
                var dy = Math.Abs(y + 0.5 - top - halfHeight) - (halfHeight - radius);
                var outside = Math.Sqrt(Math.Pow(Math.Max(dx, 0), 2) + Math.Pow(Math.Max(dy, 0), 2)) + Math.Min(Math.Max(dx, dy), 0) - radius;
                Paint(x, y, colour, opacity * Math.Clamp(0.5 - outside, 0, 1));
            }
        }
    }

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
