using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Nop.Core;
using Nop.Core.Infrastructure;
using Nop.Web.Framework.Mvc.Routing;
using ProductVideo.Admin;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>Registers the plugin with the shop.</summary>
public sealed class PluginStartup : INopStartup
{
    public int Order => 3000;

    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SeenNonces>().AddSingleton<ClipTurn>().AddSingleton<ChangeQueue>().AddSingleton<BridgeGate>();
        services.AddSingleton(provider => new ClipFiles(
            CommonHelper.DefaultFileProvider.GetAbsolutePath("files", "productvideo"), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<ShopFacts>().AddScoped<IShopFacts>(provider => provider.GetRequiredService<ShopFacts>());
        services.AddScoped<ProductFacts>().AddScoped<ProductPrices>().AddScoped<ProductVariants>().AddScoped<ProductFigures>().AddScoped<IShopCatalogue, ShopCatalogue>();
        services.AddScoped<IClipRows, ClipRows>().AddScoped<ClipsOnProducts>().AddScoped<BridgeRoutes>().AddScoped<PublicClips>().AddScoped<AdminWords>();
        services.AddHttpClient(ProductVideoService.Client, client => client.Timeout = TimeSpan.FromSeconds(30))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<ProductVideoService>().AddSingleton<ChangeSender>();
        services.AddHostedService(provider => new ChangePost(
            provider.GetRequiredService<ChangeQueue>(), provider.GetRequiredService<ChangeSender>(),
            async token =>
            {
                await using var scope = provider.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
                return await scope.ServiceProvider.GetRequiredService<IShopFacts>().ConnectionAsync(token);
            },
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChangePost>>()));
    }

    public void Configure(IApplicationBuilder application)
    {
    }
}

/// <summary>The bridge's own routes, and the page that holds one clip.</summary>
public sealed class PluginRoutes : IRouteProvider
{
    public const string Embed = "/productvideo/embed/{id:int}";

    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        endpointRouteBuilder.Map(BridgeEndpoint.Pattern, BridgeEndpoint.HandleAsync);
        endpointRouteBuilder.MapGet(Embed, EmbedAsync);
    }

    private static async Task EmbedAsync(HttpContext http)
    {
        var clip = http.GetRouteValue("id") is string text && int.TryParse(text, out var id)
            ? await http.RequestServices.GetRequiredService<PublicClips>().FindAsync(id, http.RequestAborted) : null;
        http.Response.StatusCode = clip is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(clip ?? "<!DOCTYPE html><title>404</title>", http.RequestAborted);
    }
}
