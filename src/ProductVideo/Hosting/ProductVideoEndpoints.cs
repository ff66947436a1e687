using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Api;
using ProductVideo.Feeds;
using ProductVideo.Health;
using ProductVideo.Security;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Hosting;

/// <summary>Maps ProductVideo's addresses into an ASP.NET Core application.</summary>
public static class ProductVideoEndpoints
{
    /// <summary>
    /// Maps the API under <c>/api/v1</c>, signing in under <c>/sign-in</c>, the shops' and providers' calls under <c>/webhooks</c>, the
    /// feeds for Google and Meta under <c>/feeds</c> and health under <c>/health</c>; in a process without the role <c>web</c> only health. Closed unless said otherwise: all but health demands a key, a session, a
    /// signature or an address that nobody can guess. The result takes conventions for the API's endpoints.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>AddProductVideo</c> was not called.</exception>
    public static IEndpointConventionBuilder MapProductVideo(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetService<ProductVideoOptions>()
            ?? throw new InvalidOperationException("MapProductVideo needs its services: call builder.Services.AddProductVideo() before builder.Build().");
        HealthServices.Map(endpoints);
        if (!options.Has(ProcessRoles.Web))
            return endpoints.MapGroup("");
        SignInEndpoints.Map(endpoints);
        InboxEndpoint.Map(endpoints);
        FeedEndpoint.Map(endpoints);
        return ApiEndpoints.Map(endpoints);
    }
}
