using System.Security.Cryptography;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Imaging;
using ProductVideo.Text;

namespace ProductVideo.Pipeline;

/// <summary>Turns a listing into a snapshot: text cleaned, pictures fetched, checked, hashed and stored.</summary>
public sealed class ProductSnapshots(Shops shops, IBlobStore blobs, SafeDownload download, ShopDownloads policies)
{
    private const int MaxTitle = 300;
    private const int MaxDescription = 5_000;

    /// <summary>More pictures than any provider takes or any clip can show.</summary>
    internal const int MaxImages = 12;

    /// <summary>Reads the product and its pictures.</summary>
    /// <exception cref="RefusedException">No such product, the shop is not there, or its main picture is unusable.</exception>
    public async Task<TakenSnapshot> TakeAsync(ProductRef product, CancellationToken cancellationToken) =>
        await TakeAsync(await ReadAsync(shops.Get(product.Shop), product, cancellationToken), cancellationToken);

    /// <summary>Fetches the pictures of a product that was read.</summary>
    /// <exception cref="RefusedException">Its shop is not there, or its main picture is unusable.</exception>
    internal async Task<TakenSnapshot> TakeAsync(ListedProduct listed, CancellationToken cancellationToken)
    {
        var (storefront, product) = (shops.Get(listed.Ref.Shop), listed.Ref);
        if (listed.Images.Count == 0)
        {
            throw Refusals.Invalid(
                "no_images", $"“{listed.Title}” has no pictures. Add at least one photograph to the listing, then try again.",
                $"{product} lists no images.", "images");
        }

        var images = new List<ProductImage>();
        var notes = new List<string>();
        var away = new List<string>();
        foreach (var (image, position) in listed.Images.Take(MaxImages).Select((image, index) => (image, index + 1)))
        {
            try
            {
                images.Add(await FetchAsync(storefront, image, position, cancellationToken));
            }
            catch (RefusedException e) when (position > 1)
            {
                notes.Add($"{e.Problem.MerchantText} The video is made from the other pictures.");
                // Only of what the server says is gone it is known that no shopper sees it either.
                if (e.Kind is RefusalKind.Unavailable || e.InnerException is DownloadException { Status: not (404 or 410) })
                    away.Add(image.Id);
            }
        }

        return new TakenSnapshot(Clean(listed, images), notes, away);
    }

    private static async Task<ListedProduct> ReadAsync(IStorefront storefront, ProductRef product, CancellationToken cancellationToken)
    {
        try
        {
            return await storefront.ReadAsync(product.ProductId, cancellationToken) ?? throw new RefusedException(
                RefusalKind.NotFound,
                new Problem(
                    "unknown_product",
                    $"{storefront.DisplayName} has no product '{product.ProductId}'. Check its id in the shop; the command 'products --shop {product.Shop}' lists them all.",
                    $"{product} does not exist."),
                "product");
        }
        catch (StorefrontException e)
        {
            throw Refusals.From(e);
        }
    }

    internal async Task<ProductImage> FetchAsync(IStorefront storefront, ListedImage image, int position, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await BytesAsync(storefront, image.Source, cancellationToken);
            var found = await ImageChecker.CheckAsync(bytes, cancellationToken);
            var sha = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
            var key = $"{storefront.Shop}/images/{sha}.{found.Format}";
            if (await blobs.FindAsync(key, cancellationToken) is null)
            {
                using var content = new MemoryStream(bytes.ToArray(), writable: false);
                await blobs.PutAsync(key, content, "image/" + found.Format, PutMode.IfAbsent, cancellationToken);
            }

            var alt = image.AltText is { } text ? ListingText.Clean(text, MaxTitle) : null;
            return new ProductImage(image.Id, key, sha, found.Width, found.Height, found.Format, found.HasAlpha, alt);
        }
        catch (ImageRefusedException e)
        {
            throw Refusals.Invalid("image_unreadable", $"Picture {position} can't be used: {e.MerchantText}", $"Image {image.Id}: {e.Message}", "images", e);
        }
        catch (DownloadException e)
        {
            throw new RefusedException(
                e.MayPass ? RefusalKind.Unavailable : RefusalKind.Invalid,
                new Problem("image_unreachable", $"Picture {position} can't be fetched: {e.MerchantText}", $"Image {image.Id}: {e.Message}"), "images", e);
        }
        catch (StorefrontException e)
        {
            throw Refusals.From(e, "images");
        }
        catch (BlobStoreException e)
        {
            throw Refusals.From(e);
        }
    }

    private async Task<ReadOnlyMemory<byte>> BytesAsync(IStorefront storefront, ImageSource source, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        switch (source)
        {
            case ImageSource.Held held when storefront is IHoldImages holder:
                await using (var content = await holder.OpenImageAsync(held, cancellationToken))
                    await content.CopyToAsync(buffer, cancellationToken);
                break;
            case ImageSource.Remote remote:
                await download.ToStreamAsync(remote.Address, policies.ForImagesOf(storefront.Shop), buffer, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{storefront.GetType().Name} lists held pictures but does not hold any.");
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static ProductSnapshot Clean(ListedProduct listed, IReadOnlyList<ProductImage> images) => new()
    {
        Ref = listed.Ref,
        Title = ListingText.Clean(listed.Title, MaxTitle),
        Description = ListingText.ToPlainText(listed.DescriptionHtml, MaxDescription),
        Vendor = listed.Vendor is { } vendor ? ListingText.Clean(vendor, MaxTitle) : null,
        ProductType = listed.ProductType is { } type ? ListingText.Clean(type, MaxTitle) : null,
        Tags = [.. listed.Tags.Select(tag => ListingText.Clean(tag, MaxTitle))],
        Attributes = listed.Attributes.ToDictionary(pair => pair.Key, pair => ListingText.Clean(pair.Value, MaxTitle), StringComparer.Ordinal),
        Variants = listed.Variants,
        Images = images,
        Price = listed.Price,
        Locale = listed.Locale,
        Version = listed.Version,
    };
}

/// <param name="Product">The snapshot.</param>
/// <param name="Notes">What was left out, in the merchant's words.</param>
/// <param name="Away">The ids of the pictures that were left out because their bytes did not come, though shoppers may see them.</param>
public sealed record TakenSnapshot(ProductSnapshot Product, IReadOnlyList<string> Notes, IReadOnlyList<string> Away);
