using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Admin;

/// <summary>Tells browsers what the admin's own answers may do. Put on its endpoints, so that nothing else the host serves is touched.</summary>
internal static class SecurityHeaders
{
    // MudBlazor writes its theme and positions as inline styles; scripts come as files only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static TBuilder WithSecurityHeaders<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is not { } answer)
                return;
            endpoint.RequestDelegate = context =>
            {
                Set(context.Response.Headers);
                return answer(context);
            };
        });
        return endpoints;
    }

    private static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
