using System.Buffers;

namespace ProductVideo.Rendering;

/// <summary>One 8-bit plane of a picture whose rows are padded at both ends, so that a kernel may read past the edge.</summary>
internal sealed class Plane : IDisposable
{
    /// <summary>Repeated samples left of each row.</summary>
    public const int Before = 4;

    /// <summary>Repeated samples right of each row: two taps and the rest of one 16-byte load.</summary>
    public const int After = 20;

    private byte[]? _samples;

    public Plane(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        Stride = width + Before + After;
        _samples = ArrayPool<byte>.Shared.Rent(Stride * height);
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    private byte[] Samples => _samples ?? throw new ObjectDisposedException(nameof(Plane));

    /// <summary>The samples of a row without its padding.</summary>
    public Span<byte> Row(int y) => Samples.AsSpan(y * Stride + Before, Width);

    /// <summary>A row with its padding; sample x stands at <see cref="Before"/> + x.</summary>
    public ReadOnlySpan<byte> PaddedRow(int y) => Samples.AsSpan(y * Stride, Stride);

    /// <summary>Repeats the first and last sample of every row outwards. Call it once the rows are written.</summary>
    public void Pad()
    {
        for (var y = 0; y < Height; y++)
        {
            var row = Samples.AsSpan(y * Stride, Stride);
            row[..Before].Fill(row[Before]);
            row[(Before + Width)..].Fill(row[Before + Width - 1]);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _samples, null) is { } samples)
            ArrayPool<byte>.Shared.Return(samples);
    }
}

/// <summary>A picture in planar 4:2:0, BT.709 limited range, chroma sited left as H.264 expects.</summary>
internal sealed class Picture(int width, int height) : IDisposable
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public Plane Luma { get; } = new(width, height);

    public Plane Blue { get; } = new((width + 1) / 2, (height + 1) / 2);

    public Plane Red { get; } = new((width + 1) / 2, (height + 1) / 2);

    public void Dispose()
    {
        Luma.Dispose();
        Blue.Dispose();
        Red.Dispose();
    }
}
