using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Api;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Security;

/// <summary>
/// Reads <c>Authorization: Bearer pv_…</c>, and on the few endpoints that are open to them the tokens of <see cref="ShopVisitors"/>. Cookies are
/// never looked at here, so a browser can't be made to call the API.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, ShopVisitors visitors)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private Exception? _unavailable;

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A key that can't be looked for is not a wrong one: whoever is told so throws it away.
        if (_unavailable is { } failure)
            return ApiProblems.Problem(Refusals.DatabaseUnavailable(failure)).ExecuteAsync(Context);
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
        try
        {
            return await keys.FindAsync(token, Context.RequestAborted) is { } key
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(key)), Scheme.Name))
                : AuthenticateResult.Fail("The API key is unknown, expired or revoked.");
        }
        catch (Exception e) when (DatabaseFaults.IsUnavailable(e))
        {
            Logger.LogWarning("{Method} {Path} could not look for its API key in the database: {Why}", Request.Method, Request.Path, e.Message);
            _unavailable = e;
            return AuthenticateResult.Fail(e);
        }
    }

    private ClaimsIdentity IdentityOf(ApiKey key)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, key.Id.ToString("n")),
            new(ClaimTypes.Name, key.Name),
            new(ProductVideoAuth.KeyClaim, key.Prefix),
        };
        claims.AddRange(key.Scopes.Select(scope => new Claim(ProductVideoAuth.ScopeClaim, scope)));
        if (key.Shop is { } shop)
            claims.Add(new Claim(ProductVideoAuth.ShopClaim, shop));
        return new ClaimsIdentity(claims, Scheme.Name);
    }
}
