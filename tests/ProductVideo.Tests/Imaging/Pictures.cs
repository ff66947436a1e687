using System.Buffers.Binary;
using System.IO.Compression;
using NetVips;
using ProductVideo.Imaging;

namespace ProductVideo.Tests.Imaging;

/// <summary>Makes the picture files that the tests feed in; nothing is kept as a file.</summary>
internal static class Pictures
{
    public static readonly int[] White = [255, 255, 255];
    public static readonly int[] Green = [60, 143, 24];

    /// <summary>A plain background with a plain block on it.</summary>
    public static Image Product(int width, int height, int[] background, int[] product, (int Left, int Top, int Width, int Height) box)
    {
        VipsRuntime.EnsureReady();
        using var canvas = Plain(width, height, background);
        using var block = Plain(box.Width, box.Height, product);
        return canvas.Insert(block, box.Left, box.Top);
    }

    public static Image Plain(int width, int height, params int[] colour)
    {
        VipsRuntime.EnsureReady();
        using var black = Image.Black(width, height, bands: colour.Length);
        using var filled = black.Linear([1.0], colour.Select(c => (double)c).ToArray(), uchar: true);
        return filled.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>A picture with fine detail everywhere, so that its file is long.</summary>
    public static Image Noise(int width, int height)
    {
        VipsRuntime.EnsureReady();
        using var grey = Image.Gaussnoise(width, height, sigma: 60, mean: 128, seed: 7);
        using var bytes = grey.Cast(Enums.BandFormat.Uchar);
        return bytes.Bandjoin(bytes.Rot180(), bytes.FlipHor()).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static byte[] Jpeg(Image image, int quality = 90) => image.JpegsaveBuffer(q: quality);

    public static byte[] Jpeg(int width = 400, int height = 300)
    {
        using var image = Noise(width, height);
        return Jpeg(image);
    }

    /// <summary>A JPEG whose pixels lie on their side as a phone stores them.</summary>
    public static byte[] Oriented(Image image, int orientation)
    {
        using var tagged = image.Mutate(m => m.Set(GValue.GIntType, "orientation", orientation));
        return tagged.JpegsaveBuffer(q: 95);
    }

    /// <summary>The picture in another colour space, tagged with it.</summary>
    public static byte[] Tagged(Image image, string profile)
    {
        using var other = image.IccTransform(profile, inputProfile: "srgb", embedded: false);
        return other.JpegsaveBuffer(q: 98, subsampleMode: Enums.ForeignSubsample.Off);
    }

    public static byte[] UntaggedCmyk(Image image)
    {
        using var other = image.IccTransform("cmyk", inputProfile: "srgb", embedded: false);
        using var bare = other.Mutate(m => m.Remove("icc-profile-data"));
        return bare.JpegsaveBuffer(q: 98, keep: Enums.ForeignKeep.None);
    }

    public static byte[] AnimatedWebP(int frames)
    {
        VipsRuntime.EnsureReady();
        using var tall = Noise(64, 64 * frames);
        using var animation = tall.Mutate(m => m.Set(GValue.GIntType, "page-height", 64));
        return animation.WebpsaveBuffer(q: 30);
    }

    /// <summary>A one-bit PNG of nothing but zeros: 30,000 × 30,000 pixels in about 110 KB.</summary>
    public static byte[] PngBomb(int side)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1;
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + ((side + 7) / 8)];
            for (var y = 0; y < side; y++)
                zlib.Write(row);
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The PNG with one more chunk right after its header.</summary>
    public static byte[] WithChunk(byte[] png, string type, byte[] data)
    {
        using var file = new MemoryStream();
        file.Write(png.AsSpan(0, 33));
        Chunk(file, type, data);
        file.Write(png.AsSpan(33));
        return file.ToArray();
    }

    public static Image Decoded(byte[] file) => Image.NewFromBuffer(file);

    public static int[] Pixel(Image image, int x, int y) => [.. image[x, y].Select(v => (int)Math.Round(v))];

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        var body = System.Text.Encoding.ASCII.GetBytes(type).Concat(data).ToArray();
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
