using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Clips;

/// <summary>
/// The mark by which machines know that a model drew a clip: IPTC's <c>DigitalSourceType</c> in an XMP packet. It is a claim and no signature, and whoever
/// codes the file anew may drop it. A manifest that is signed (C2PA) makes such a claim too, and shows whether the file is still what was signed.
/// </summary>
internal static class AiMark
{
    /// <summary>Name of the check that the clip's file carries one.</summary>
    public const string Check = "AI mark";

    /// <summary>Name of the check that the clip's file was signed here (C2PA).</summary>
    public const string Signature = "signature";

    /// <summary>The property's name, as it stands in a packet.</summary>
    public const string Property = "DigitalSourceType";

    /// <summary>The property's value: all that is seen came from a model.</summary>
    public const string Drawn = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static readonly byte[] s_packet = Encoding.UTF8.GetBytes(
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
        + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        + "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">"
        + $"<Iptc4xmpExt:{Property}>{Drawn}</Iptc4xmpExt:{Property}>"
        + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>");

    /// <summary>Type of the box that holds an XMP packet in an MP4.</summary>
    public static ReadOnlySpan<byte> XmpBox => [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    /// <summary>Type of the box that holds a signed C2PA manifest in an MP4. It covers every other byte of the file.</summary>
    public static ReadOnlySpan<byte> C2paBox => [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    /// <summary>A whole box for the end of an MP4, where it moves nothing that the others point at.</summary>
    public static byte[] Mp4Box()
    {
        var box = new byte[8 + XmpBox.Length + s_packet.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "uuid"u8.CopyTo(box.AsSpan(4));
        XmpBox.CopyTo(box.AsSpan(8));
        s_packet.CopyTo(box, 8 + XmpBox.Length);
        return box;
    }

    /// <summary>The picture with the mark in it.</summary>
    /// <param name="jpeg">A whole JPEG.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static byte[] InJpeg(ReadOnlySpan<byte> jpeg)
    {
        if (jpeg.Length < 6 || !jpeg[..2].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            throw new ArgumentException("A JPEG begins with FF D8.", nameof(jpeg));
        // The JFIF header is to stay the first segment.
        var at = jpeg[2] == 0xFF && jpeg[3] == 0xE0 ? 4 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[4..]) : 2;
        if (at > jpeg.Length)
            throw new ArgumentException("The JPEG ends in its header.", nameof(jpeg));
        var name = "http://ns.adobe.com/xap/1.0/\0"u8;
        byte[] segment = [0xFF, 0xE1, 0, 0, .. name, .. s_packet];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..at], .. segment, .. jpeg[at..]];
    }
}
