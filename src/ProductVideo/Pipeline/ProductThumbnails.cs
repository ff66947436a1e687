using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Pictures of one shop that are made at once: a page shows two dozen, and what the shop answers in a minute is for attaching and scanning too.</summary>
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new(StringComparer.Ordinal);

    /// <summary>A JPEG of at most 640 pixels; null if there is no such product or picture.</summary>
    /// <param name="product">Whose.</param>
    /// <param name="imageId">Of its pictures.</param>
    /// <param name="version">That the product had where its address was made: a picture that was made of that one needs no word of the shop. Null asks the shop.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">The picture can't be read.</exception>
    public async Task<Stream?> OpenAsync(ProductRef product, string imageId, string? version, CancellationToken cancellationToken)
    {
        var storefront = shops.Get(product.Shop);
        if (version is not null && await FindAsync(KeyOf(product, version, imageId), cancellationToken) is { } made)
            return made;
        var places = _places.GetOrAdd(product.Shop, _ => new SemaphoreSlim(AtOnce));
        await places.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(storefront, product, imageId, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<Stream?> MakeAsync(IStorefront storefront, ProductRef product, string imageId, CancellationToken cancellationToken)
    {
        if (await storefront.ReadAsync(product.ProductId, cancellationToken) is not { } listed
            || listed.Images.FirstOrDefault(image => image.Id == imageId) is not { } image)
            return null;
        // Under the version that it has, whichever was asked for.
        var key = KeyOf(product, listed.Version, imageId);
        if (await FindAsync(key, cancellationToken) is { } known)
            return known;
        var original = await snapshots.FetchAsync(storefront, image, position: 1 + listed.Images.ToList().IndexOf(image), cancellationToken);
        var fitted = await fitter.FitAsync(original, Small, ImageRole.Reference, cancellationToken);
        using var name = new MemoryStream(Encoding.UTF8.GetBytes(fitted.BlobKey), writable: false);
        await blobs.PutAsync(key, name, "text/plain", PutMode.Replace, cancellationToken);
        return await blobs.OpenAsync(fitted.BlobKey, cancellationToken);
    }

    /// <summary>What lies there names the picture, for a product's next version mostly has the same one.</summary>
    private async Task<Stream?> FindAsync(string key, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(key, cancellationToken) is { } name ? await blobs.OpenAsync(Encoding.UTF8.GetString(name), cancellationToken) : null;

    /// <summary>The number in front changes with <see cref="Small"/>.</summary>
    private static string KeyOf(ProductRef product, string version, string imageId) =>
        $"{product.Shop}/thumbs/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', "1", product.ProductId, version, imageId))))}.txt";
}
