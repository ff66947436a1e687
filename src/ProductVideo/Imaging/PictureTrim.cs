using NetVips;

namespace ProductVideo.Imaging;

/// <summary>Cuts a plain border down to a small margin.</summary>
internal static class PictureTrim
{
    /// <summary>How far a pixel may be from the border's colour and still be border; above the noise of JPEG, below a soft shadow.</summary>
    private const double Threshold = 10;

    /// <summary>Part of the product's long side that stays free around it, so that soft edges survive.</summary>
    private const double Margin = 0.04;

    /// <summary>Returns the cut picture, or the same again where there is no background around a product.</summary>
    public static Image Cut(Image picture)
    {
        var border = PictureEdge.ColourOf(picture, topAndBottom: true, leftAndRight: true);
        if (!border.IsBackground)
            return picture.Copy();

        // Line art: without it a median filter would first wipe out laces and chains.
        var box = picture.FindTrim(Threshold, [border.R, border.G, border.B], lineArt: true);
        var (left, top, width, height) = (Convert.ToInt32(box[0], null), Convert.ToInt32(box[1], null), Convert.ToInt32(box[2], null), Convert.ToInt32(box[3], null));
        if (width == 0 || height == 0)
            return picture.Copy();
        var margin = (int)Math.Ceiling(Math.Max(width, height) * Margin);
        var right = Math.Min(left + width + margin, picture.Width);
        var bottom = Math.Min(top + height + margin, picture.Height);
        left = Math.Max(left - margin, 0);
        top = Math.Max(top - margin, 0);
        return picture.Crop(left, top, right - left, bottom - top);
    }
}
