namespace ProductVideo.Clips;

/// <summary>A picture or a frame, squeezed to a few thousand pixels: enough to tell a product's colours and where they are.</summary>
internal sealed record SmallPicture
{
    /// <summary>Pixels of each side.</summary>
    public const int Side = 64;

    /// <param name="rgb">Red, green and blue of each pixel, 0 to 255, row by row.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Side"/> times <see cref="Side"/> pixels.</exception>
    public SmallPicture(ReadOnlyMemory<byte> rgb)
    {
        if (rgb.Length != Side * Side * 3)
            throw new ArgumentException($"A small picture has {Side} times {Side} pixels of three bytes.", nameof(rgb));
        Rgb = rgb;
    }

    public ReadOnlyMemory<byte> Rgb { get; }
}
