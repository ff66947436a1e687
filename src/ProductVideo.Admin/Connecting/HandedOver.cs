using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Connecting;
using ProductVideo.Security;

namespace ProductVideo.Admin.Connecting;

/// <summary>Where a merchant comes back to from the shop's own page, with the shop's password in the address: it is used, and the address is left at once.</summary>
internal static class HandedOver
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Paths.HandedOver, ReceiveAsync).RequireAuthorization(ProductVideoAuth.AdminPolicy).ExcludeFromDescription().WithSecurityHeaders();

    private static async Task<IResult> ReceiveAsync(HttpContext context, [FromServices] HandOverDesk desk, [FromServices] HandOverTickets tickets)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (ProductVideoAuth.ShopOf(context.User) is not null)
            return Results.Redirect(Paths.Shops);
        var answer = context.Request.Query.ToDictionary(part => part.Key, part => part.Value.ToString(), StringComparer.Ordinal);
        var outcome = await desk.ReceiveAsync(answer, context.User.Identity?.Name ?? "unknown", context.RequestAborted);
        return Results.Redirect(
            outcome.Shop is { } shop ? Paths.Shop(shop)
            : outcome.Kind is { } kind ? $"{Paths.Connect(kind)}?told={Uri.EscapeDataString(tickets.WriteWords(outcome.Why ?? ""))}"
            : Paths.Shops);
    }
}
