using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProductVideo.Admin.Connecting;
using ProductVideo.Admin.Layout;
using ProductVideo.Admin.Spending;
using ProductVideo.Security;

namespace ProductVideo.Admin;

/// <summary>Maps the merchant's pages.</summary>
public static class AdminEndpoints
{
    /// <summary>
    /// Maps the pages at the application's root, for those whom <see cref="ProductVideoAuth.AdminPolicy"/> lets in, and their scripts and
    /// styles for everybody. The result takes conventions for the pages.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// <see cref="AdminServices.AddProductVideoAdmin"/> was not called, or the host was built without Blazor's own script.
    /// </exception>
    public static RazorComponentsEndpointConventionBuilder MapProductVideoAdmin(this WebApplication app)
    {
        if (app.Services.GetService<IServiceProviderIsService>()?.IsService(typeof(Visitor)) != true)
            throw new InvalidOperationException("MapProductVideoAdmin needs its services: call builder.Services.AddProductVideoAdmin() before builder.Build().");
        MapFiles(app);
        LedgerDownload.Map(app);
        HandedOver.Map(app);
        app.UseAntiforgery();
        app.Use(NotFound.AnswerAsync);
        return app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = "'none'")
            .RequireAuthorization(ProductVideoAuth.AdminPolicy)
            .WithSecurityHeaders();
    }

    /// <summary>With fingerprints and compression where the build wrote the list of files; as plain files where another program hosts this one.</summary>
    private static void MapFiles(WebApplication app)
    {
        var list = Path.Combine(AppContext.BaseDirectory, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json");
        if (!File.Exists(list))
        {
            app.UseStaticFiles();
            return;
        }

        // The SDK leaves it out where it sees no page in the host's own project, and without it no button on the pages does anything.
        if (!File.ReadAllText(list).Contains("\"_framework/blazor.web.js\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"ProductVideo's pages need Blazor's own script, and the build of {app.Environment.ApplicationName} has none: "
                + "set <RequiresAspNetWebAssets>true</RequiresAspNetWebAssets> in its project file and build it anew.");
        }

        app.MapStaticAssets(list).AllowAnonymous().WithSecurityHeaders();
    }
}
