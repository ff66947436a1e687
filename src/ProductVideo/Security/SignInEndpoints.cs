using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Hosting;

namespace ProductVideo.Security;

/// <summary>Signing in by a one-time link, and out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", SignInAsync).ExcludeFromDescription();
        endpoints.MapPost("/sign-out", (Delegate)SignOutAsync).RequireAuthorization(ProductVideoAuth.AdminPolicy).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInLinks links, Sessions sessions, ProductVideoOptions options, string? token)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        if (token is null || !await links.UseAsync(token, context.RequestAborted))
            return SignInPage.Result(token is not null, options.SignInCommand);
        await context.SignInAsync(ProductVideoAuth.SessionScheme, ProductVideoAuth.Operator(sessions.Begin()));
        return Results.Redirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        sessions.End(context.User);
        await context.SignOutAsync(ProductVideoAuth.SessionScheme);
        return Results.Redirect("/sign-in");
    }
}
