using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Outside;

/// <summary>
/// A provider and a shop on a port of their own, in another process than the workers: they keep the ledgers that the checker believes, and
/// no crash of a worker touches them.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    public const decimal PricePerSecond = 0.14m;

    public const string Currency = "USD";

    /// <summary>Longer than any worker waits for an answer.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(3);

    private readonly WebApplication _app;

    private World(WebApplication app, Films films, FastClock clock, Knobs knobs, int seed, string ledger)
    {
        (_app, Films, Clock, Knobs) = (app, films, clock, knobs);
        Ledger = new Ledger(ledger);
        Callbacks = new Callbacks(this);
        Provider = new ProviderSide(this, seed);
        Shop = new ShopSide(this, seed);
    }

    public Films Films { get; }
    public FastClock Clock { get; }
    public Knobs Knobs { get; set; }
    public Trap Trap { get; } = new();
    public Ledger Ledger { get; }
    public Callbacks Callbacks { get; }
    public ProviderSide Provider { get; }
    public ShopSide Shop { get; }

    /// <summary>For example <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Who asked for anything last.</summary>
    public int LastWorker { get; private set; }

    public static async Task<World> OpenAsync(Films films, FastClock clock, Knobs knobs, int seed, string ledger)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // The harness ends as any program does: a world is no service that the system asks to stop.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var world = new World(app, films, clock, knobs, seed, ledger);
        world.Map(app);
        await app.StartAsync();
        world.Address = app.Urls.First();
        return world;
    }

    /// <summary>The instant of one of our clocks, on the run's clock.</summary>
    public DateTimeOffset OnClock(DateTimeOffset real) => Clock.Epoch + ((real - Clock.Epoch) * FastClock.Speed);

    /// <summary>Ends the connection without an answer.</summary>
    public IResult CutOff(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }

    public static int WorkerOf(HttpContext http) => int.Parse(http.Request.Headers["X-Worker"].ToString(), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Callbacks.DisposeAsync();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        Ledger.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private void Map(WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            var provider = http.Request.Path.StartsWithSegments("/provider", StringComparison.Ordinal);
            if (DateTimeOffset.UtcNow < (provider ? Knobs.ProviderDownUntil : Knobs.ShopDownUntil))
            {
                http.Abort();
                return;
            }

            if (http.Request.Headers.ContainsKey("X-Worker"))
                LastWorker = WorkerOf(http);
            await next(http);
        });
        app.MapPost("/provider/videos", (HttpContext http, CreateCall call) => Provider.CreateAsync(http, call));
        app.MapGet("/provider/videos", (HttpContext http, long from) => Provider.List(http, from));
        app.MapGet("/provider/videos/{id}", (HttpContext http, string id) => Provider.Get(http, id));
        app.MapDelete("/provider/videos/{id}", (string id) => Provider.Cancel(id));
        app.MapGet("/provider/files/{id}.mp4", (HttpContext http, string id, int address) => Provider.FileAsync(http, id, address));
        app.MapGet("/shop/picture.jpg", () => Results.Bytes(Films.Picture, "image/jpeg"));
        app.MapGet("/shop/products/{product}/media", (HttpContext http, string product) => Shop.Look(http, product));
        app.MapPost("/shop/products/{product}/media", (HttpContext http, string product) => Shop.UploadAsync(http, product));
        app.MapDelete("/shop/products/{product}/media/{id}", (string product, string id) => Shop.Remove(product, id));
    }
}
