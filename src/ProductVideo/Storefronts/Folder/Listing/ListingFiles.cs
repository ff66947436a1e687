using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Galleries;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Answers for pictures, clips and the files of the page.</summary>
internal sealed class ListingFiles(FolderStorefront storefront)
{
    public async Task<IResult> ImageAsync(HttpContext http, string handle, string image, CancellationToken cancellationToken)
    {
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        var found = catalog.Find(handle) is { IsPublished: true } product
            ? product.Images.FirstOrDefault(m => !m.IsRemote && FolderMapping.ImageId(m.Src) == image)
            : null;
        return found is null ? Results.NotFound() : await PictureAsync(http, found.Src, cancellationToken);
    }

    public Task<IResult> ClipAsync(HttpContext http, string handle, string key, CancellationToken cancellationToken) =>
        AttachedAsync(http, handle, key, v => (storefront.Galleries.ClipPath(handle, v.Key), v.Sha256), "video/mp4", cancellationToken);

    public Task<IResult> PosterAsync(HttpContext http, string handle, string key, CancellationToken cancellationToken) =>
        AttachedAsync(http, handle, key, v => (storefront.Galleries.PosterPath(handle, v.Key), v.PosterSha256), "image/jpeg", cancellationToken);

    public async Task<IResult> LogoAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        return catalog.Shop.Logo is { } logo ? await PictureAsync(http, logo, cancellationToken) : Results.NotFound();
    }

    public async Task<IResult> BrandAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        var brand = ListingAssets.Brand(catalog.Shop.BrandColor);
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(brand.Bytes, brand.ContentType, entityTag: new($"\"{brand.Hash}\""));
    }

    public static IResult Asset(HttpContext http, ListingAsset asset)
    {
        http.Response.Headers.CacheControl = http.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Bytes, asset.ContentType, entityTag: new($"\"{asset.Hash}\""));
    }

    private async Task<IResult> PictureAsync(HttpContext http, string key, CancellationToken cancellationToken)
    {
        var sha256 = await storefront.Products.Sha256Async(key, cancellationToken);
        var stream = await storefront.OpenImageAsync(new ImageSource.Held(key), cancellationToken);
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(stream, ContentType(key), entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }

    private async Task<IResult> AttachedAsync(
        HttpContext http, string handle, string key, Func<AttachedVideo, (string Path, string? Sha256)> fileOf, string contentType,
        CancellationToken cancellationToken)
    {
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        if (catalog.Find(handle) is not { IsPublished: true })
            return Results.NotFound();
        var gallery = await storefront.Galleries.ReadAsync(handle, cancellationToken);
        if (gallery?.Find(key) is not { } video || fileOf(video) is not (var path, { } sha256) || !File.Exists(path))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(path, contentType, lastModified: video.AttachedAt, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }

    private static string ContentType(string key) => Path.GetExtension(key).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".gif" => "image/gif",
        _ => "image/jpeg",
    };
}
