using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Security;

namespace ProductVideo.Admin.Layout;

/// <summary>Shows whoever may see the pages one at an address that nothing stands at, where they would see nothing at all.</summary>
internal static class NotFound
{
    /// <summary>After everything else the host answers with has had its turn.</summary>
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetEndpoint() is not null || context.Response.StatusCode != StatusCodes.Status404NotFound || context.Response.HasStarted || !IsForPerson(context.Request)
            || PageIn(context.RequestServices) is not { RequestDelegate: { } show } page || !await LetsInAsync(context, page))
        {
            return;
        }

        // Without it an answer with this status is left empty for somebody else to fill.
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPathBase = context.Request.PathBase.Value!,
            OriginalPath = context.Request.Path.Value!,
            OriginalQueryString = context.Request.QueryString.Value,
        });
        context.SetEndpoint(page);
        await show(context);
    }

    private static bool IsForPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true);

    private static RouteEndpoint? PageIn(IServiceProvider services) => services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(NotFoundPage));

    /// <summary>As for any other page: nobody had looked, because there was none.</summary>
    private static async Task<bool> LetsInAsync(HttpContext context, Endpoint page)
    {
        if (await context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(ProductVideoAuth.AdminPolicy) is not { } policy)
            return false;
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var visitor = await evaluator.AuthenticateAsync(policy, context);
        if (!(await evaluator.AuthorizeAsync(policy, visitor, context, page)).Succeeded)
            return false;
        if (visitor.Principal is { } principal)
            context.User = principal;
        return true;
    }
}
