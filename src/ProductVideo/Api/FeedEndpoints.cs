using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Feeds;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/feeds</c>: what Google and Meta fetch.</summary>
internal static class FeedEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/shops/{shop}/feeds", GetAsync).WithTags("Feeds").WithName("GetFeeds").RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Read))
            .Produces<ShopFeeds>().ProducesProblem(404)
            .WithSummary("The addresses of a shop's feeds for Google Merchant Center and Meta, and what is left out of them.");

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, ProductFeeds feeds, HttpRequest request, string shop, CancellationToken cancellationToken) =>
        ApiJson.Ok(await feeds.OfAsync(Caller.ShopFor(caller, shop), FeedEndpoint.OriginOf(request), cancellationToken));
}
