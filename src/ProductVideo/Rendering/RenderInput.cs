using ProductVideo.Planning;

namespace ProductVideo.Rendering;

/// <summary>Everything one clip is made of.</summary>
/// <param name="Plan">What is to be seen when.</param>
/// <param name="ImageFiles">Local files, at the index that <see cref="Shot.ImageIndex"/> names; already known to be sound JPEG, PNG, WebP or AVIF.</param>
/// <param name="LogoFile">Local file of the end card's logo; null for none.</param>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
internal sealed record RenderInput(ShotPlan Plan, IReadOnlyList<string> ImageFiles, string? LogoFile, int Width, int Height)
{
    public int FramesPerSecond { get; init; } = 30;

    /// <summary>x264's trade of time for size.</summary>
    /// <value>Default: <c>veryfast</c>.</value>
    public string Preset { get; init; } = "veryfast";

    /// <summary>x264's constant quality, 0 (lossless) to 51; smaller is better and larger in bytes.</summary>
    /// <value>Default: 20.</value>
    public int Crf { get; init; } = 20;

    /// <summary>Threads of the encoder. One costs the least CPU; the same number gives the same bytes everywhere.</summary>
    /// <value>Default: 2.</value>
    public int Threads { get; init; } = 2;
}

/// <summary>A finished clip.</summary>
/// <param name="Frames">How many pictures it has.</param>
/// <param name="Seconds">Its length: frames over frame rate.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Length">Bytes of the file.</param>
internal sealed record RenderedClip(int Frames, decimal Seconds, int Width, int Height, long Length)
{
    /// <summary>What was left out and why, for the merchant; mostly empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
