using System.Buffers.Binary;
using System.Text;
using ProductVideo.Clips;

namespace ProductVideo.Rendering;

/// <summary>Finds and adds <see cref="AiMark"/>s in a clip's file, of which only the heads of its outermost boxes are read.</summary>
internal static class Mp4Marks
{
    private const int HeadBytes = 8;
    private const int LongHeadBytes = 16;
    private const int TypeBytes = 16;

    /// <summary>A packet is a few kilobytes; one that is larger is not searched to its end.</summary>
    private const int MostOfPacket = 64 * 1024;

    /// <param name="file">MP4 or QuickTime.</param>
    /// <returns>What tells machines that a model drew it, in words; null for nothing.</returns>
    public static string? Find(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(content).Mark;
    }

    /// <summary>Adds a mark at the end of the file.</summary>
    /// <param name="file">MP4 or QuickTime.</param>
    /// <returns>False if the file does not end where its last box does: what is added there would be a part of that box.</returns>
    public static bool TryAdd(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var (_, isWhole, openEnded) = Read(content);
        if (!isWhole || content.Length - openEnded > uint.MaxValue)
            return false;
        if (openEnded is { } at)
        {
            // A box may say that it reaches to the end of the file, which is now elsewhere.
            Span<byte> size = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(size, (uint)(content.Length - at));
            content.Position = at;
            content.Write(size);
        }

        content.Seek(0, SeekOrigin.End);
        content.Write(AiMark.Mp4Box());
        return true;
    }

    private static (string? Mark, bool IsWhole, long? OpenEnded) Read(FileStream content)
    {
        var head = new byte[LongHeadBytes + TypeBytes];
        string? mark = null;
        for (long at = 0, size; at < content.Length; at += size)
        {
            content.Position = at;
            var read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (read < HeadBytes)
                return (mark, false, null);
            size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var inner = size == 1 ? LongHeadBytes : HeadBytes;
            if (size == 1 && read >= LongHeadBytes)
                size = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(HeadBytes));
            var isOpenEnded = size == 0;
            if (isOpenEnded)
                size = content.Length - at;
            if (size < inner || size > content.Length - at)
                return (mark, false, null);
            if (head.AsSpan(4, 4).SequenceEqual("uuid"u8) && size >= inner + TypeBytes)
                mark = MarkIn(content, head.AsSpan(inner, TypeBytes), at + inner + TypeBytes, at + size) ?? mark;
            if (isOpenEnded)
                return (mark, true, at);
        }

        return (mark, true, null);
    }

    private static string? MarkIn(FileStream content, ReadOnlySpan<byte> type, long from, long until)
    {
        if (type.SequenceEqual(AiMark.C2paBox))
            return "C2PA of its provider";
        if (!type.SequenceEqual(AiMark.XmpBox))
            return null;
        var packet = new byte[Math.Min(until - from, MostOfPacket)];
        content.Position = from;
        content.ReadExactly(packet);
        var text = Encoding.UTF8.GetString(packet);
        // A camera's packet may have the property too, and says another thing.
        return text.Contains(AiMark.Property, StringComparison.Ordinal) && text.Contains("trainedAlgorithmicMedia", StringComparison.OrdinalIgnoreCase)
            ? $"XMP {AiMark.Property}" : null;
    }
}
