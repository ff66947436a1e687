using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Imaging;

/// <summary>Tells a file's format by its first bytes. The name of the file and what a server says about it count for nothing.</summary>
internal static class ImageSignature
{
    /// <summary>One of <see cref="ImageFormats.All"/>.</summary>
    /// <exception cref="ImageRefusedException">Another format, an animation, or none that we know.</exception>
    public static string Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormats.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return IsAnimatedPng(file) ? throw Refuse.Animated(0) : ImageFormats.Png;
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
            return ImageFormats.WebP;
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
            return OfBrands(file);
        throw Refuse.NotAllowed(NameOfOther(file));
    }

    /// <summary>An animated PNG announces itself with an <c>acTL</c> chunk before the first pixels; decoders show only its first frame.</summary>
    private static bool IsAnimatedPng(ReadOnlySpan<byte> file)
    {
        for (var rest = file[8..]; rest.Length >= 8;)
        {
            var type = rest[4..8];
            if (type.SequenceEqual("acTL"u8))
                return true;
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (type.SequenceEqual("IDAT"u8) || length + 12L > rest.Length)
                return false;
            rest = rest[((int)length + 12)..];
        }

        return false;
    }

    private static string OfBrands(ReadOnlySpan<byte> file)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)Math.Min(file.Length, 256));
        var avif = false;
        var heic = false;
        for (var at = 8; at + 4 <= end; at += 4)
        {
            var brand = file.Slice(at, 4);
            if (brand.SequenceEqual("avis"u8))
                throw Refuse.Animated(0);
            avif |= brand.SequenceEqual("avif"u8);
            heic |= brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8);
        }

        return avif ? ImageFormats.Avif : throw Refuse.NotAllowed(heic ? "HEIC" : "MP4 video and other");
    }

    private static string? NameOfOther(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
            return "GIF";
        if (file.StartsWith("%PDF"u8))
            return "PDF";
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return "TIFF";
        if (file.StartsWith("BM"u8))
            return "BMP";
        if (file.StartsWith("8BPS"u8))
            return "Photoshop";
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || file.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L']))
            return "JPEG XL";
        var start = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]);
        return start.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "SVG" : null;
    }
}
