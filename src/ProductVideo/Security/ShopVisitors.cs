using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Catalog;
using ProductVideo.Pipeline;

namespace ProductVideo.Security;

/// <summary>
/// People in a shop's own admin, for whom their shop vouches. Closed unless a shop does, and only where an endpoint says
/// <see cref="Open"/>: there they may do what a key of that shop with <see cref="Scopes.Read"/> and <see cref="Scopes.Create"/> could.
/// </summary>
internal sealed class ShopVisitors(Shops shops, TimeProvider clock)
{
    private static readonly string[] _scopes = [Scopes.Read, Scopes.Create];

    private IEnumerable<(IStorefront Shop, IVouchForVisitors Voucher)> Vouchers => shops.All.OfType<IVouchForVisitors>().Select(voucher => ((IStorefront)voucher, voucher));

    /// <summary>Lets visitors use the endpoint.</summary>
    public static TBuilder Open<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OpenToVisitors());

    /// <summary>Lets a browser ask, before it sends anything, whether it may from the page that it shows.</summary>
    public static void MapPreflight(RouteGroupBuilder group, string path) =>
        group.MapMethods(path, [HttpMethods.Options], (HttpContext http, ShopVisitors visitors) => visitors.Preflight(http)).AllowAnonymous().ExcludeFromDescription();

    public static bool IsOpen(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OpenToVisitors>() is not null;

    /// <summary>Lets the page that asked read the answer, whatever it will be.</summary>
    /// <returns>Whether it is a page of some shop's admin.</returns>
    public bool LetRead(HttpContext http)
    {
        http.Response.Headers.Append("Vary", "Origin");
        if (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin || !Vouchers.Any(one => one.Voucher.Origins.Contains(origin, StringComparer.Ordinal)))
            return false;
        http.Response.Headers.AccessControlAllowOrigin = origin;
        return true;
    }

    /// <returns>null where no shop vouches for the token.</returns>
    public ClaimsIdentity? Find(string token, string scheme)
    {
        foreach (var (shop, voucher) in Vouchers)
        {
            if (voucher.Vouch(token, clock.GetUtcNow()) is not { } visitor)
                continue;
            return new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, $"{shop.Shop}/{visitor.Id}"),
                    new Claim(ClaimTypes.Name, $"{shop.DisplayName}, staff {visitor.Id}"),
                    new Claim(ProductVideoAuth.KeyClaim, $"admin of {shop.Shop}"),
                    new Claim(ProductVideoAuth.ShopClaim, shop.Shop),
                    .. _scopes.Select(scope => new Claim(ProductVideoAuth.ScopeClaim, scope)),
                ],
                scheme);
        }

        return null;
    }

    private IResult Preflight(HttpContext http)
    {
        if (!LetRead(http))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key";
        http.Response.Headers.AccessControlMaxAge = "600";
        return Results.NoContent();
    }

    private sealed class OpenToVisitors;
}
