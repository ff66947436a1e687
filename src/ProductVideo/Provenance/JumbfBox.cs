using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Provenance;

/// <summary>Boxes of ISO 19566-5 (JUMBF), of which a manifest is made.</summary>
internal static class JumbfBox
{
    private const int Head = 8;

    /// <summary>What follows the four letters of a box's kind in its type.</summary>
    private static ReadOnlySpan<byte> KindEnd => [0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>A box of ISO base media: its size, its type, and what is in it.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="content">Without a head.</param>
    public static byte[] Plain(string type, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    /// <summary>A box that says what it is and how it is called, so that others can point at it, and holds boxes.</summary>
    /// <param name="kind">Four letters, for example <c>c2pa</c>.</param>
    /// <param name="label">Its name among its neighbours.</param>
    /// <param name="boxes">What it holds.</param>
    public static byte[] Labelled(string kind, string label, params byte[][] boxes)
    {
        // 3: others may point at it, and it has a name.
        byte[] description = [.. Encoding.ASCII.GetBytes(kind), .. KindEnd, 3, .. Encoding.UTF8.GetBytes(label), 0];
        return Plain("jumb", [.. Plain("jumd", description), .. boxes.SelectMany(box => box)]);
    }

    /// <summary>A labelled box with one CBOR value.</summary>
    public static byte[] Cbor(string kind, string label, byte[] value) => Labelled(kind, label, Plain("cbor", value));

    /// <summary>What a pointer at a box is a hash of: all but the box's head.</summary>
    public static ReadOnlySpan<byte> Hashed(byte[] box) => box.AsSpan(Head);
}
