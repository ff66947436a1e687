using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Rendering;

/// <summary>The outermost boxes of an MP4, of which only the heads are read.</summary>
internal static class Mp4Boxes
{
    private const int ShortHead = 8;
    private const int LongHead = 16;

    /// <summary>A clip in fragments has some hundreds. A file that is full of empty ones would fill the memory with their places.</summary>
    private const int Most = 10_000;

    /// <summary>Bytes of the type that a <c>uuid</c> box has behind its head.</summary>
    public const int ExtendedTypeBytes = 16;

    /// <param name="content">MP4 or QuickTime; afterwards it stands anywhere.</param>
    /// <returns>The boxes in their order, and whether the last one ends where the file does; of more than <see cref="Most"/> only the first ones.</returns>
    public static (IReadOnlyList<Mp4Box> Boxes, bool IsWhole) Outermost(Stream content)
    {
        var (boxes, length) = (new List<Mp4Box>(), content.Length);
        var bytes = new byte[LongHead + ExtendedTypeBytes];
        for (long at = 0, size; at < length; at += size)
        {
            if (boxes.Count == Most)
                return (boxes, false);
            content.Position = at;
            var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < ShortHead)
                return (boxes, false);
            size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            var head = size == 1 ? LongHead : ShortHead;
            if (size == 1 && read >= LongHead)
                size = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(ShortHead));
            // It may say that it reaches to the end of the file.
            var isOpenEnded = size == 0;
            if (isOpenEnded)
                size = length - at;
            if (size < head || size > length - at)
                return (boxes, false);
            var type = Encoding.Latin1.GetString(bytes, 4, 4);
            byte[] extended = type == "uuid" && size >= head + ExtendedTypeBytes ? [.. bytes.AsSpan(head, ExtendedTypeBytes)] : [];
            boxes.Add(new Mp4Box(type, extended, at, head, size, isOpenEnded));
        }

        return (boxes, true);
    }
}

/// <summary>One box of an MP4.</summary>
/// <param name="Type">Four letters.</param>
/// <param name="ExtendedType">Of a <c>uuid</c> box; else empty.</param>
/// <param name="At">Where in the file its head begins.</param>
/// <param name="Head">Bytes of its head, without the extended type.</param>
/// <param name="Size">Bytes with its head.</param>
/// <param name="IsOpenEnded">It names no size but reaches to the end of the file.</param>
internal sealed record Mp4Box(string Type, ReadOnlyMemory<byte> ExtendedType, long At, int Head, long Size, bool IsOpenEnded)
{
    /// <summary>Where the next one begins.</summary>
    public long End => At + Size;
}
