using NetVips;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>Opens pictures for filming: upright, sRGB, at the size that is needed, and whole or not at all.</summary>
internal static class PhotoFile
{
    private const long MaximumPixels = 100_000_000;

    /// <summary>Many tools write an alpha channel that hides nothing: such a photo has an edge of its own, as one without the channel.</summary>
    private const double LeastOpaque = 254.5;

    private static readonly string[] s_loaders = ["jpegload", "pngload", "webpload", "heifload"];

    static PhotoFile()
    {
        // Clips are what runs side by side here, not the rows of one photo; and no photo is opened twice in the same way.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    /// <summary>The size as seen, after orientation.</summary>
    public static (int Width, int Height) Measure(string file)
    {
        using var header = Open(file, Enums.Access.Sequential, shrink: 1);
        return Orientation(header) > 4 ? (header.Height, header.Width) : (header.Width, header.Height);
    }

    /// <summary>Decodes at exactly the given size, which should have the picture's own ratio.</summary>
    /// <param name="file">JPEG, PNG, WebP or AVIF.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="keepAlpha">Four bands, straight alpha; else three, laid on <paramref name="background"/>.</param>
    /// <param name="background">What shows through transparent parts.</param>
    public static PhotoPixels Read(string file, int width, int height, Rgb background, bool keepAlpha = false)
    {
        try
        {
            using var opened = OpenNear(file, width, height);
            using var upright = Orientation(opened) > 1 ? opened.Autorot() : opened.Copy();
            if (!upright.HasAlpha())
            {
                // Opaque pictures are made small first: the colour engine then has a tenth of the pixels.
                using var resized = Resize(upright, width, height);
                using var colours = ToSrgb(resized);
                return new PhotoPixels(Bytes(colours, keepAlpha, background), width, height, false);
            }

            using var tinted = ToSrgb(upright);
            using var premultiplied = tinted.Premultiply();
            using var streamed = Resize(premultiplied, width, height);
            // Looked at twice, while the file streams by once.
            using var fitted = streamed.CopyMemory();
            using var alpha = fitted[fitted.Bands - 1];
            using var straight = fitted.Unpremultiply();
            return new PhotoPixels(Bytes(straight, keepAlpha, background), width, height, alpha.Min() < LeastOpaque);
        }
        catch (VipsException failure)
        {
            throw RenderException.UnreadableImage(file, failure.Message, failure);
        }
    }

    private static Image OpenNear(string file, int width, int height)
    {
        var plain = Open(file, Enums.Access.Sequential, shrink: 1);
        var turned = Orientation(plain);
        var (across, down) = turned > 4 ? (height, width) : (width, height);
        // The JPEG decoder can leave out what will be thrown away: half the work, and no difference that the benchmark can see.
        var spare = Math.Min((double)plain.Width / across, (double)plain.Height / down);
        var shrink = IsLoadedBy(plain, "jpegload") ? spare >= 8 ? 8 : spare >= 4 ? 4 : spare >= 2 ? 2 : 1 : 1;
        if (shrink == 1 && turned == 1)
            return plain;
        plain.Dispose();
        // A rotation reads in another order than the file was written, which streaming does not allow.
        return Open(file, turned == 1 ? Enums.Access.Sequential : Enums.Access.Random, shrink);
    }

    private static Image Open(string file, Enums.Access access, int shrink)
    {
        Image image;
        try
        {
            var options = new VOption { { "access", access }, { "fail_on", Enums.FailOn.Truncated } };
            if (shrink > 1)
                options.Add("shrink", shrink);
            image = Image.NewFromFile(file, kwargs: options);
        }
        catch (VipsException failure)
        {
            throw RenderException.UnreadableImage(file, failure.Message, failure);
        }

        string? refusal = null;
        if (!s_loaders.Any(loader => IsLoadedBy(image, loader)))
            refusal = "neither JPEG, PNG, WebP nor AVIF.";
        else if ((long)image.Width * image.Height * shrink * shrink > MaximumPixels)
            refusal = Invariant($"{image.Width} x {image.Height} pixels are more than the {MaximumPixels / 1_000_000} million that are opened.");
        if (refusal is null)
            return image;
        image.Dispose();
        throw RenderException.UnreadableImage(file, refusal);
    }

    private static bool IsLoadedBy(Image image, string loader) =>
        image.Contains("vips-loader") && ((string)image.Get("vips-loader")).StartsWith(loader, StringComparison.Ordinal);

    private static int Orientation(Image image) =>
        image.Contains("orientation") ? Math.Clamp((int)image.Get("orientation"), 1, 8) : 1;

    private static Image Resize(Image image, int width, int height) =>
        image.Resize((double)width / image.Width, kernel: Enums.Kernel.Lanczos3, vscale: (double)height / image.Height);

    private static Image ToSrgb(Image image)
    {
        // The colour engine is slow; without a profile there is nothing for it to do.
        if (image.Contains("icc-profile-data"))
            // Sixteen bits would stay sixteen, which eight can't hold: everything but black would turn white.
            return image.IccTransform("srgb", embedded: true, intent: Enums.Intent.Relative, depth: 8);
        return image.Interpretation == Enums.Interpretation.Srgb ? image.Copy() : image.Colourspace(Enums.Interpretation.Srgb);
    }

    private static byte[] Bytes(Image image, bool keepAlpha, Rgb background)
    {
        using var laid = image.HasAlpha()
            ? keepAlpha ? image.Copy() : image.Flatten(background: [background.R, background.G, background.B])
            : keepAlpha ? image.Bandjoin(255) : image.Copy();
        using var rounded = laid.Format == Enums.BandFormat.Uchar ? laid.Copy() : laid.Rint();
        using var bytes = rounded.Cast(Enums.BandFormat.Uchar);
        return bytes.WriteToMemory<byte>();
    }
}

/// <summary>Interleaved bytes, three or four a pixel, and whether anything shows through.</summary>
internal sealed record PhotoPixels(byte[] Bytes, int Width, int Height, bool ShowsThrough);
