using System.Buffers.Binary;

namespace ProductVideo.Rendering;

/// <summary>One shipped font and the characters that it has.</summary>
internal sealed class FontFile(string path, string family)
{
    /// <summary>A file that is missing may be put back while the program runs, so that is not remembered.</summary>
    private readonly Lazy<(int First, int Last)[]> _ranges = new(() => ReadRanges(Bytes(path)), LazyThreadSafetyMode.PublicationOnly);

    public string Path { get; } = path;

    public string Family { get; } = family;

    /// <exception cref="FontMissingException">The file is not there, or can't be read.</exception>
    public void Demand()
    {
        if (!File.Exists(Path))
            throw new FontMissingException(Path);
    }

    /// <exception cref="FontMissingException">The file is not there, or can't be read.</exception>
    public bool Has(int codePoint)
    {
        var ranges = _ranges.Value;
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < ranges[middle].First)
                high = middle - 1;
            else if (codePoint > ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FontMissingException(path, e);
        }
    }

    /// <summary>The Unicode character map of an OpenType file: table <c>cmap</c>, formats 4 and 12.</summary>
    private static (int First, int Last)[] ReadRanges(ReadOnlySpan<byte> font)
    {
        var tables = UInt16(font, 4);
        for (var i = 0; i < tables; i++)
        {
            var record = font[(12 + i * 16)..];
            if (!record[..4].SequenceEqual("cmap"u8))
                continue;
            var cmap = font[(int)UInt32(record, 8)..];
            var ranges = new List<(int First, int Last)>();
            for (var sub = 0; sub < UInt16(cmap, 2); sub++)
            {
                var encoding = cmap[(4 + sub * 8)..];
                var (platform, variant) = (UInt16(encoding, 0), UInt16(encoding, 2));
                if (platform == 0 && variant != 5 || platform == 3 && variant is 1 or 10)
                    AddRanges(cmap[(int)UInt32(encoding, 4)..], ranges);
            }

            return Merge(ranges);
        }

        throw new InvalidDataException("The font has no character map.");
    }

    private static void AddRanges(ReadOnlySpan<byte> map, List<(int First, int Last)> ranges)
    {
        switch (UInt16(map, 0))
        {
            case 4:
                var segments = UInt16(map, 6) / 2;
                for (var i = 0; i < segments; i++)
                {
                    var (last, first) = (UInt16(map, 14 + i * 2), UInt16(map, 16 + segments * 2 + i * 2));
                    if (first < 0xFFFF)
                        ranges.Add((first, last));
                }

                break;
            case 12:
                for (var i = 0; i < UInt32(map, 12); i++)
                    ranges.Add(((int)UInt32(map, 16 + i * 12), (int)UInt32(map, 20 + i * 12)));
                break;
            default:
                break;
        }
    }

    private static (int First, int Last)[] Merge(List<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return [.. merged];
    }

    private static int UInt16(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16BigEndian(from[at..]);

    private static uint UInt32(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt32BigEndian(from[at..]);
}
