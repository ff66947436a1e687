using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Layout;

namespace ProductVideo.Admin;

/// <summary>Ends a start at which the address of a page leads to something else too: whoever opened it would get an error of the server.</summary>
internal sealed class AddressCheck : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        Demand([.. app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()]);
    };

    private static void Demand(IReadOnlyList<RouteEndpoint> endpoints)
    {
        var pages = endpoints.Where(IsPage).ToLookup(ShapeOf, StringComparer.OrdinalIgnoreCase);
        foreach (var other in endpoints.Where(endpoint => !IsPage(endpoint)))
        {
            if (pages[ShapeOf(other)].Any(page => IsAsNear(page, other)))
            {
                throw new InvalidOperationException(
                    $"The address /{AddressOf(other)} leads to a page of ProductVideo and to '{other.DisplayName}'. The pages are the application's root: "
                    + "give the other one another address, or a host of its own by RequireHost.");
            }
        }
    }

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Assembly == typeof(App).Assembly;

    private static string AddressOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.Trim('/') ?? "";

    /// <summary>The address but for the names of what stands for something: routing doesn't know one from the other.</summary>
    private static string ShapeOf(RouteEndpoint endpoint) => string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter => $"{{{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
        _ => ".",
    }))));

    /// <summary>Whether routing can't choose: of two at one address it takes the one with the lower order, with methods, or with a host.</summary>
    private static bool IsAsNear(RouteEndpoint page, RouteEndpoint other) =>
        page.Order == other.Order && MethodsOf(page).Intersect(MethodsOf(other), StringComparer.OrdinalIgnoreCase).Any() && !HasHost(page) && !HasHost(other);

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool HasHost(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts.Count > 0;
}
