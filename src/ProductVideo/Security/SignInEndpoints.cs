using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Hosting;

namespace ProductVideo.Security;

/// <summary>Signing in by a one-time link, and out.</summary>
internal static class SignInEndpoints
{
    /// <summary>Where whoever was sent here wanted to go.</summary>
    private const string ReturnCookie = "productvideo-return";

    /// <summary>Longer than it takes to get a link.</summary>
    private static readonly TimeSpan ReturnFor = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sign-in", AskAsync).ExcludeFromDescription();
        endpoints.MapPost("/sign-in", (Delegate)SignInAsync).ExcludeFromDescription();
        endpoints.MapPost("/sign-out", (Delegate)SignOutAsync).RequireAuthorization(ProductVideoAuth.AdminPolicy).ExcludeFromDescription();
    }

    /// <summary>Uses no link up: mail and chat programs fetch what they find in a message, before the person does.</summary>
    private static async Task<IResult> AskAsync(HttpContext context, SignInLinks links, ProductVideoOptions options, string? token, string? returnUrl)
    {
        Guard(context.Response.Headers);
        if (returnUrl is not null && IsPage(returnUrl))
        {
            context.Response.Cookies.Append(ReturnCookie, returnUrl, new CookieOptions
            {
                Path = "/sign-in", HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = ReturnFor, Secure = context.Request.IsHttps || ProductVideoAuth.IsPublic(context),
            });
        }

        return token is null ? SignInPage.WithoutLink(options.SignInCommand)
            : await links.IsGoodAsync(token, context.RequestAborted) ? SignInPage.OfLink(token) : SignInPage.OfUsedLink(options.SignInCommand);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInLinks links, Sessions sessions, ProductVideoOptions options)
    {
        Guard(context.Response.Headers);
        var token = context.Request.HasFormContentType ? (string?)(await context.Request.ReadFormAsync(context.RequestAborted))["token"] : null;
        if (token is null || !await links.UseAsync(token, context.RequestAborted))
            return token is null ? SignInPage.WithoutLink(options.SignInCommand) : SignInPage.OfUsedLink(options.SignInCommand);
        await context.SignInAsync(ProductVideoAuth.SessionScheme, ProductVideoAuth.Operator(sessions.Begin()));
        if (context.Request.Cookies[ReturnCookie] is not { } page)
            return Results.Redirect("/");
        context.Response.Cookies.Delete(ReturnCookie, new CookieOptions { Path = "/sign-in" });
        return Results.Redirect(IsPage(page) ? page : "/");
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /// <summary>Whether it is a page of this server. Its pictures and calls lead to the sign-in as well, where a session has ended.</summary>
    private static bool IsPage(string address) =>
        address.StartsWith('/') && address.Length <= 2_000 && RedirectHttpResult.IsLocalUrl(address)
        && !NoPages.Any(start => address.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] NoPages = ["/api/", "/_", "/sign-"];

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        sessions.End(context.User);
        await context.SignOutAsync(ProductVideoAuth.SessionScheme);
        return Results.Redirect("/sign-in");
    }
}
