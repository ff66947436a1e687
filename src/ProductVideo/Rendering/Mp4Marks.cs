using System.Buffers.Binary;
using System.Text;
using ProductVideo.Clips;

namespace ProductVideo.Rendering;

/// <summary>Finds and adds <see cref="AiMark"/>s in a clip's file, of which only the heads of its outermost boxes are read.</summary>
internal static class Mp4Marks
{
    /// <summary>What is found in a file that its provider signed, whatever else is in it.</summary>
    public const string Theirs = "C2PA of its provider";

    /// <summary>A packet is a few kilobytes; one that is larger is not searched to its end.</summary>
    private const int MostOfPacket = 64 * 1024;

    /// <param name="file">MP4 or QuickTime.</param>
    /// <returns>What tells machines that a model drew it, in words; null for nothing.</returns>
    public static string? Find(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        var found = Mp4Boxes.Outermost(content).Boxes.Select(box => MarkIn(content, box)).OfType<string>().ToList();
        return found.Contains(Theirs, StringComparer.Ordinal) ? Theirs : found.FirstOrDefault();
    }

    /// <summary>Adds a mark at the end of the file.</summary>
    /// <param name="file">MP4 or QuickTime.</param>
    /// <returns>False if the file does not end where its last box does: what is added there would be a part of that box.</returns>
    public static bool TryAdd(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var (boxes, isWhole) = Mp4Boxes.Outermost(content);
        var openEnded = boxes.LastOrDefault() is { IsOpenEnded: true } last ? last : null;
        if (!isWhole || openEnded?.Size > uint.MaxValue)
            return false;
        if (openEnded is not null)
        {
            // The end of the file is elsewhere from now on.
            Span<byte> size = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(size, (uint)openEnded.Size);
            content.Position = openEnded.At;
            content.Write(size);
        }

        content.Seek(0, SeekOrigin.End);
        content.Write(AiMark.Mp4Box());
        return true;
    }

    private static string? MarkIn(FileStream content, Mp4Box box)
    {
        var type = box.ExtendedType.Span;
        if (type.SequenceEqual(AiMark.C2paBox))
            return Theirs;
        if (!type.SequenceEqual(AiMark.XmpBox))
            return null;
        content.Position = box.At + box.Head + Mp4Boxes.ExtendedTypeBytes;
        var packet = new byte[Math.Min(box.End - content.Position, MostOfPacket)];
        content.ReadExactly(packet);
        var text = Encoding.UTF8.GetString(packet);
        // A camera's packet may have the property too, and says another thing.
        return text.Contains(AiMark.Property, StringComparison.Ordinal) && text.Contains("trainedAlgorithmicMedia", StringComparison.OrdinalIgnoreCase)
            ? $"XMP {AiMark.Property}" : null;
    }
}
