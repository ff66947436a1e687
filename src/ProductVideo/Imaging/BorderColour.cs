namespace ProductVideo.Imaging;

/// <summary>The colour that most of a picture's edge has.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
/// <param name="Share">How much of the edge has it, 0 to 1.</param>
internal readonly record struct BorderColour(byte R, byte G, byte B, double Share)
{
    /// <summary>JPEG noise and soft gradients stay within this of each other, a product does not.</summary>
    private const int Tolerance = 12;

    /// <summary>Whether the edge is plain enough to be continued without a seam.</summary>
    public bool IsUniform => Share >= 0.97;

    /// <summary>Whether there is a background to speak of, though the product may touch the edge.</summary>
    public bool IsBackground => Share >= 0.5;

    /// <param name="edge">Pixels of the edge, three bytes each.</param>
    public static BorderColour Of(ReadOnlySpan<byte> edge)
    {
        var (r, g, b) = (Median(edge, 0), Median(edge, 1), Median(edge, 2));
        var near = 0;
        for (var i = 0; i + 2 < edge.Length; i += 3)
        {
            if (Math.Abs(edge[i] - r) <= Tolerance && Math.Abs(edge[i + 1] - g) <= Tolerance && Math.Abs(edge[i + 2] - b) <= Tolerance)
                near++;
        }

        return new BorderColour(r, g, b, edge.Length < 3 ? 0 : near / (edge.Length / 3.0));
    }

    private static byte Median(ReadOnlySpan<byte> edge, int channel)
    {
        Span<int> counts = stackalloc int[256];
        for (var i = channel; i < edge.Length; i += 3)
            counts[edge[i]]++;
        var left = edge.Length / 3 / 2;
        for (var value = 0; value < 256; value++)
        {
            left -= counts[value];
            if (left < 0)
                return (byte)value;
        }

        return 0;
    }
}
