using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Conformance;
using ProductVideo.Hosting;
using ProductVideo.Providers;
using ProductVideo.Security;
using ProductVideo.Storefronts.WooCommerce;
using ProductVideo.Tests.Pipeline;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>An ASP.NET Core application that embeds ProductVideo, with two shops in memory; jobs run only where a test asks.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-api-").FullName;
    private WebApplication? _app;

    internal MemoryShop Shop { get; } = new() { Shop = "test" };

    internal MemoryShop Other { get; } = new() { Shop = "other" };

    internal ScriptedProvider Provider { get; } = new();

    internal WebApplication App => _app!;

    /// <summary>Adds what stands in the place of a default; before the start.</summary>
    internal Action<IServiceCollection> Add { get; init; } = _ => { };

    internal T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        // The host's own settings lie beside the tests; this application is another.
        builder.Configuration["AllowedHosts"] = "*";
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IVideoProvider>(Provider);
        builder.Services.AddSingleton<IStorefront>(Shop);
        builder.Services.AddSingleton<IStorefront>(Other);
        builder.Services.AddCheckedFfmpeg();
        Add(builder.Services);
        builder.Services.AddProductVideo(options =>
        {
            options.DataFolder = _folder;
            options.Roles = ProcessRoles.Web;
        });
        builder.Services.AddWooCommerce(builder.Configuration);
        _app = builder.Build();
        _app.MapProductVideo();
        Shop.Add("mug", ("front.jpg", PipelineFixture.Picture(800, 600)));
        Other.Add("vase", ("vase.jpg", PipelineFixture.Picture(800, 600)));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client without any credentials.</summary>
    internal HttpClient Stranger() => App.GetTestClient();

    /// <summary>A client with a key of these scopes, all if none are named.</summary>
    internal async Task<HttpClient> CallerAsync(string? shop = null, params string[] scopes)
    {
        var key = await Get<ApiKeys>().CreateAsync(
            "test caller", scopes.Length == 0 ? [.. Scopes.All] : scopes, shop, lifetime: null, CancellationToken.None);
        var client = App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();

    internal static object MugOrder { get; } = new { shop = "test", product = "mug", provider = "scripted", aspect = "1:1", seconds = 5 };
}
