using System.Security.Cryptography;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Imaging;
using ProductVideo.Text;

namespace ProductVideo.Pipeline;

/// <summary>Turns a listing into a snapshot: text cleaned, pictures fetched, checked, hashed and stored.</summary>
internal sealed class ProductSnapshots(Shops shops, IBlobStore blobs, SafeDownload download, ShopDownloads policies)
{
    private const int MaxTitle = 300;
    private const int MaxDescription = 5_000;

    /// <summary>More pictures than any provider takes or any clip can show.</summary>
    internal const int MaxImages = 12;

    /// <summary>Reads the product and its pictures.</summary>
    /// <param name="product">Which.</param>
    /// <param name="wishes">Whose chosen pictures there must be.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">No such product, the shop is not there, or no picture, or not a chosen one, is usable.</exception>
    public async Task<TakenSnapshot> TakeAsync(ProductRef product, VideoWishes wishes, CancellationToken cancellationToken) =>
        await TakeAsync(await ReadAsync(shops.Get(product.Shop), product, cancellationToken), wishes, mustHaveChosen: true, cancellationToken);

    /// <summary>Fetches the pictures of a product that was read.</summary>
    /// <param name="listed">The product.</param>
    /// <param name="wishes">Whose chosen pictures go before the others.</param>
    /// <param name="mustHaveChosen">Whether a chosen one that is of no use is refused, instead of left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">Its shop is not there, or no picture, or not a chosen one, is usable.</exception>
    internal async Task<TakenSnapshot> TakeAsync(ListedProduct listed, VideoWishes wishes, bool mustHaveChosen, CancellationToken cancellationToken)
    {
        var (storefront, product) = (shops.Get(listed.Ref.Shop), listed.Ref);
        if (listed.Images.Count == 0)
        {
            throw Refusals.Invalid(
                "no_images", $"“{listed.Title}” has no pictures. Add at least one photograph to the listing, then try again.",
                $"{product} lists no images.", "images");
        }

        var chosen = wishes.ImageIds is { Count: > 0 };
        var images = new List<ProductImage>();
        var notes = new List<string>();
        var away = new List<string>();
        RefusedException? refused = null;
        foreach (var (image, position) in Wanted(listed, wishes))
        {
            try
            {
                images.Add(await FetchAsync(storefront, image, position, cancellationToken));
            }
            catch (RefusedException e) when (MayBeLeftOut(e, isMain: position == 1 && !chosen, isWished: mustHaveChosen && IsChosen(image, wishes)))
            {
                refused ??= e;
                // Nobody misses a picture that others were chosen over.
                if (!chosen)
                    notes.Add($"{e.Problem.MerchantText} The video is made from the other pictures.");
                // Only of what the server says is gone it is known that no shopper sees it either.
                if (e.Kind is RefusalKind.Unavailable || e.InnerException is DownloadException { Status: not (404 or 410) })
                    away.Add(image.Id);
            }
        }

        if (!chosen && listed.Images.Count > MaxImages)
            notes.Add($"Only {MaxImages} of {listed.Images.Count} pictures are looked at. Choose pictures to have others.");
        return images.Count > 0 ? new TakenSnapshot(Clean(listed, images), notes, away) : throw refused!;
    }

    /// <summary>The pictures that are fetched, in the listing's order, each with its place there: the chosen ones wherever they stand, and the first of the others.</summary>
    internal static IEnumerable<(ListedImage Image, int Position)> Wanted(ListedProduct listed, VideoWishes wishes)
    {
        var room = MaxImages - listed.Images.Count(image => IsChosen(image, wishes));
        foreach (var (index, image) in listed.Images.Index())
        {
            if (IsChosen(image, wishes) || room-- > 0)
                yield return (image, index + 1);
        }
    }

    private static bool IsChosen(ListedImage image, VideoWishes wishes) =>
        image.Id == wishes.LastImageId || (wishes.ImageIds?.Contains(image.Id, StringComparer.Ordinal) ?? false);

    /// <summary>
    /// Whether the others do as well. Not if it is the storage that failed, which says nothing of the picture; nor if the main picture can only
    /// not be fetched just now: the clip would be made, and paid for, without it.
    /// </summary>
    private static bool MayBeLeftOut(RefusedException e, bool isMain, bool isWished) =>
        !isWished && e.InnerException is not BlobStoreException && !(isMain && e.Kind is RefusalKind.Unavailable);

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
internal sealed record TakenSnapshot(ProductSnapshot Product, IReadOnlyList<string> Notes, IReadOnlyList<string> Away);
