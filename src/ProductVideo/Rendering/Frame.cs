using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>One frame as the encoder takes it: planar 4:2:0 in one block, luma, then Cb, then Cr.</summary>
internal sealed class Frame(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public byte[] Bytes { get; } = new byte[width * height * 3 / 2];

    public Span<byte> Luma => Bytes.AsSpan(0, Width * Height);

    public Span<byte> Blue => Bytes.AsSpan(Width * Height, Width * Height / 4);

    public Span<byte> Red => Bytes.AsSpan(Width * Height / 4 * 5, Width * Height / 4);

    public void CopyTo(Frame other) => Bytes.CopyTo(other.Bytes, 0);

    public void Fill(Rgb colour)
    {
        var (y, cb, cr) = Bt709.ToYuv(colour);
        Luma.Fill(y);
        Blue.Fill(cb);
        Red.Fill(cr);
    }

    /// <summary>Interleaved RGB, chroma interpolated from its left sites.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[] ToRgb()
    {
        var rgb = new byte[Width * Height * 3];
        var (halfWidth, halfHeight) = (Width / 2, Height / 2);
        for (var y = 0; y < Height; y++)
        {
            // Chroma row k lies between luma rows 2k and 2k + 1: three quarters of the near one, a quarter of the far one.
            var near = y / 2;
            var far = Math.Clamp(near + (y % 2 == 0 ? -1 : 1), 0, halfHeight - 1);
            for (var x = 0; x < Width; x++)
            {
                var left = x / 2;
                var right = x % 2 == 0 ? left : Math.Min(left + 1, halfWidth - 1);
                var colour = Bt709.ToRgb(Luma[y * Width + x], At(Blue, left, right, near, far), At(Red, left, right, near, far));
                var to = rgb.AsSpan((y * Width + x) * 3, 3);
                (to[0], to[1], to[2]) = (colour.R, colour.G, colour.B);
            }
        }

        return rgb;

        double At(ReadOnlySpan<byte> plane, int left, int right, int near, int far) =>
            (0.75 * (plane[near * halfWidth + left] + plane[near * halfWidth + right])
                + 0.25 * (plane[far * halfWidth + left] + plane[far * halfWidth + right])) / 2;
    }
}
