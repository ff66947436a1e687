using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Routes of the public listing. Addresses name products, pictures and clips by id, never by a path.</summary>
internal static class ListingEndpoints
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, FolderStorefront storefront)
    {
        var log = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger<ListingPages>();
        var pages = new ListingPages(storefront, log);
        var files = new ListingFiles(storefront);

        var group = endpoints.MapGroup(storefront.Products.ListingPath);
        group.AddEndpointFilter((context, next) => GuardAsync(context, next, pages, log));
        group.MapMethods("/", _reading, pages.IndexAsync);
        group.MapMethods("/products/{handle}", _reading, pages.ProductAsync);
        group.MapMethods("/products/{handle}/images/{image}", _reading, files.ImageAsync);
        group.MapMethods("/products/{handle}/videos/{key}.mp4", _reading, files.ClipAsync);
        group.MapMethods("/products/{handle}/videos/{key}.jpg", _reading, files.PosterAsync);
        group.MapMethods("/assets/shop.css", _reading, (HttpContext http) => ListingFiles.Asset(http, ListingAssets.Style));
        group.MapMethods("/assets/shop.js", _reading, (HttpContext http) => ListingFiles.Asset(http, ListingAssets.Script));
        group.MapMethods("/assets/brand.css", _reading, files.BrandAsync);
        group.MapMethods("/assets/logo", _reading, files.LogoAsync);
        return group.AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Sets the headers, and turns what the folder refuses into a page that a shopper can read.</summary>
    private static async ValueTask<object?> GuardAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, ListingPages pages, ILogger log)
    {
        ListingHeaders.Set(context.HttpContext.Response);
        try
        {
            return await next(context);
        }
        catch (StorefrontException e) when (e.Fault is StorefrontFault.InvalidData or StorefrontFault.ProductNotFound)
        {
            log.LogWarning(e, "The listing can't show {Path}", context.HttpContext.Request.Path);
            return pages.NotFound(context.HttpContext);
        }
        catch (StorefrontException e)
        {
            log.LogError(e, "The listing can't be shown");
            return pages.Unavailable(context.HttpContext);
        }
    }
}
