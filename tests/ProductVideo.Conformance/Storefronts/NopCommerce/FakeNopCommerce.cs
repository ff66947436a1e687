using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Bridge;

namespace ProductVideo.Conformance.Storefronts.NopCommerce;

/// <summary>
/// A nopCommerce shop with the bridge plugin. Signature, routes, files and what a page shows are the plugin's own code; only the catalogue and
/// the table behind it are in memory.
/// </summary>
public sealed class FakeNopCommerce : IShopFacts, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("productvideo-nop-").FullName;
    private readonly Lock _lock = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public string Secret { get; } = BridgeSignature.NewSecret();

    public FakeNopCatalogue Catalogue { get; } = new();

    public FakeClipRows Rows { get; } = new();

    /// <summary>Whether the plugin is installed.</summary>
    public bool HasPlugin { get; set; } = true;

    /// <summary>Whether a connection code was pasted.</summary>
    public bool IsConnected { get; set; } = true;

    public long MaxClipBytes { get; set; } = 50_000_000;

    /// <summary>What goes wrong with the next request whose method and path hold the key, once.</summary>
    public Dictionary<string, FakeNopFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request that came, as method and path.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The files in the folder of clips.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>The folder of clips.</summary>
    public string Folder => _folder;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IShopFacts>(this).AddSingleton<IShopCatalogue>(Catalogue).AddSingleton<IClipRows>(Rows);
        builder.Services.AddSingleton<SeenNonces>().AddSingleton<BridgeGate>().AddSingleton<ClipTurn>().AddSingleton(new ClipFiles(_folder, TimeProvider.System));
        builder.Services.AddScoped<ClipsOnProducts>().AddScoped<BridgeRoutes>();
        _app = builder.Build();
        _app.Use(GuardAsync);
        _app.Map(BridgeEndpoint.Pattern, BridgeEndpoint.HandleAsync);
        _app.MapGet("/" + ClipFiles.PublicFolder + "{name}", (string name) => ClipFiles.IsName(name) && File.Exists(Path.Combine(_folder, name))
            ? Results.File(Path.Combine(_folder, name), ClipFiles.IsVideo(name) ? "video/mp4" : "image/jpeg", enableRangeProcessing: true) : Results.NotFound());
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product into the shop.</summary>
    public int Add(string name, Func<ProductView, ProductView>? change = null) => Catalogue.Add(id =>
    {
        var product = new ProductView
        {
            Id = id, Name = name, ShortDescription = "<p>For tea and coffee.</p>", FullDescription = "<p>350 ml, dishwasher safe.</p>", Price = 11.90m, Currency = "EUR",
            Language = "en-US", Published = true, Url = new Uri(Address, $"/product-{id}").AbsoluteUri,
        };
        return change?.Invoke(product) ?? product;
    });

    /// <summary>The gallery as the shop's page shows it: the pictures, then the clips.</summary>
    public IReadOnlyList<PublicMedia> Gallery(int id) =>
    [
        .. Catalogue.All.Single(product => product.Id == id).Pictures.Select(picture => new PublicMedia(IsVideo: false, $"picture {picture.Id}", Bytes: null)),
        .. Rows.All.Where(row => row.ProductId == id && File.Exists(Path.Combine(_folder, row.VideoFile))).Select(row => new PublicMedia(
            IsVideo: true, ClipPage.Address(Address, row.VideoFile), File.ReadAllBytes(Path.Combine(_folder, row.VideoFile)))),
    ];

    public Task<BridgeConnection> ConnectionAsync(CancellationToken cancellationToken) => Task.FromResult(
        IsConnected ? new BridgeConnection(Secret, "https://video.example", "pvk-test", "nop", MaxClipBytes) : new BridgeConnection(Secret, "", "", "", MaxClipBytes));

    public Task<Uri> AddressAsync(CancellationToken cancellationToken) => Task.FromResult(Address);

    public Task<(string ShopVersion, string ShopName)> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(("4.90.3", "Tonwerk"));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var asked = $"{http.Request.Method} {http.Request.Path.Value}";
        FakeNopFault fault;
        lock (_lock)
        {
            Requests.Add(asked);
            fault = Faults.Keys.FirstOrDefault(part => asked.Contains(part, StringComparison.Ordinal)) is { } key && Faults.Remove(key, out var found) ? found : FakeNopFault.None;
        }

        if (!HasPlugin)
        {
            await Results.Content("<!DOCTYPE html><title>Page not found</title>", "text/html", statusCode: 404).ExecuteAsync(http);
            return;
        }

        switch (fault)
        {
            case FakeNopFault.DropAfter:
                // The shop did it, and nobody hears of that.
                var answer = http.Response.Body;
                http.Response.Body = Stream.Null;
                await next(http);
                http.Response.Body = answer;
                http.Abort();
                break;
            case FakeNopFault.Busy:
                http.Response.Headers.RetryAfter = "7";
                await Results.StatusCode(429).ExecuteAsync(http);
                break;
            case FakeNopFault.Maintenance:
                await Results.Content("<!DOCTYPE html><title>Maintenance</title>", "text/html", statusCode: 503).ExecuteAsync(http);
                break;
            case FakeNopFault.Page:
                await Results.Content("<!DOCTYPE html><title>Shop</title>", "text/html").ExecuteAsync(http);
                break;
            case FakeNopFault.TooLarge:
                await Results.Content("<html>413</html>", "text/html", statusCode: 413).ExecuteAsync(http);
                break;
            case FakeNopFault.Moved:
                await Results.Redirect("https://www.shop.example/?secret=1").ExecuteAsync(http);
                break;
            default:
                await next(http);
                break;
        }
    }
}

public enum FakeNopFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>429 with seven seconds to wait.</summary>
    Busy,

    /// <summary>A page in the place of an answer.</summary>
    Maintenance,

    /// <summary>The shop's own page with 200.</summary>
    Page,

    /// <summary>The web server's limit.</summary>
    TooLarge,

    /// <summary>To another host.</summary>
    Moved,
}
