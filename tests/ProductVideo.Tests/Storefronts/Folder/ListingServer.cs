using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Storefronts.Folder;

namespace ProductVideo.Tests.Storefronts.Folder;

/// <summary>An application that serves a shop folder's listing, in memory.</summary>
internal sealed class ListingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ListingServer(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public FolderStorefront Storefront => _app.Services.GetRequiredKeyedService<FolderStorefront>("sample");

    public static async Task<ListingServer> StartAsync(ShopFolder folder, string prefix = "/shop/{shop}")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<TimeProvider>(folder.Clock);
        builder.Services.AddFolderStorefront("sample", o => (o.Path, o.StatePath, o.ListingPrefix) = (folder.Path, folder.StatePath, prefix));
        var app = builder.Build();
        app.UseRouting();
        app.MapFolderShop("sample");
        await app.StartAsync();
        return new(app);
    }

    public async Task<IDocument> PageAsync(string url)
    {
        using var response = await Client.GetAsync(url);
        response.EnsureSuccessStatusCode();
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
