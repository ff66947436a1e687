using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Hosting;

namespace ProductVideo.Security;

/// <summary>Schemes, policies and claims. Nothing of ProductVideo but health and public listings answers without one of these.</summary>
public static class ProductVideoAuth
{
    /// <summary>The signed-in operator's cookie.</summary>
    public const string SessionScheme = "ProductVideo.Session";

    /// <summary>API keys.</summary>
    public const string KeyScheme = "ProductVideo.ApiKey";

    /// <summary>
    /// The admin's pages. A host with its own sign-in may redefine this policy and <see cref="MediaPolicy"/>, which guards the pictures and
    /// clips on those pages, after <c>AddProductVideo</c>.
    /// </summary>
    public const string AdminPolicy = "ProductVideo.Admin";

    /// <summary>Pictures and clips, for pages and programs.</summary>
    public const string MediaPolicy = "ProductVideo.Media";

    /// <summary>The type of the claims that say what an API key, or whoever signed in by a link, may do: each is one of <see cref="Scopes.All"/>.</summary>
    public const string ScopeClaim = "productvideo:scope";

    internal const string ShopClaim = "productvideo:shop";
    internal const string KeyClaim = "productvideo:key";

    /// <summary>The policy that demands <paramref name="scope"/> of an API key.</summary>
    public static string PolicyFor(string scope) => "ProductVideo." + scope;

    /// <summary>The only shop the caller may see; null for all.</summary>
    public static string? ShopOf(ClaimsPrincipal caller) => caller.FindFirstValue(ShopClaim);

    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton<ShopVisitors>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<KeyWatch>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(KeyScheme, displayName: null, configureOptions: null)
            .AddCookie(SessionScheme, cookie =>
            {
                cookie.Cookie.Name = "productvideo-session";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = Sessions.Lifetime;
                cookie.SlidingExpiration = false;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/sign-in";
                cookie.Events.OnSigningIn = context =>
                {
                    context.CookieOptions.Secure |= IsPublic(context.HttpContext);
                    return Task.CompletedTask;
                };
                cookie.Events.OnValidatePrincipal = context =>
                {
                    if (context.Principal is { } visitor && !context.HttpContext.RequestServices.GetRequiredService<Sessions>().Counts(visitor))
                        context.RejectPrincipal();
                    return Task.CompletedTask;
                };
            });
        // A host with one scheme of its own may rely on its being the default without saying so; two more must not take that away.
        services.PostConfigure<AuthenticationOptions>(options =>
        {
            var own = options.Schemes.Where(scheme => scheme.Name is not (SessionScheme or KeyScheme)).ToList();
            if (options.DefaultScheme is null && own.Count == 1)
                options.DefaultScheme = own[0].Name;
        });
        services.AddAuthorization(options =>
        {
            foreach (var scope in Scopes.All)
            {
                options.AddPolicy(PolicyFor(scope), policy => policy.AddAuthenticationSchemes(KeyScheme).RequireClaim(ScopeClaim, scope));
            }

            options.AddPolicy(AdminPolicy, policy => policy.AddAuthenticationSchemes(SessionScheme).RequireAuthenticatedUser());
            options.AddPolicy(MediaPolicy, policy => policy.AddAuthenticationSchemes(SessionScheme, KeyScheme)
                .RequireAssertion(context => MaySee(context.User)));
        });
    }

    /// <summary>Under which name is recorded what whoever signed in by a link does.</summary>
    public const string OperatorName = "operator";

    internal static ClaimsPrincipal Operator(IEnumerable<Claim> session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, OperatorName),
            new Claim(ClaimTypes.Name, OperatorName),
            .. Scopes.All.Select(scope => new Claim(ScopeClaim, scope)),
            .. session,
        ],
        SessionScheme));

    /// <summary>Whether the browser is at the public address, which it reaches by https only, whatever the proxy between says.</summary>
    public static bool IsPublic(HttpContext http) =>
        http.RequestServices.GetRequiredService<ProductVideoOptions>().PublicAddress is { Scheme: "https" } address
        && string.Equals(http.Request.Host.Host, HostOf(address), StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a host as requests bear it.</summary>
    public static string HostOf(Uri address) => address.HostNameType is UriHostNameType.IPv6 ? address.Host : address.IdnHost;

    private static bool MaySee(ClaimsPrincipal caller) => caller.HasClaim(ScopeClaim, Scopes.Read);
}
