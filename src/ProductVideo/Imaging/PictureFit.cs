using NetVips;

namespace ProductVideo.Imaging;

/// <param name="Bytes">The encoded file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record FittedPicture(byte[] Bytes, int Width, int Height);

/// <summary>Fits one picture with one decode. Works in the calling thread.</summary>
internal static class PictureFit
{
    /// <exception cref="ImageRefusedException">The picture is not sound, or can't be made small enough.</exception>
    public static FittedPicture Run(ReadOnlyMemory<byte> file, FitOptions options)
    {
        var header = ImageHeader.Read(file);
        try
        {
            using var picture = Decode(header, options);
            return PictureEncoder.Encode(options, shrink => Compose(picture, header, options, shrink));
        }
        catch (VipsException e)
        {
            throw PictureFile.WhyNot(header, e);
        }
    }

    /// <summary>Upright, sRGB, opaque, in memory, and no larger than needed: the final size, or twice that where a border is still to be cut off.</summary>
    private static Image Decode(ImageHeader header, FitOptions options)
    {
        var size = FitGeometry.Of(header.Width, header.Height, options);
        var (width, height) = (size.PictureWidth, size.PictureHeight);
        if (options.Trim)
            (width, height) = (Math.Min(header.Width, width * 2), Math.Min(header.Height, height * 2));
        var image = PictureFile.Open(header.Bytes, header.Format, Enums.FailOn.Truncated, Shrink(header.Width, width));
        image = Then(image, i => i.ThumbnailImage(
            width, height, Enums.Size.Force, outputProfile: header.NeedsColourEngine ? "srgb" : null));
        if (image.Interpretation != Enums.Interpretation.Srgb)
            image = Then(image, i => i.Colourspace(Enums.Interpretation.Srgb));
        if (image.HasAlpha())
            image = Then(image, i => i.Flatten(Array(options.BackgroundColour)));
        if (image.Format != Enums.BandFormat.Uchar)
            image = Then(image, i => i.Cast(Enums.BandFormat.Uchar));
        image = Then(image, i => i.CopyMemory());
        return options.Trim ? Then(image, PictureTrim.Cut) : image;
    }

    /// <summary>Sizes the picture and pads it, with the colour of the sides that grow if they have one.</summary>
    private static Image Compose(Image picture, ImageHeader header, FitOptions options, double shrink)
    {
        // What fits was decided by the picture before it was decoded smaller, unless it was trimmed since.
        var size = options.Trim
            ? FitGeometry.Of(picture.Width, picture.Height, options, shrink)
            : FitGeometry.Of(header.Width, header.Height, options, shrink);
        var sized = (picture.Width, picture.Height) == (size.PictureWidth, size.PictureHeight)
            ? picture.Copy()
            : picture.ThumbnailImage(size.PictureWidth, size.PictureHeight, Enums.Size.Force);
        if (!size.Pads)
            return sized;
        var border = PictureEdge.ColourOf(sized, size.PictureHeight < size.CanvasHeight, size.PictureWidth < size.CanvasWidth);
        var colour = border.IsUniform ? (border.R, border.G, border.B) : options.BackgroundColour;
        return Then(sized, i => i.Embed(
            size.Left, size.Top, size.CanvasWidth, size.CanvasHeight, Enums.Extend.Background, Array(colour)));
    }

    /// <summary>A JPEG is decoded smaller, but no nearer to the final size than twice: its block-wise shrinking is coarse.</summary>
    private static int Shrink(int from, int to) => (from / Math.Max(to, 1)) switch
    {
        >= 16 => 8,
        >= 8 => 4,
        >= 4 => 2,
        _ => 1,
    };

    private static double[] Array((byte R, byte G, byte B) colour) => [colour.R, colour.G, colour.B];

    private static Image Then(Image image, Func<Image, Image> step)
    {
        using (image)
            return step(image);
    }
}
