using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Storefronts.Folder;
using ProductVideo.Storefronts.WooCommerce;

namespace ProductVideo.Tests.Hosting;

/// <summary>What the READMEs show of embedding, line for line; <see cref="EmbeddingSampleTests"/> compares them.</summary>
internal static class EmbeddingSample
{
    /// <param name="args">Of the program.</param>
    /// <param name="more">What a test needs besides.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> more)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddProductVideo(options => options.DataFolder = "data");
        builder.Services.AddProductVideoAdmin();
        builder.Services.AddWooCommerce(builder.Configuration);   // lets such shops be connected; one line for each kind
        builder.Services.AddFolderStorefront("shop", folder =>
        {
            folder.Path = "/srv/shop";
            folder.StatePath = "data/shops/shop";
        });
        more(builder);

        var app = builder.Build();
        app.MapProductVideo();        // API, sign-in, health
        app.MapProductVideoAdmin();   // the merchant's pages
        app.MapFolderShop("shop");    // the folder's listing pages, for everybody
        return app;
    }

    public static void Run(WebApplication app)
    {
        app.Run();
    }

    public static async Task<(string Link, string Key)> LetInAsync(WebApplication app)
    {
        var link = "/sign-in?token=" + await app.Services.GetRequiredService<SignInLinks>().CreateAsync(CancellationToken.None);   // signs in once
        var key = await app.Services.GetRequiredService<ApiKeys>().CreateAsync("nightly job", Scopes.All, shop: null, lifetime: null, CancellationToken.None);
        return (link, key);
    }

    public static void LetOwnIn(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ProductVideoAuth.AdminPolicy, who => who.RequireRole("merchant"))
            .AddPolicy(ProductVideoAuth.MediaPolicy, who => who.AddAuthenticationSchemes("Cookies", ProductVideoAuth.KeyScheme)
                .RequireAssertion(seen => seen.User.IsInRole("merchant") || seen.User.HasClaim(ProductVideoAuth.ScopeClaim, Scopes.Read)));
    }
}
