using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProductVideo.Rendering;

/// <summary>Mixes rows of samples. Weights are shares of 256.</summary>
internal static class Blend
{
    /// <summary><c>target = (target * (256 - weight) + other * weight) / 256</c>, rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CrossFade(Span<byte> target, ReadOnlySpan<byte> other, int weight, VectorPath path)
    {
        ThrowIfUnequal(target.Length, other.Length, other.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, 256);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(other);
        var x = 0;
        if (path == VectorPath.Bits256)
        {
            var share = Vector256.Create((ushort)weight);
            var rest = Vector256.Create((ushort)(256 - weight));
            var half = Vector256.Create((ushort)128);
            for (; x <= target.Length - 32; x += 32)
            {
                var (aLow, aHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref to, (nuint)x));
                var (bLow, bHigh) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)x));
                Vector256.Narrow((aLow * rest + bLow * share + half) >> 8, (aHigh * rest + bHigh * share + half) >> 8).StoreUnsafe(ref to, (nuint)x);
            }
        }
        else if (path == VectorPath.Bits128)
        {
            var share = Vector128.Create((ushort)weight);
            var rest = Vector128.Create((ushort)(256 - weight));
            var half = Vector128.Create((ushort)128);
            for (; x <= target.Length - 16; x += 16)
            {
                var (aLow, aHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref to, (nuint)x));
                var (bLow, bHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)x));
                Vector128.Narrow((aLow * rest + bLow * share + half) >> 8, (aHigh * rest + bHigh * share + half) >> 8).StoreUnsafe(ref to, (nuint)x);
            }
        }

        for (; x < target.Length; x++)
            target[x] = (byte)((target[x] * (256 - weight) + other[x] * weight + 128) >> 8);
    }

    /// <summary>
    /// Lays <paramref name="colour"/> over the target as strongly as <paramref name="cover"/> (0 to 255) times <paramref
    /// name="presence"/> (0 to 256) says.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Over(Span<byte> target, ReadOnlySpan<byte> colour, ReadOnlySpan<byte> cover, int presence, VectorPath path)
    {
        ThrowIfUnequal(target.Length, colour.Length, cover.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(presence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(presence, 256);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(colour);
        ref var by = ref MemoryMarshal.GetReference(cover);
        var x = 0;
        if (path != VectorPath.Scalar)
        {
            var strength = Vector128.Create((ushort)presence);
            for (; x <= target.Length - 16; x += 16)
            {
                var (aLow, aHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref to, (nuint)x));
                var (bLow, bHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)x));
                var (cLow, cHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref by, (nuint)x));
                Vector128.Narrow(Over(aLow, bLow, cLow, strength), Over(aHigh, bHigh, cHigh, strength)).StoreUnsafe(ref to, (nuint)x);
            }
        }

        for (; x < target.Length; x++)
        {
            var share = ((cover[x] + (cover[x] >> 7)) * presence + 128) >> 8;
            target[x] = (byte)((target[x] * (256 - share) + colour[x] * share + 128) >> 8);
        }
    }

    private static void ThrowIfUnequal(int length, int second, int third)
    {
        if (length != second || length != third)
            throw new InvalidOperationException("Rows that are mixed must be equally long.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Over(
        Vector128<ushort> target, Vector128<ushort> colour, Vector128<ushort> cover, Vector128<ushort> presence)
    {
        var half = Vector128.Create((ushort)128);
        // 256 * 256 does not fit 16 bits, so full presence takes a way of its own; the result is the same.
        var full = cover + (cover >> 7);
        var share = Vector128.ConditionalSelect(
            Vector128.Equals(presence, Vector128.Create((ushort)256)), full, (full * presence + half) >> 8);
        return (target * (Vector128.Create((ushort)256) - share) + colour * share + half) >> 8;
    }
}
