using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/products</c>: what the shops list, and what a video of it would be.</summary>
internal static class ProductEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("/products").WithTags("Products").RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Read));
        ShopVisitors.MapPreflight(api, "/products/{**address}");
        ShopVisitors.Open(read.MapGet("", ListAsync)).Produces<PageAnswer<ProductAnswer>>().ProducesProblem(404).ProducesProblem(422).WithName("ListProducts")
            .WithSummary("The products of one shop, a page at a time, each with its latest video.");
        ShopVisitors.Open(read.MapGet("/{shop}/{product}", GetAsync)).Produces<ProductAnswer>().ProducesProblem(404).ProducesProblem(422).WithName("GetProduct")
            .WithSummary("One product with its latest video.");
        ShopVisitors.Open(api.MapPost("/products/{shop}/{product}/preview", PreviewAsync)).WithTags("Products").WithName("PreviewVideo")
            .RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Create))
            .Accepts<WishesBody>("application/json").Produces<PreviewAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("The exact prompt, shot plan and price of a video that you would order now, before anything is spent; 'upTo' is the most that providers may cost who would take over.");
        api.MapGet("/products/{shop}/{product}/images/{image}", ThumbnailAsync).RequireAuthorization(ProductVideoAuth.MediaPolicy)
            .WithTags("Products").WithName("GetProductThumbnail").Produces<Stream>(200, "image/jpeg").ProducesProblem(404).ProducesProblem(422)
            .WithSummary("A small JPEG of one of the product's pictures. With the product's version as 'v' the shop is asked only where none was made of that.");
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal caller, Shops shops, VideoGenerations generations, WatchedProducts watched, string? shop, string? search, string? cursor, string? take,
        CancellationToken cancellationToken)
    {
        var storefront = shops.Get(Caller.ShopFor(caller, shop ?? Caller.OnlyShop(caller, shops)));
        var page = await storefront.ListAsync(new ProductQuery(search, Caller.Take(take), cursor), cancellationToken);
        var ids = page.Products.Select(product => product.Ref.ProductId).ToList();
        var latest = await LatestVideos.OfAsync(generations, storefront.Shop, ids, cancellationToken);
        var changes = (await watched.FindAsync(storefront.Shop, ids, cancellationToken)).ToDictionary(one => one.Product.ProductId, StringComparer.Ordinal);
        return ApiJson.Ok(new PageAnswer<ProductAnswer>(
            [.. page.Products.Select(product => ProductAnswer.Of(product, latest.GetValueOrDefault(product.Ref.ProductId), changes.GetValueOrDefault(product.Ref.ProductId)))],
            page.NextCursor));
    }

    private static async Task<IResult> GetAsync(
        ClaimsPrincipal caller, Shops shops, VideoGenerations generations, WatchedProducts watched, string shop, string product, CancellationToken cancellationToken)
    {
        var storefront = shops.Get(Caller.ShopFor(caller, shop));
        var listed = await storefront.ReadAsync(product, cancellationToken) ?? throw Caller.NoProduct(shop, product);
        var latest = await LatestVideos.OfAsync(generations, shop, [product], cancellationToken);
        return ApiJson.Ok(ProductAnswer.Of(listed, latest.GetValueOrDefault(product), await watched.FindAsync(listed.Ref, cancellationToken)));
    }

    private static async Task<IResult> PreviewAsync(
        HttpRequest request, ClaimsPrincipal caller, VideoGenerations generations, string shop, string product, CancellationToken cancellationToken)
    {
        var wishes = (await ApiJson.ReadAsync<WishesBody>(request)).ToWishes();
        return ApiJson.Ok(PreviewAnswer.Of(
            await generations.PreviewAsync(new ProductRef(Caller.ShopFor(caller, shop), product), wishes, Caller.Requester(caller), cancellationToken)));
    }

    private static async Task<IResult> ThumbnailAsync(
        HttpContext context, ClaimsPrincipal caller, ProductThumbnails thumbnails, string shop, string product, string image,
        [FromQuery(Name = "v")] string? version, CancellationToken cancellationToken)
    {
        var jpeg = await thumbnails.OpenAsync(new ProductRef(Caller.ShopFor(caller, shop), product), image, version, cancellationToken)
            ?? throw Caller.NoProduct(shop, product);
        return PrivateFile.Answer(context, jpeg, "image/jpeg", TimeSpan.FromDays(1));
    }
}
