using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProductVideo.Security;

/// <summary>
/// Reads <c>Authorization: Bearer pv_…</c>, and on the few endpoints that are open to them the tokens of <see cref="ShopVisitors"/>. Cookies are
/// never looked at here, so a browser can't be made to call the API.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, ShopVisitors visitors)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(
            StatusCodes.Status401Unauthorized, "unauthorised", "Send an API key that is neither expired nor revoked: Authorization: Bearer pv_…");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        RefuseAsync(StatusCodes.Status403Forbidden, "scope_missing", "This API key has not the scope for that. Use another key, or make one that has it.");

    private Task RefuseAsync(int status, string code, string text) => Results.Problem(
            detail: text, statusCode: status, type: "urn:productvideo:" + code,
            extensions: new Dictionary<string, object?> { ["code"] = code, ["operatorText"] = text })
        .ExecuteAsync(Context);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var open = ShopVisitors.IsOpen(Context);
        if (open)
            visitors.LetRead(Context);
        var header = Request.Headers.Authorization.ToString();
        const string bearer = "Bearer ";
        if (!header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var token = header[bearer.Length..].Trim();
        if (open && visitors.Find(token, Scheme.Name) is { } visitor)
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(visitor), Scheme.Name));
        if (await keys.FindAsync(token, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("The API key is unknown, expired or revoked.");

        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, key.Id.ToString("n")),
            new(ClaimTypes.Name, key.Name),
            new(ProductVideoAuth.KeyClaim, key.Prefix),
        };
        claims.AddRange(key.Scopes.Split(' ').Select(scope => new Claim(ProductVideoAuth.ScopeClaim, scope)));
        if (key.Shop is { } shop)
            claims.Add(new Claim(ProductVideoAuth.ShopClaim, shop));
        var identity = new ClaimsIdentity(claims, Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
