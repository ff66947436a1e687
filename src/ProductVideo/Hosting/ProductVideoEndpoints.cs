using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Api;
using ProductVideo.Data;
using ProductVideo.Feeds;
using ProductVideo.Security;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Hosting;

/// <summary>Maps ProductVideo's addresses into an ASP.NET Core application.</summary>
public static class ProductVideoEndpoints
{
    /// <summary>
    /// Maps the API under <c>/api/v1</c>, signing in under <c>/sign-in</c>, the shops' and providers' calls under <c>/webhooks</c>, the
    /// feeds for Google and Meta under <c>/feeds</c> and health under <c>/health</c>. Closed unless said otherwise: all but health demands a key, a session, a
    /// signature or an address that nobody can guess. The result takes conventions for the API's endpoints.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>AddProductVideo</c> was not called.</exception>
    public static IEndpointConventionBuilder MapProductVideo(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<ProductVideoOptions>() is null)
            throw new InvalidOperationException("MapProductVideo needs its services: call builder.Services.AddProductVideo() before builder.Build().");
        MapHealth(endpoints);
        SignInEndpoints.Map(endpoints);
        InboxEndpoint.Map(endpoints);
        FeedEndpoint.Map(endpoints);
        return ApiEndpoints.Map(endpoints);
    }

    private static void MapHealth(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (IDbContextFactory<ProductVideoDb> databases, CancellationToken cancellationToken) =>
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await db.Database.CanConnectAsync(cancellationToken) ? Results.Text("ready") : Results.Text("database unavailable", statusCode: 503);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
