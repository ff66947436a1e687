using System.Runtime.InteropServices;
using NetVips;

namespace ProductVideo.Imaging;

/// <summary>What a picture's header says, found to be within the limits. No pixel was decoded.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="Format">One of <see cref="ImageFormats.All"/>.</param>
/// <param name="Width">Pixels, after orientation.</param>
/// <param name="Height">Pixels, after orientation.</param>
/// <param name="HasAlpha">Whether it has a transparency channel.</param>
/// <param name="NeedsColourEngine">
/// Whether its colours mean something else than sRGB. For an untagged picture the colour engine would cost 2.4 times the work and change nothing.
/// </param>
internal sealed record ImageHeader(byte[] Bytes, string Format, int Width, int Height, bool HasAlpha, bool NeedsColourEngine)
{
    /// <exception cref="ImageRefusedException">The header alone is reason to refuse the picture.</exception>
    public static ImageHeader Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length == 0)
            throw Refuse.Empty();
        if (file.Length > ImageLimits.MaxBytes)
            throw Refuse.TooManyBytes(file.Length);
        var format = ImageSignature.Read(file.Span);
        var bytes = ArrayOf(file);
        try
        {
            using var image = PictureFile.Open(bytes, format, Enums.FailOn.None);
            return Read(bytes, format, image);
        }
        catch (VipsException e)
        {
            throw Refuse.Unreadable(e);
        }
    }

    private static ImageHeader Read(byte[] bytes, string format, Image image)
    {
        if ((long)image.Width * image.Height > ImageLimits.MaxPixels)
            throw Refuse.TooManyPixels(image.Width, image.Height);
        if (Number(image, "n-pages") is > 1 and var frames)
            throw Refuse.Animated(frames);
        if (Math.Min(image.Width, image.Height) < ImageLimits.MinSide)
            throw Refuse.TooSmall(image.Width, image.Height);
        var onItsSide = Number(image, "orientation") is >= 5 and <= 8;
        var (width, height) = onItsSide ? (image.Height, image.Width) : (image.Width, image.Height);
        var coloured = image.Interpretation == Enums.Interpretation.Cmyk || image.Contains("icc-profile-data");
        return new ImageHeader(bytes, format, width, height, image.HasAlpha(), coloured);
    }

    private static int Number(Image image, string field) => image.Contains(field) ? (int)image.Get(field) : 0;

    private static byte[] ArrayOf(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : file.ToArray();
}
