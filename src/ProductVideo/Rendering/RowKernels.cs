using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProductVideo.Rendering;

/// <summary>
/// The two inner loops of <see cref="PlaneResampler"/>, each three times. Integers only, so that all three agree to the last bit.
/// </summary>
internal static class RowKernels
{
    private const int ExtraBits = 6;
    private const int HorizontalShift = 14 - ExtraBits;
    private const int VerticalShift = 14 + ExtraBits;
    private const int HorizontalHalf = 1 << (HorizontalShift - 1);
    private const int VerticalHalf = 1 << (VerticalShift - 1);

    /// <summary>One padded source row to one row of 14-bit samples; the output may be written past the last sample.</summary>
    public static void Horizontal(VectorPath path, ReadOnlySpan<byte> source, AxisTaps taps, short[] output)
    {
        if (path == VectorPath.Bits256 && taps.Loadable)
            Horizontal256(source, taps, output);
        else if (path == VectorPath.Bits128 && taps.Loadable)
            Horizontal128(source, taps, output);
        else
            HorizontalScalar(source, taps, output);
    }

    /// <summary>Four rows of 14-bit samples, weighted, to one row of bytes.</summary>
    public static void Vertical(
        VectorPath path, short[] a, short[] b, short[] c, short[] d, ReadOnlySpan<short> weights, Span<byte> output)
    {
        if (path == VectorPath.Bits256 && output.Length >= Vector256<byte>.Count)
            Vertical256(a, b, c, d, weights, output);
        else if (path != VectorPath.Scalar && output.Length >= Vector128<byte>.Count)
            Vertical128(a, b, c, d, weights, output);
        else
            VerticalScalar(a, b, c, d, weights, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void VerticalScalar(short[] a, short[] b, short[] c, short[] d, ReadOnlySpan<short> weights, Span<byte> output)
    {
        for (var x = 0; x < output.Length; x++)
        {
            var sum = a[x] * weights[0] + b[x] * weights[1] + c[x] * weights[2] + d[x] * weights[3];
            output[x] = (byte)Math.Clamp((sum + VerticalHalf) >> VerticalShift, 0, 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HorizontalScalar(ReadOnlySpan<byte> source, AxisTaps taps, short[] output)
    {
        var weights = taps.Weights;
        for (var x = 0; x < taps.Length; x++)
        {
            var from = source.Slice(taps.First[x] + Plane.Before, 4);
            var by = weights.Slice(x * 4, 4);
            var sum = from[0] * by[0] + from[1] * by[1] + from[2] * by[2] + from[3] * by[3];
            output[x] = (short)((sum + HorizontalHalf) >> HorizontalShift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Horizontal128(ReadOnlySpan<byte> source, AxisTaps taps, short[] output)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), Plane.Before);
        ref var start = ref MemoryMarshal.GetArrayDataReference(taps.GroupStart);
        ref var shuffle = ref MemoryMarshal.GetArrayDataReference(taps.GroupShuffle);
        ref var one = ref MemoryMarshal.GetArrayDataReference(taps.FirstPairs);
        ref var two = ref MemoryMarshal.GetArrayDataReference(taps.SecondPairs);
        ref var to = ref MemoryMarshal.GetArrayDataReference(output);
        for (var group = 0; group < taps.Groups; group += 2)
        {
            var left = Four(ref from, ref start, ref shuffle, ref one, ref two, group);
            var right = Four(ref from, ref start, ref shuffle, ref one, ref two, group + 1);
            Vector128.NarrowWithSaturation(left, right).StoreUnsafe(ref to, (nuint)(group * AxisTaps.Group));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(ref byte from, ref int start, ref byte shuffle, ref short one, ref short two, int group)
    {
        var samples = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref start, group)));
        var ordered = Vector128.ShuffleNative(samples, Vector128.LoadUnsafe(ref shuffle, (nuint)(group * 16)));
        var first = Lanes.MultiplyAddPairs(Vector128.WidenLower(ordered).AsInt16(), Vector128.LoadUnsafe(ref one, (nuint)(group * 8)));
        var second = Lanes.MultiplyAddPairs(Vector128.WidenUpper(ordered).AsInt16(), Vector128.LoadUnsafe(ref two, (nuint)(group * 8)));
        return (first + second + Vector128.Create(HorizontalHalf)) >> HorizontalShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Horizontal256(ReadOnlySpan<byte> source, AxisTaps taps, short[] output)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), Plane.Before);
        ref var start = ref MemoryMarshal.GetArrayDataReference(taps.GroupStart);
        ref var shuffle = ref MemoryMarshal.GetArrayDataReference(taps.GroupShuffle);
        ref var one = ref MemoryMarshal.GetArrayDataReference(taps.FirstPairs);
        ref var two = ref MemoryMarshal.GetArrayDataReference(taps.SecondPairs);
        ref var to = ref MemoryMarshal.GetArrayDataReference(output);
        for (var group = 0; group < taps.Groups; group += 4)
        {
            var left = Eight(ref from, ref start, ref shuffle, ref one, ref two, group);
            var right = Eight(ref from, ref start, ref shuffle, ref one, ref two, group + 2);
            // The pack works within 128-bit halves: put the quarters back in order.
            var packed = Avx2.PackSignedSaturate(left, right).AsInt64();
            Avx2.Permute4x64(packed, 0b11_01_10_00).AsInt16().StoreUnsafe(ref to, (nuint)(group * AxisTaps.Group));
        }
    }

    /// <summary>Two groups, one in each 128-bit half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(ref byte from, ref int start, ref byte shuffle, ref short one, ref short two, int group)
    {
        var samples = Vector256.Create(
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref start, group))),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, Unsafe.Add(ref start, group + 1))));
        var ordered = Avx2.Shuffle(samples, Vector256.LoadUnsafe(ref shuffle, (nuint)(group * 16)));
        var low = Avx2.UnpackLow(ordered, Vector256<byte>.Zero).AsInt16();
        var high = Avx2.UnpackHigh(ordered, Vector256<byte>.Zero).AsInt16();
        var first = Avx2.MultiplyAddAdjacent(low, Vector256.LoadUnsafe(ref one, (nuint)(group * 8)));
        var second = Avx2.MultiplyAddAdjacent(high, Vector256.LoadUnsafe(ref two, (nuint)(group * 8)));
        return (first + second + Vector256.Create(HorizontalHalf)) >> HorizontalShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vertical128(short[] a, short[] b, short[] c, short[] d, ReadOnlySpan<short> weights, Span<byte> output)
    {
        var upper = Pair128(weights[0], weights[1]);
        var lower = Pair128(weights[2], weights[3]);
        ref var to = ref MemoryMarshal.GetReference(output);
        // The last step goes back to where a whole vector fits: some samples are made twice, none one by one.
        for (var next = 0; next < output.Length; next += 16)
        {
            var x = Math.Min(next, output.Length - 16);
            var left = Eight128(a, b, c, d, x, upper, lower);
            var right = Eight128(a, b, c, d, x + 8, upper, lower);
            Lanes.ToBytes(left, right).StoreUnsafe(ref to, (nuint)x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Eight128(
        short[] a, short[] b, short[] c, short[] d, int x, Vector128<short> upper, Vector128<short> lower)
    {
        var va = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(a), (nuint)x);
        var vb = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(b), (nuint)x);
        var vc = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(c), (nuint)x);
        var vd = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(d), (nuint)x);
        var half = Vector128.Create(VerticalHalf);
        var low = Lanes.MultiplyAddPairs(Lanes.InterleaveLow(va, vb), upper) + Lanes.MultiplyAddPairs(Lanes.InterleaveLow(vc, vd), lower);
        var high = Lanes.MultiplyAddPairs(Lanes.InterleaveHigh(va, vb), upper) + Lanes.MultiplyAddPairs(Lanes.InterleaveHigh(vc, vd), lower);
        return Vector128.NarrowWithSaturation((low + half) >> VerticalShift, (high + half) >> VerticalShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vertical256(short[] a, short[] b, short[] c, short[] d, ReadOnlySpan<short> weights, Span<byte> output)
    {
        var upper = Vector256.Create(Pair128(weights[0], weights[1]), Pair128(weights[0], weights[1]));
        var lower = Vector256.Create(Pair128(weights[2], weights[3]), Pair128(weights[2], weights[3]));
        ref var to = ref MemoryMarshal.GetReference(output);
        // The last step goes back to where a whole vector fits: some samples are made twice, none one by one.
        for (var next = 0; next < output.Length; next += 32)
        {
            var x = Math.Min(next, output.Length - 32);
            var left = Sixteen256(a, b, c, d, x, upper, lower);
            var right = Sixteen256(a, b, c, d, x + 16, upper, lower);
            var packed = Avx2.PackUnsignedSaturate(left, right).AsInt64();
            Avx2.Permute4x64(packed, 0b11_01_10_00).AsByte().StoreUnsafe(ref to, (nuint)x);
        }
    }

    /// <summary>Interleaving and packing both stay within 128-bit halves, so the order is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Sixteen256(
        short[] a, short[] b, short[] c, short[] d, int x, Vector256<short> upper, Vector256<short> lower)
    {
        var va = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(a), (nuint)x);
        var vb = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(b), (nuint)x);
        var vc = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(c), (nuint)x);
        var vd = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(d), (nuint)x);
        var half = Vector256.Create(VerticalHalf);
        var low = Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(va, vb), upper) + Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(vc, vd), lower);
        var high = Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(va, vb), upper) + Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(vc, vd), lower);
        return Avx2.PackSignedSaturate((low + half) >> VerticalShift, (high + half) >> VerticalShift);
    }

    /// <summary>Two weights, repeated: what meets two interleaved rows.</summary>
    private static Vector128<short> Pair128(short first, short second) =>
        Vector128.Create((first & 0xFFFF) | (second << 16)).AsInt16();
}
