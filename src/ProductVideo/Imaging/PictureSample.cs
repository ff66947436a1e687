using NetVips;
using ProductVideo.Clips;

namespace ProductVideo.Imaging;

/// <summary>Makes of a picture what it is compared by.</summary>
internal static class PictureSample
{
    /// <param name="file">A prepared picture: upright, sRGB and opaque.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <exception cref="ImageRefusedException">It is not sound.</exception>
    public static Task<SmallPicture> OfAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken) =>
        VipsRuntime.RunAsync(() => Of(file), cancellationToken);

    /// <param name="original">A picture as the shop has it.</param>
    /// <param name="options">What is made of it first.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <exception cref="ImageRefusedException">It is not sound.</exception>
    public static Task<SmallPicture> OfAsync(ReadOnlyMemory<byte> original, FitOptions options, CancellationToken cancellationToken) =>
        VipsRuntime.RunAsync(() => Of(PictureFit.Run(original, options).Bytes), cancellationToken);

    private static SmallPicture Of(ReadOnlyMemory<byte> file)
    {
        var header = ImageHeader.Read(file);
        try
        {
            using var image = PictureFile.Open(header.Bytes, header.Format, Enums.FailOn.Truncated);
            using var small = image.ThumbnailImage(SmallPicture.Side, SmallPicture.Side, Enums.Size.Force);
            return new SmallPicture(small.WriteToMemory<byte>());
        }
        catch (VipsException e)
        {
            throw PictureFile.WhyNot(header, e);
        }
    }
}
