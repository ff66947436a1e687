using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Connecting;
using ProductVideo.Generations;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shop-connections</c> and <c>/shop-kinds</c>: connecting shops, testing and ending it.</summary>
internal static class ConnectionEndpoints
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static void Map(RouteGroupBuilder api)
    {
        var manage = ProductVideoAuth.PolicyFor(Scopes.ShopsManage);
        api.MapGet("/shop-kinds", (ShopConnections connections) => ApiJson.Ok(connections.Kinds.Select(ShopKindAnswer.Of).ToList()))
            .WithTags("Shops").RequireAuthorization(manage).WithName("ListShopKinds").Produces<IReadOnlyList<ShopKindAnswer>>()
            .WithSummary("The kinds of shops that can be connected: what to do in the shop, and which values to send.");
        var group = api.MapGroup("/shop-connections").WithTags("Shops").RequireAuthorization(manage);
        group.MapGet("", ListAsync).WithName("ListShopConnections").Produces<IReadOnlyList<ConnectionAnswer>>().ProducesProblem(403)
            .WithSummary("The shops that were connected here, without their secrets; those of the server's settings are none of them.");
        group.MapPost("", ConnectAsync).WithName("ConnectShop").Accepts<ConnectBody>("application/json").Produces<ConnectionAnswer>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Connects a shop once it has answered. The answer says which rights are lacking, if any.");
        group.MapPut("/{shop}", ChangeAsync).WithName("ChangeShopConnection").Accepts<ChangeConnectionBody>("application/json").Produces<ConnectionAnswer>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Changes what a shop is reached by once it has answered. Secrets that are left out stay. At another address it counts as disconnected and connected anew: refused while a video of the shop is not finished.");
        group.MapDelete("/{shop}", DisconnectAsync).WithName("DisconnectShop").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Erases the connection and its secrets and ends the API keys that see this shop only, its plugin's among them. Refused while a video of the shop is not finished.");
        group.MapPost("/{shop}/test", TestAsync).WithName("TestShopConnection").Accepts<EmptyBody>("application/json").Produces<RightsAnswer>()
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).ProducesProblem(503).WithSummary("Asks the shop whether it lets us do our work; writes nothing.");
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal caller, ShopConnections connections, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        return ApiJson.Ok((await connections.ListAsync(cancellationToken)).Select(connection => ConnectionAnswer.Of(connection)).ToList());
    }

    private static async Task<IResult> ConnectAsync(HttpContext context, ClaimsPrincipal caller, ShopConnections connections, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        var body = await ApiJson.ReadAsync<ConnectBody>(context.Request);
        var shop = body.Shop ?? throw Caller.Bad("shop", "'shop' is missing: the short name of the shop, for example my-shop.");
        var rights = await connections.ConnectAsync(body.Kind ?? "", shop, body.Values ?? Nothing, Caller.Name(caller), cancellationToken);
        context.Response.Headers.Location = $"{ApiPaths.Root}/shop-connections/{shop}";
        return ApiJson.Ok(ConnectionAnswer.Of(await FindAsync(connections, shop, cancellationToken), rights), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(
        HttpRequest request, ClaimsPrincipal caller, ShopConnections connections, string shop, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        var values = (await ApiJson.ReadAsync<ChangeConnectionBody>(request)).Values ?? Nothing;
        var rights = await connections.ChangeAsync(shop, values, Caller.Name(caller), cancellationToken);
        return ApiJson.Ok(ConnectionAnswer.Of(await FindAsync(connections, shop, cancellationToken), rights));
    }

    private static async Task<IResult> DisconnectAsync(ClaimsPrincipal caller, ShopConnections connections, string shop, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        await connections.DisconnectAsync(shop, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> TestAsync(
        HttpRequest request, ClaimsPrincipal caller, ShopConnections connections, string shop, CancellationToken cancellationToken)
    {
        await ApiJson.ReadAsync<EmptyBody>(request);
        return ApiJson.Ok(new RightsAnswer(await connections.CheckAsync(Caller.ShopFor(caller, shop), cancellationToken)));
    }

    private static async Task<ShopConnection> FindAsync(ShopConnections connections, string shop, CancellationToken cancellationToken) =>
        await connections.FindAsync(shop, cancellationToken) ?? throw new RefusedException(
            RefusalKind.Conflict, new Problem("changed_meanwhile", "Somebody disconnected this shop meanwhile.", $"The row of shop '{shop}' is gone."), "shop");
}
