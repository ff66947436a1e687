using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Provenance;

/// <summary>The index of an MP4 (<c>moov</c>), which names where in the file each piece of picture and sound lies.</summary>
internal static class Mp4Index
{
    private const int ShortHead = 8;
    private const int LongHead = 16;

    /// <summary>Version, flags and the count of places.</summary>
    private const int TableHead = 8;

    /// <summary>Where the tables of places lie, each box in the one before. Nowhere else is looked, so nothing can be nested deeper.</summary>
    private static readonly string[] s_way = ["moov", "trak", "mdia", "minf", "stbl"];

    /// <summary>Moves the places by as much as what they name moves.</summary>
    /// <param name="index">The whole box; changed in place.</param>
    /// <param name="from">What lies at or behind this in the file moves.</param>
    /// <param name="by">Bytes.</param>
    /// <exception cref="SigningException">It can't be read, or names places that can't be moved.</exception>
    public static void Move(Span<byte> index, long from, long by) => Move(index, from, by, depth: 0);

    private static void Move(Span<byte> boxes, long from, long by, int depth)
    {
        while (!boxes.IsEmpty)
        {
            var (type, head, size) = Next(boxes);
            var content = boxes[head..size];
            if (depth < s_way.Length && type == s_way[depth])
                Move(content, from, by, depth + 1);
            else if (depth == s_way.Length && type is ("stco" or "co64"))
                MoveEach(content, type == "stco" ? sizeof(uint) : sizeof(long), from, by);
            else if (type == "mvex")
                throw new SigningException("its file comes in fragments");
            // Of what is encrypted; where else its places would stand is for nobody here to know.
            else if (type == "saio")
                throw new SigningException("its file is encrypted");
            boxes = boxes[size..];
        }
    }

    private static (string Type, int Head, int Size) Next(ReadOnlySpan<byte> boxes)
    {
        // Some writers end a list of boxes with four zeroes.
        if (boxes.Length < ShortHead)
            return boxes.ContainsAnyExcept((byte)0) ? throw Unreadable() : ("", boxes.Length, boxes.Length);
        long size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        var head = size == 1 ? LongHead : ShortHead;
        if (size == 1 && boxes.Length >= LongHead)
            size = BinaryPrimitives.ReadInt64BigEndian(boxes[ShortHead..]);
        if (size == 0)
            size = boxes.Length;
        return size >= head && size <= boxes.Length ? (Encoding.Latin1.GetString(boxes[4..8]), head, (int)size) : throw Unreadable();
    }

    private static void MoveEach(Span<byte> table, int bytes, long from, long by)
    {
        if (table.Length < TableHead || BinaryPrimitives.ReadUInt32BigEndian(table[4..]) is var count && count * (long)bytes > table.Length - TableHead)
            throw Unreadable();
        for (var places = table.Slice(TableHead, (int)count * bytes); !places.IsEmpty; places = places[bytes..])
        {
            var place = bytes == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(places) : BinaryPrimitives.ReadInt64BigEndian(places);
            if (place < from)
                continue;
            if (bytes == sizeof(long))
                BinaryPrimitives.WriteInt64BigEndian(places, place + by);
            else if (place + by <= uint.MaxValue)
                BinaryPrimitives.WriteUInt32BigEndian(places, (uint)(place + by));
            else
                throw new SigningException("its file is too long");
        }
    }

    private static SigningException Unreadable() => new("its index can't be read");
}
