using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/catalogue</c>: which products of a shop need a video, and why, as of the last look at each.</summary>
internal static class CatalogEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var read = ProductVideoAuth.PolicyFor(Scopes.Read);
        var group = api.MapGroup("/shops/{shop}/catalogue").WithTags("Catalogue");
        group.MapGet("", GetAsync).RequireAuthorization(read).WithName("GetCatalogue").Produces<CatalogAnswer>().ProducesProblem(404)
            .WithSummary("How many products the shop lists, how many lack a video or have an outdated one, and the words by which a backfill can be narrowed.");
        group.MapGet("/lacking", LackingAsync).RequireAuthorization(read).WithName("ListLackingProducts").Produces<PageAnswer<LackingAnswer>>()
            .ProducesProblem(400).ProducesProblem(404).WithSummary("The products that lack a video, or whose video would be another one today, by id.");
        group.MapPost("/scan", ScanAsync).RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Create)).WithName("ScanCatalogue").Accepts<EmptyBody>("application/json")
            .Produces<CatalogAnswer>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Asks for all products of the shop to be gone through now.");
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, CatalogProducts catalog, Shops shops, string shop, CancellationToken cancellationToken) =>
        ApiJson.Ok(await AnswerAsync(catalog, shops.Get(Caller.ShopFor(caller, shop)).Shop, cancellationToken));

    private static async Task<IResult> LackingAsync(
        ClaimsPrincipal caller, CatalogProducts catalog, Shops shops, string shop, string? cursor, string? take, CancellationToken cancellationToken)
    {
        var count = Caller.Take(take);
        var page = await catalog.LackingAsync(shops.Get(Caller.ShopFor(caller, shop)).Shop, string.IsNullOrEmpty(cursor) ? null : cursor, count, cancellationToken);
        return ApiJson.Ok(new PageAnswer<LackingAnswer>([.. page.Select(LackingAnswer.Of)], page.Count < count ? null : page[^1].Ref.ProductId));
    }

    private static async Task<IResult> ScanAsync(
        HttpRequest request, ClaimsPrincipal caller, CatalogProducts catalog, WatchedShops watched, string shop, CancellationToken cancellationToken)
    {
        Caller.ShopFor(caller, shop);
        await ApiJson.ReadAsync<EmptyBody>(request);
        await watched.ScanNowAsync(shop, cancellationToken);
        return ApiJson.Ok(await AnswerAsync(catalog, shop, cancellationToken), StatusCodes.Status202Accepted);
    }

    private static async Task<CatalogAnswer> AnswerAsync(CatalogProducts catalog, string shop, CancellationToken cancellationToken)
    {
        var standing = await catalog.StandingAsync(shop, cancellationToken);
        return new CatalogAnswer(
            standing.Products, standing.WithoutVideo, standing.Outdated, standing.ScannedAt, standing.IsScanning, await catalog.WordsAsync(shop, cancellationToken));
    }
}

/// <summary>How a shop's catalogue stands.</summary>
/// <param name="Products">How many products the shop lists, drafts among them.</param>
/// <param name="WithoutVideo">How many have none.</param>
/// <param name="Outdated">How many have one that would be another today.</param>
/// <param name="ScannedAt">When all were last gone through; null if never yet.</param>
/// <param name="IsScanning">Whether they are being gone through now.</param>
/// <param name="Words">The words by which a backfill can be narrowed, those that most products have first.</param>
internal sealed record CatalogAnswer(int Products, int WithoutVideo, int Outdated, DateTimeOffset? ScannedAt, bool IsScanning, CatalogWords Words);

/// <summary>A product that lacks a video, or has an outdated one.</summary>
/// <param name="Product">The shop's id of the product.</param>
/// <param name="Title">Its title.</param>
/// <param name="Lacks"><c>video</c>, or what changed since its video was made: <c>text</c>, <c>pictures</c>, <c>removedPicture</c>, <c>template</c>, <c>brand</c>.</param>
/// <param name="Text">The same for the merchant.</param>
/// <param name="Price">The product's.</param>
/// <param name="Video">The video on the listing.</param>
/// <param name="UnderWay">The video that is being made, or awaits a decision.</param>
internal sealed record LackingAnswer(string Product, string Title, IReadOnlyList<Lacks> Lacks, string? Text, Money? Price, Guid? Video, Guid? UnderWay)
{
    internal static LackingAnswer Of(CatalogProduct product) => new(
        product.Ref.ProductId, product.Title, LackWords.PartsOf(product.Lacks), LackWords.Of(product), product.Price, product.Video, product.UnderWay);
}
