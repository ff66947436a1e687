using NetVips;

namespace ProductVideo.Imaging;

/// <summary>Reads the outermost pixels of a picture in memory.</summary>
internal static class PictureEdge
{
    /// <param name="picture">Three bytes a pixel.</param>
    /// <param name="topAndBottom">Whether those rows count.</param>
    /// <param name="leftAndRight">Whether those columns count.</param>
    public static BorderColour ColourOf(Image picture, bool topAndBottom, bool leftAndRight)
    {
        var edge = new List<byte>((picture.Width + picture.Height) * 6);
        if (topAndBottom)
        {
            Add(edge, picture, 0, 0, picture.Width, 1);
            Add(edge, picture, 0, picture.Height - 1, picture.Width, 1);
        }

        if (leftAndRight)
        {
            Add(edge, picture, 0, 0, 1, picture.Height);
            Add(edge, picture, picture.Width - 1, 0, 1, picture.Height);
        }

        return BorderColour.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(edge));
    }

    private static void Add(List<byte> edge, Image picture, int left, int top, int width, int height)
    {
        using var strip = picture.Crop(left, top, width, height);
        edge.AddRange(strip.WriteToMemory<byte>());
    }
}
