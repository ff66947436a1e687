using NetVips;

namespace ProductVideo.Imaging;

/// <summary>Writes a picture without any metadata, as good as the rule's bytes allow.</summary>
internal static class PictureEncoder
{
    private static readonly int[] Qualities = [88, 80, 70, 60, 50, 40];

    /// <summary>Tries one quality after the other, then smaller sizes.</summary>
    /// <param name="options">Format and most bytes.</param>
    /// <param name="compose">Makes the picture to be written at a part of its size.</param>
    /// <exception cref="ImageRefusedException">It stays too large.</exception>
    public static FittedPicture Encode(FitOptions options, Func<double, Image> compose)
    {
        var (width, height, length) = (0, 0, 0L);
        for (var shrink = 1.0; shrink > 0.05; shrink *= 0.75)
        {
            using var picture = compose(shrink);
            if ((picture.Width, picture.Height) == (width, height))
                break;
            (width, height) = (picture.Width, picture.Height);
            foreach (var quality in options.Format == ImageFormats.Png ? [100] : Qualities)
            {
                var bytes = Write(picture, options.Format, quality);
                if (bytes.Length <= options.Rule.MaxBytes)
                    return new FittedPicture(bytes, width, height);
                length = bytes.Length;
            }
        }

        throw Refuse.StaysTooLarge(length, options.Rule.MaxBytes);
    }

    private static byte[] Write(Image picture, string format, int quality)
    {
        const Enums.ForeignKeep keep = Enums.ForeignKeep.None;
        return format switch
        {
            ImageFormats.Jpeg => picture.JpegsaveBuffer(q: quality, keep: keep),
            ImageFormats.Png => picture.PngsaveBuffer(keep: keep),
            ImageFormats.WebP => picture.WebpsaveBuffer(q: quality, keep: keep),
            ImageFormats.Avif => picture.HeifsaveBuffer(q: quality, compression: Enums.ForeignHeifCompression.Av1, effort: 2, keep: keep),
            _ => throw new ArgumentException($"There is no writer for '{format}'.", nameof(format)),
        };
    }
}
