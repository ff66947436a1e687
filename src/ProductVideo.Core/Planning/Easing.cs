namespace ProductVideo.Planning;

/// <summary>How cameras and cards move: planned and filmed by one formula.</summary>
internal static class Easing
{
    /// <summary>0 to 1 with no speed and no acceleration at either end, never backwards; clamped outside.</summary>
    public static double Smooth(double share)
    {
        var t = Math.Clamp(share, 0, 1);
        return t * t * t * (t * (t * 6 - 15) + 10);
    }
}
