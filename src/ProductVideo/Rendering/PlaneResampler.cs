using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>
/// Sees one plane through a moving window: four-tap Catmull-Rom both ways at the window's exact, fractional place. Nothing is
/// allocated per frame.
/// </summary>
/// <remarks>
/// Each source row that is needed is resampled horizontally once and kept for the up to four output rows that use it.
/// Between the two passes samples carry six more bits.
/// </remarks>
internal sealed class PlaneResampler : IDisposable
{
    private readonly AxisTaps _across;
    private readonly AxisTaps _down;
    private readonly short[][] _rows;
    private readonly int[] _rowSource = new int[4];
    private readonly VectorPath _path;
    private readonly int _width;
    private readonly int _height;

    public PlaneResampler(int width, int height, VectorPath path)
    {
        if (!VectorPaths.Supports(path))
            throw new PlatformNotSupportedException($"This processor has no {path} instructions.");
        _width = width;
        _height = height;
        _path = path;
        _across = new AxisTaps(width, grouped: true);
        _down = new AxisTaps(height, grouped: false);
        _rows = new short[4][];
        for (var i = 0; i < 4; i++)
            _rows[i] = new short[_across.First.Length];
    }

    /// <summary>Fills <paramref name="output"/>, <c>width * height</c> bytes without gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Resample(Plane source, AxisMap across, AxisMap down, Span<byte> output)
    {
        if (output.Length < _width * _height)
            throw new ArgumentException("The output is smaller than the frame.", nameof(output));
        _across.Set(across, source.Width);
        _down.Set(down, source.Height);
        Array.Fill(_rowSource, -1);
        var weights = _down.Weights;
        for (var y = 0; y < _height; y++)
        {
            var first = _down.First[y];
            var a = Row(source, first);
            var b = Row(source, first + 1);
            var c = Row(source, first + 2);
            var d = Row(source, first + 3);
            RowKernels.Vertical(_path, a, b, c, d, weights.Slice(y * 4, 4), output.Slice(y * _width, _width));
        }
    }

    public void Dispose()
    {
        _across.Dispose();
        _down.Dispose();
    }

    /// <summary>A source row, resampled horizontally; rows past the edge repeat it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private short[] Row(Plane source, int y)
    {
        var slot = y & 3;
        var row = Math.Clamp(y, 0, source.Height - 1);
        if (_rowSource[slot] != row)
        {
            RowKernels.Horizontal(_path, source.PaddedRow(row), _across, _rows[slot]);
            _rowSource[slot] = row;
        }

        return _rows[slot];
    }
}
