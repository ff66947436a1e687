using System.Buffers.Binary;
using System.Text;

namespace ProductVideo.Tests.Provenance;

/// <summary>A small MP4 whose index points at the beginning of each piece of its pictures.</summary>
internal static class Mp4Film
{
    private static readonly string[] s_pieces = ["<first piece>", "<second>", "<the third one>"];

    /// <param name="layout">Its outermost boxes in order. <c>mdat8</c> has a long size, <c>mdat0</c> none.</param>
    /// <param name="isLong">Whether its places are written in 64 bits.</param>
    /// <param name="more">Stands in the index beside its places.</param>
    public static byte[] Of(string layout, bool isLong = false, byte[]? more = null)
    {
        var names = layout.Split(' ');
        // Where the pictures lie does not change how long the index is.
        var at = 0L;
        foreach (var name in names.TakeWhile(name => !name.StartsWith("mdat", StringComparison.Ordinal)))
            at += BoxOf(name, 0, isLong, more).Length;
        at += names.Contains("mdat8") ? 16 : 8;
        return [.. names.SelectMany(name => BoxOf(name, at, isLong, more))];
    }

    /// <summary>What lies at each place that the index names.</summary>
    public static IReadOnlyList<string> Pieces(byte[] film)
    {
        var isLong = film.AsSpan().IndexOf("stco"u8) < 0;
        var table = film.AsSpan(isLong ? film.AsSpan().IndexOf("co64"u8) : film.AsSpan().IndexOf("stco"u8));
        var places = new List<string>();
        for (var i = 0; i < BinaryPrimitives.ReadInt32BigEndian(table[8..]); i++)
        {
            var at = isLong ? (int)BinaryPrimitives.ReadInt64BigEndian(table[(12 + (8 * i))..]) : BinaryPrimitives.ReadInt32BigEndian(table[(12 + (4 * i))..]);
            places.Add(Encoding.ASCII.GetString(film, at, film.AsSpan(at).IndexOf((byte)'>') + 1));
        }

        return places;
    }

    public static IReadOnlyList<string> AllPieces => s_pieces;

    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content.SelectMany(part => part)];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    private static byte[] BoxOf(string name, long pictures, bool isLong, byte[]? more)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(s_pieces));
        return name switch
        {
            "ftyp" => Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()),
            "moov" => Box("moov", Box("mvhd", new byte[20]), Box("trak", Box("mdia", Box("minf", Box("stbl", Places(pictures, isLong), more ?? []))))),
            "mdat" => Box("mdat", content),
            "mdat8" => [0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, (byte)(16 + content.Length), .. content],
            "mdat0" => [0, 0, 0, 0, .. "mdat"u8, .. content],
            _ => Box(name, [1, 2, 3]),
        };
    }

    private static byte[] Places(long pictures, bool isLong)
    {
        var table = new byte[8 + (s_pieces.Length * (isLong ? 8 : 4))];
        BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(4), s_pieces.Length);
        for (var i = 0; i < s_pieces.Length; i++)
        {
            var at = pictures + s_pieces.Take(i).Sum(piece => piece.Length);
            if (isLong)
                BinaryPrimitives.WriteInt64BigEndian(table.AsSpan(8 + (8 * i)), at);
            else
                BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(8 + (4 * i)), (int)at);
        }

        return Box(isLong ? "co64" : "stco", table);
    }
}
