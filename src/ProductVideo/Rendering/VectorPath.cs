using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ProductVideo.Rendering;

/// <summary>Which instructions the pixel loops use. All give the same bytes; tests choose one to prove it.</summary>
internal enum VectorPath
{
    Scalar,
    Bits128,
    Bits256,
}

internal static class VectorPaths
{
    /// <summary>The widest that this processor is fast at.</summary>
    public static VectorPath Best { get; } =
        Supports(VectorPath.Bits256) ? VectorPath.Bits256
        : Supports(VectorPath.Bits128) ? VectorPath.Bits128
        : VectorPath.Scalar;

    public static bool Supports(VectorPath path) => path switch
    {
        VectorPath.Bits256 => Avx2.IsSupported,
        VectorPath.Bits128 => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported,
        _ => true,
    };
}

/// <summary>Operations that have one instruction on each processor and no common name in the framework.</summary>
internal static class Lanes
{
    /// <summary>Products of neighbours, added: a0*b0 + a1*b1, a2*b2 + a3*b3, …</summary>
    public static Vector128<int> MultiplyAddPairs(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
            return Sse2.MultiplyAddAdjacent(a, b);
        if (AdvSimd.Arm64.IsSupported)
        {
            var low = AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower());
            return AdvSimd.Arm64.AddPairwise(low, AdvSimd.MultiplyWideningUpper(a, b));
        }

        var first = Vector128.WidenLower(a) * Vector128.WidenLower(b);
        var second = Vector128.WidenUpper(a) * Vector128.WidenUpper(b);
        return Vector128.Create(first[0] + first[1], first[2] + first[3], second[0] + second[1], second[2] + second[3]);
    }

    /// <summary>a0 b0 a1 b1 a2 b2 a3 b3.</summary>
    public static Vector128<short> InterleaveLow(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
            return Sse2.UnpackLow(a, b);
        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.ZipLow(a, b)
            : Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);
    }

    /// <summary>a4 b4 a5 b5 a6 b6 a7 b7.</summary>
    public static Vector128<short> InterleaveHigh(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
            return Sse2.UnpackHigh(a, b);
        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.ZipHigh(a, b)
            : Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]);
    }

    /// <summary>16-bit values to bytes; what is below 0 or above 255 stops there.</summary>
    public static Vector128<byte> ToBytes(Vector128<short> low, Vector128<short> high)
    {
        if (Sse2.IsSupported)
            return Sse2.PackUnsignedSaturate(low, high);
        var top = Vector128.Create((short)255);
        return Vector128.Narrow(
            Vector128.Clamp(low, Vector128<short>.Zero, top).AsUInt16(),
            Vector128.Clamp(high, Vector128<short>.Zero, top).AsUInt16());
    }
}
