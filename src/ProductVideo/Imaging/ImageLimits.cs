namespace ProductVideo.Imaging;

/// <summary>How large a picture may be before anything of it is decoded.</summary>
internal static class ImageLimits
{
    /// <summary>20 MB.</summary>
    public const int MaxBytes = 20_000_000;

    /// <summary>40 megapixels.</summary>
    public const long MaxPixels = 40_000_000;

    /// <summary>Shortest side in pixels.</summary>
    public const int MinSide = 16;
}
