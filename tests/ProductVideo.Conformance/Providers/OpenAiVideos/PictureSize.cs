using System.Buffers.Binary;

namespace ProductVideo.Conformance.Providers.OpenAiVideos;

/// <summary>Reads a picture's size by its header, and writes headers to be read: no more is needed to tell whether a size fits.</summary>
public static class PictureSize
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The first bytes of a PNG of this size.</summary>
    public static byte[] Png(int width, int height)
    {
        var bytes = new byte[33];
        Signature.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), 13);
        "IHDR"u8.CopyTo(bytes.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    /// <summary>Like <c>1280x720</c>; null if it is no PNG or JPEG.</summary>
    public static string? Of(ReadOnlySpan<byte> file) => file.StartsWith(Signature) && file.Length >= 24
        ? FormattableString.Invariant($"{BinaryPrimitives.ReadInt32BigEndian(file[16..])}x{BinaryPrimitives.ReadInt32BigEndian(file[20..])}")
        : file is [0xFF, 0xD8, ..] ? OfJpeg(file) : null;

    private static string? OfJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]))
        {
            if (file[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return FormattableString.Invariant($"{BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..])}x{BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])}");
        }

        return null;
    }
}
