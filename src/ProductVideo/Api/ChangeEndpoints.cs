using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/changes</c> and <c>…/products/{product}/regenerations</c>: products that change after their video was made.</summary>
internal static class ChangeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var (read, manage) = (ProductVideoAuth.PolicyFor(Scopes.SpendingRead), ProductVideoAuth.PolicyFor(Scopes.SpendingManage));
        var group = api.MapGroup("/shops/{shop}").WithTags("Changes");
        group.MapGet("/changes", GetAsync).RequireAuthorization(read).WithName("GetChangePolicy").Produces<ShopChangesAnswer>().ProducesProblem(403).ProducesProblem(404)
            .WithSummary("What is done when a product of the shop has changed since its video was made, and when its products were last gone through.");
        group.MapPut("/changes", PutAsync).RequireAuthorization(manage).WithName("PutChangePolicy").Accepts<ChangePolicyBody>("application/json")
            .Produces<ShopChangesAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Sets what is done about changes that are noticed from now on. New videos pass the caps, and wait for approval.");
        group.MapPost("/products/{product}/regenerations", RegenerateAsync).RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Create)).WithName("RegenerateVideo")
            .Accepts<AgreedBody>("application/json").Produces<RegenerationAnswer>(202).Produces<RegenerationAnswer>(200)
            .ProducesProblem(400).ProducesProblem(402).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503)
            .TakesIdempotencyKey().WithSummary("Makes the product's video anew if its pictures, its words, the style or the shop's looks changed. 202 for a new one; 200 otherwise, and why. 409 price_not_agreed, with 'prices', if it costs more than 'agreed'.");
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, WatchedShops watched, Shops shops, string shop, CancellationToken cancellationToken) =>
        ApiJson.Ok(ShopChangesAnswer.Of(await watched.FindAsync(shops.Get(Caller.ShopFor(caller, shop)).Shop, cancellationToken)));

    private static async Task<IResult> PutAsync(HttpRequest request, ClaimsPrincipal caller, WatchedShops watched, string shop, CancellationToken cancellationToken)
    {
        var policy = (await ApiJson.ReadAsync<ChangePolicyBody>(request)).ToPolicy();
        await watched.PutAsync(Caller.ShopFor(caller, shop), policy, Caller.Name(caller), cancellationToken);
        return ApiJson.Ok(ShopChangesAnswer.Of(await watched.FindAsync(shop, cancellationToken)));
    }

    private static async Task<IResult> RegenerateAsync(
        HttpContext context, ClaimsPrincipal caller, Regenerations regenerations, string shop, string product, CancellationToken cancellationToken)
    {
        var agreed = MoneyBody.Agreed((await ApiJson.ReadAsync<AgreedBody>(context.Request)).Agreed);
        var made = await regenerations.OrderAsync(
            new ProductRef(Caller.ShopFor(caller, shop), product), Caller.Requester(caller, agreed), Caller.IdempotencyKey(context.Request, caller), cancellationToken);
        if (made.Video is { } video)
            context.Response.Headers.Location = $"{ApiPaths.Root}/generations/{video.Id}";
        return ApiJson.Ok(RegenerationAnswer.Of(made), made.IsNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }
}
