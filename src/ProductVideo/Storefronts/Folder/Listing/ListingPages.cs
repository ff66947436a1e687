using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Galleries;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Answers for the two pages: reads what they show and hands it to the markup.</summary>
internal sealed class ListingPages(FolderStorefront storefront, ILogger log)
{
    public async Task<IResult> IndexAsync(HttpContext http, string? q, string? after, CancellationToken cancellationToken)
    {
        var search = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var last = after is null ? "" : FolderMapping.LastHandle(after);
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        var shop = Shop(http, catalog.Shop);
        if (last is null)
            return NotFound(http, shop);

        var found = catalog.Products
            .Where(p => p.IsPublished && string.CompareOrdinal(p.Handle, last) > 0 && FolderMapping.Matches(p, search))
            .Where(p => storefront.Products.PictureProblems(p).Count == 0)
            .Take(IndexPage.ProductsPerPage + 1).ToList();
        var shown = new List<ProductView>();
        foreach (var product in found.Take(IndexPage.ProductsPerPage))
            shown.Add(ProductView.Of(shop, product, await GalleryAsync(product, cancellationToken)));

        http.Response.Headers.ContentSecurityPolicy = ListingHeaders.Policy(shown);
        var next = found.Count > IndexPage.ProductsPerPage ? FolderMapping.Cursor(shown[^1].Product.Handle) : null;
        return Page(http, IndexPage.Of(shop, shown, search, next));
    }

    public async Task<IResult> ProductAsync(HttpContext http, string handle, CancellationToken cancellationToken)
    {
        var catalog = await storefront.Products.CatalogAsync(cancellationToken);
        var shop = Shop(http, catalog.Shop);
        if (catalog.Find(handle) is not { IsPublished: true } product || storefront.Products.PictureProblems(product).Count > 0)
            return NotFound(http, shop);

        var view = ProductView.Of(shop, product, await GalleryAsync(product, cancellationToken));
        http.Response.Headers.ContentSecurityPolicy = ListingHeaders.Policy([view]);
        return Page(http, ProductPage.Of(view));
    }

    public IResult NotFound(HttpContext http) => NotFound(http, Shop(http, ShopFile.Empty));

    public IResult Unavailable(HttpContext http)
    {
        var shop = Shop(http, ShopFile.Empty);
        return Page(http, PageFrame.Notice(shop, shop.Name, Words.For(null).TryLater), StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult NotFound(HttpContext http, ShopView shop)
    {
        var words = Words.For(shop.Shop.Locale);
        return Page(http, PageFrame.Notice(shop, words.NotFound, words.NotFoundHint), StatusCodes.Status404NotFound);
    }

    private static IResult Page(HttpContext http, string html, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    private ShopView Shop(HttpContext http, ShopFile shop) => new(
        storefront.DisplayName,
        http.Request.PathBase.ToUriComponent() + storefront.Products.ListingPath,
        $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}",
        shop);

    /// <summary>A listing is never worse off for a clip: where the clips' record is damaged it shows the shop's pictures.</summary>
    private async Task<Gallery?> GalleryAsync(FolderProduct product, CancellationToken cancellationToken)
    {
        try
        {
            return await storefront.Galleries.ReadAsync(product.Handle, cancellationToken);
        }
        catch (StorefrontException e)
        {
            log.LogError(e, "The clips of {Product} can't be shown", product.Handle);
            return null;
        }
    }
}
