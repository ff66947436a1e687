using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/providers</c>: whom a shop wants its videos made by, and who stands in.</summary>
internal static class ProviderListEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var (read, manage) = (ProductVideoAuth.PolicyFor(Scopes.SpendingRead), ProductVideoAuth.PolicyFor(Scopes.SpendingManage));
        var group = api.MapGroup("/shops/{shop}/providers").WithTags("Provider accounts");
        group.MapGet("", GetAsync).RequireAuthorization(read).WithName("GetProviderList").Produces<ProviderListBody>().ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The shop's list of providers, the best first. Without one, the server's first provider makes every video.");
        group.MapPut("", PutAsync).RequireAuthorization(manage).WithName("PutProviderList").Accepts<ProviderListBody>("application/json")
            .Produces<ProviderListBody>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Sets the shop's list for orders from now on. The first line that fits makes the video; those behind it stand in where nothing was charged.");
        group.MapDelete("", DeleteAsync).RequireAuthorization(manage).WithName("DeleteProviderList").Produces(204).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Takes the list away; nobody stands in any more.");
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, ProviderLists lists, string shop, CancellationToken cancellationToken) =>
        await lists.FindAsync(Caller.ShopFor(caller, shop), cancellationToken) is { } list ? ApiJson.Ok(ProviderListBody.Of(list)) : throw new RefusedException(
            RefusalKind.NotFound, new Problem("no_provider_list", $"The shop '{shop}' has no list of providers.", $"Shop {shop} has no provider list."), "shop");

    private static async Task<IResult> PutAsync(
        HttpRequest request, ClaimsPrincipal caller, ProviderLists lists, string shop, CancellationToken cancellationToken)
    {
        var list = (await ApiJson.ReadAsync<ProviderListBody>(request)).ToList();
        await lists.PutAsync(Caller.ShopFor(caller, shop), list, Caller.Name(caller), cancellationToken);
        return ApiJson.Ok(ProviderListBody.Of(list));
    }

    private static async Task<IResult> DeleteAsync(ClaimsPrincipal caller, ProviderLists lists, string shop, CancellationToken cancellationToken)
    {
        await lists.DeleteAsync(Caller.ShopFor(caller, shop), cancellationToken);
        return Results.NoContent();
    }
}
