namespace ProductVideo.Imaging;

/// <param name="Format">One of <see cref="ImageFormats.All"/>, by the file's first bytes.</param>
/// <param name="Width">Pixels, after orientation.</param>
/// <param name="Height">Pixels, after orientation.</param>
/// <param name="HasAlpha">Whether it has a transparency channel.</param>
internal sealed record CheckedImage(string Format, int Width, int Height, bool HasAlpha);

/// <summary>Decides whether the bytes of a stranger are a picture to work with.</summary>
internal static class ImageChecker
{
    /// <summary>
    /// Looks at the size, then at the header, and only then decodes every pixel. It blocks for the decode (10 to 500 ms of CPU);
    /// <see cref="CheckAsync"/> keeps that off a request's thread.
    /// </summary>
    /// <exception cref="ImageRefusedException">It is not a sound, still JPEG, PNG, WebP or AVIF within <see cref="ImageLimits"/>.</exception>
    public static CheckedImage Check(ReadOnlyMemory<byte> bytes)
    {
        var header = ImageHeader.Read(bytes);
        PictureFile.DecodeAll(header);
        return new CheckedImage(header.Format, header.Width, header.Height, header.HasAlpha);
    }

    /// <inheritdoc cref="Check"/>
    public static Task<CheckedImage> CheckAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        VipsRuntime.RunAsync(() => Check(bytes), cancellationToken);
}
