using System.Buffers;
using System.Runtime.CompilerServices;

namespace ProductVideo.Rendering;

/// <summary>Where an axis of the output reads the source: output sample i lies at source sample <c>Offset + i * Step</c>.</summary>
internal readonly record struct AxisMap(double Offset, double Step)
{
    public static AxisMap Identity { get; } = new(0, 1);
}

/// <summary>Four Catmull-Rom weights in 14 bits for each output sample of an axis.</summary>
internal sealed class AxisTaps : IDisposable
{
    public const int One = 1 << 14;

    /// <summary>Output samples that are made together.</summary>
    public const int Group = 4;

    private readonly bool _grouped;
    private (AxisMap Map, int SourceLength)? _set;
    private short[]? _weights;

    /// <param name="length">Output samples.</param>
    /// <param name="grouped">Whether the samples lie side by side, so that a kernel makes several at once.</param>
    public AxisTaps(int length, bool grouped)
    {
        _grouped = grouped;
        Length = length;
        Groups = (length + Group - 1) / Group;
        // Rounded up to eight groups, so that a kernel of any width may run past the end.
        var padded = (Groups + 7) / 8 * 8;
        First = new int[padded * Group];
        GroupStart = new int[padded];
        GroupShuffle = new byte[padded * 16];
        FirstPairs = new short[padded * 8];
        SecondPairs = new short[padded * 8];
        _weights = ArrayPool<short>.Shared.Rent(padded * 16);
    }

    public int Length { get; }

    public int Groups { get; }

    /// <summary>Index of the first of four source samples for each output sample; may be down to -2.</summary>
    public int[] First { get; }

    /// <summary>Four weights for each output sample.</summary>
    public ReadOnlySpan<short> Weights => _weights;

    /// <summary>Source sample where the 16-byte load of a group begins.</summary>
    public int[] GroupStart { get; }

    /// <summary>Which of the 16 loaded bytes go where: taps 0 and 1 of the four outputs, then taps 2 and 3.</summary>
    public byte[] GroupShuffle { get; }

    /// <summary>Weights of taps 0 and 1, eight for each group: what meets the first half of the shuffled bytes.</summary>
    public short[] FirstPairs { get; }

    /// <summary>Weights of taps 2 and 3.</summary>
    public short[] SecondPairs { get; }

    /// <summary>Whether every group's taps lie within one 16-byte load.</summary>
    public bool Loadable { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(AxisMap map, int sourceLength)
    {
        var weights = _weights ?? throw new ObjectDisposedException(nameof(AxisTaps));
        // Both chroma planes are seen through the same window.
        if (_set == (map, sourceLength))
            return;
        _set = (map, sourceLength);
        for (var i = 0; i < First.Length; i++)
        {
            var position = map.Offset + Math.Min(i, Length - 1) * map.Step;
            var whole = Math.Clamp((int)Math.Floor(position), -1, sourceLength - 1);
            First[i] = whole - 1;
            CatmullRom(Math.Clamp(position - whole, 0, 1), weights.AsSpan(i * 4, 4));
        }

        if (_grouped)
            SetGroups(weights);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _weights, null) is { } weights)
            ArrayPool<short>.Shared.Return(weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CatmullRom(double t, Span<short> weights)
    {
        var a = t * (-0.5 + t * (1 - 0.5 * t));
        var b = 1 + t * t * (-2.5 + 1.5 * t);
        var d = t * t * (-0.5 + 0.5 * t);
        weights[0] = (short)Math.Round(a * One);
        weights[1] = (short)Math.Round(b * One);
        weights[3] = (short)Math.Round(d * One);
        // The four must add up to exactly one, or an even area would shimmer while the camera moves.
        weights[2] = (short)(One - weights[0] - weights[1] - weights[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetGroups(short[] weights)
    {
        Loadable = true;
        for (var group = 0; group < GroupStart.Length; group++)
        {
            var start = First[group * Group];
            GroupStart[group] = start;
            var shuffle = GroupShuffle.AsSpan(group * 16, 16);
            for (var output = 0; output < Group; output++)
            {
                var i = group * Group + output;
                var at = First[i] - start;
                Loadable &= at + 3 < 16;
                for (var tap = 0; tap < 4; tap++)
                {
                    var slot = output * 2 + tap % 2;
                    shuffle[tap / 2 * 8 + slot] = (byte)(at + tap);
                    (tap < 2 ? FirstPairs : SecondPairs)[group * 8 + slot] = weights[i * 4 + tap];
                }
            }
        }
    }
}
