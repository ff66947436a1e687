using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Providers;

namespace ProductVideo.Imaging;

/// <summary>Makes a product's picture what a model takes: upright, sRGB, opaque, of the wanted ratio, within the rule. The product is never cropped.</summary>
internal sealed class ImageFitter(IBlobStore blobs)
{
    /// <summary>Fits the picture, or finds it fitted before: the same bytes and options are worked on once.</summary>
    /// <param name="image">A picture whose original lies in the blob store.</param>
    /// <param name="options">What it must become.</param>
    /// <param name="role">Handed through to the result.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <exception cref="ImageRefusedException">The picture is not sound, or can't be made small enough.</exception>
    /// <exception cref="BlobStoreException">The store failed, or the original is gone from it.</exception>
    /// <exception cref="ArgumentException">Aspect, background or format is none: a mistake in the program.</exception>
    public async Task<RequestImage> FitAsync(ProductImage image, FitOptions options, ImageRole role, CancellationToken cancellationToken)
    {
        var contentType = ImageFormats.ContentType(options.Format);
        var key = Key(image.Sha256, options);
        var mode = PutMode.IfAbsent;
        if (await blobs.ReadAsync(key, cancellationToken) is { } before)
        {
            if (Size(before) is { } size)
                return new RequestImage(role, key, contentType, size.Width, size.Height);
            mode = PutMode.Replace;
        }

        var original = await blobs.ReadAsync(image.BlobKey, cancellationToken) ?? throw new BlobStoreException(
            "A product picture is no longer in our storage. Please start again, so that it is fetched from the shop anew.",
            $"The blob '{image.BlobKey}' of picture '{image.Id}' is missing.");
        var fitted = await VipsRuntime.RunAsync(() => PictureFit.Run(original, options), cancellationToken);
        using var content = new MemoryStream(fitted.Bytes, writable: false);
        await blobs.PutAsync(key, content, contentType, mode, cancellationToken);
        return new RequestImage(role, key, contentType, fitted.Width, fitted.Height);
    }

    /// <summary>Everything that changes the result is in the key; the number in front changes when the code gives other pixels.</summary>
    private static string Key(string sha256, FitOptions options)
    {
        var (rule, colour) = (options.Rule, options.BackgroundColour);
        var all = string.Create(CultureInfo.InvariantCulture, $"1|{sha256}|{options.Ratio}|{colour}|{options.Trim}|{options.LongSide}|{options.Format}|{rule.MinSide}|{rule.MaxSide}|{rule.MaxRatio}|{rule.MaxBytes}{(options.Exact is { } exact ? $"|{exact.Width}x{exact.Height}" : "")}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
        return $"prepared/{hash}.{ImageFormats.Extension(options.Format)}";
    }

    /// <summary>The size by its header; null if a stored picture is damaged and must be made again.</summary>
    private static (int Width, int Height)? Size(byte[] file)
    {
        try
        {
            var header = ImageHeader.Read(file);
            return (header.Width, header.Height);
        }
        catch (ImageRefusedException)
        {
            return null;
        }
    }
}
