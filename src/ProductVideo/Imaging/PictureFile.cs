using NetVips;

namespace ProductVideo.Imaging;

/// <summary>Opens picture files, each with the one loader that its first bytes ask for, so that no file can choose another.</summary>
internal static class PictureFile
{
    /// <summary>Opens without decoding; pixels are then read from top to bottom, once.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="format">One of <see cref="ImageFormats.All"/>.</param>
    /// <param name="failOn">From where on damage makes the decode fail.</param>
    /// <param name="shrink">1, 2, 4 or 8: how much smaller a JPEG is decoded; nothing for other formats.</param>
    public static Image Open(byte[] bytes, string format, Enums.FailOn failOn, int shrink = 1)
    {
        VipsRuntime.EnsureReady();
        const Enums.Access access = Enums.Access.Sequential;
        return format switch
        {
            ImageFormats.Jpeg => Image.JpegloadBuffer(bytes, shrink: shrink, access: access, failOn: failOn),
            ImageFormats.Png => Image.PngloadBuffer(bytes, access: access, failOn: failOn),
            ImageFormats.WebP => Image.WebploadBuffer(bytes, access: access, failOn: failOn),
            ImageFormats.Avif => Image.HeifloadBuffer(bytes, access: access, failOn: failOn),
            _ => throw new ArgumentException($"There is no loader for '{format}'.", nameof(format)),
        };
    }

    /// <summary>Decodes every pixel and forgets it. A JPEG's data are all read at an eighth of its size too, for a third of the work.</summary>
    /// <exception cref="ImageRefusedException">The pixels end early or can't be decoded.</exception>
    public static void DecodeAll(ImageHeader header)
    {
        try
        {
            using var image = Open(header.Bytes, header.Format, Enums.FailOn.Truncated, shrink: 8);
            _ = image.Avg();
        }
        catch (VipsException e)
        {
            throw WhyNot(header, e);
        }
    }

    /// <summary>A file that decodes only when damage is let pass is incomplete; one that never does is unreadable.</summary>
    public static ImageRefusedException WhyNot(ImageHeader header, VipsException failure)
    {
        try
        {
            using var image = Open(header.Bytes, header.Format, Enums.FailOn.None, shrink: 8);
            _ = image.Avg();
            return Refuse.Truncated(failure);
        }
        catch (VipsException)
        {
            return Refuse.Unreadable(failure);
        }
    }
}
