using System.Collections.Concurrent;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Imaging;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Small pictures of products for the admin, made once from the checked originals; the browser never fetches from an address that a product names.</summary>
internal sealed class ProductThumbnails(Shops shops, ProductSnapshots snapshots, ImageFitter fitter, IBlobStore blobs)
{
    private static readonly FitOptions Small = new(
        Aspect: null,
        new ImageRule { Formats = ["jpeg"], MaxCount = 1, MaxRatio = 5, MaxBytes = 400_000 },
        Background: "#ffffff", LongSide: 640);

    private readonly ConcurrentDictionary<(ProductRef Product, string Version, string Image), string> _known = new();

    /// <summary>A JPEG of at most 640 pixels; null if there is no such product or picture.</summary>
    /// <exception cref="RefusedException">The picture can't be read.</exception>
    public async Task<Stream?> OpenAsync(ProductRef product, string imageId, CancellationToken cancellationToken)
    {
        var storefront = shops.Get(product.Shop);
        if (await storefront.ReadAsync(product.ProductId, cancellationToken) is not { } listed
            || listed.Images.FirstOrDefault(image => image.Id == imageId) is not { } image)
            return null;

        var known = (product, listed.Version, imageId);
        if (_known.TryGetValue(known, out var key) && await blobs.OpenAsync(key, cancellationToken) is { } cached)
            return cached;
        var original = await snapshots.FetchAsync(storefront, image, position: 1 + listed.Images.ToList().IndexOf(image), cancellationToken);
        var made = await fitter.FitAsync(original, Small, ImageRole.Reference, cancellationToken);
        _known[known] = made.BlobKey;
        return await blobs.OpenAsync(made.BlobKey, cancellationToken);
    }
}
