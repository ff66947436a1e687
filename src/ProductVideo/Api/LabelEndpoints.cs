using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/label</c>: whether clips that a model drew say so in the picture.</summary>
internal static class LabelEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/shops/{shop}/label").WithTags("Shops");
        group.MapGet("", GetAsync).RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Read)).WithName("GetShopLabel").Produces<ShopLabelAnswer>()
            .ProducesProblem(403).ProducesProblem(404).WithSummary("Whether a label such as “Made with AI” is drawn into the shop's clips that a model drew.");
        group.MapPut("", PutAsync).RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.ShopsManage)).WithName("PutShopLabel").Accepts<ShopLabelBody>("application/json")
            .Produces<ShopLabelAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Switches the label on or off for clips that are fetched from now on, in the language of their listing. Those that are made stay as they are.");
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, ShopLabels labels, Shops shops, string shop, CancellationToken cancellationToken) =>
        ApiJson.Ok(ShopLabelAnswer.Of(await labels.FindAsync(shops.Get(Caller.ShopFor(caller, shop)).Shop, cancellationToken)));

    private static async Task<IResult> PutAsync(HttpRequest request, ClaimsPrincipal caller, ShopLabels labels, string shop, CancellationToken cancellationToken)
    {
        var isDrawn = (await ApiJson.ReadAsync<ShopLabelBody>(request)).IsDrawn ?? throw Caller.Bad("isDrawn", "'isDrawn' is missing: true or false.");
        return ApiJson.Ok(ShopLabelAnswer.Of(await labels.PutAsync(Caller.ShopFor(caller, shop), isDrawn, Caller.Name(caller), cancellationToken)));
    }
}
