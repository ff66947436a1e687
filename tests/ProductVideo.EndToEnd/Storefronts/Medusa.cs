using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.Medusa;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>
/// A real Medusa with ProductVideo's plugin, built from npm, on a database of its own; and somebody in ProductVideo's place who hears its
/// calls. One for all classes that use it: it takes half a gigabyte.
/// </summary>
public sealed class Medusa : IAsyncLifetime
{
    /// <summary>The key of the shop in ProductVideo.</summary>
    public const string Shop = "medusa";

    public const string Email = "admin@example.com";
    public const string Password = "supersecret";
    public const string WebhookSecret = "whsec_bm90aGluZyBpcyBzaWduZWQgd2l0aCB0aGlz";

    private readonly string _folder = Checkout.NewFolder();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WebhookCall>> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _heard = new();
    private WebApplication? _service;
    private Process? _process;

    public Uri Address { get; private set; } = null!;

    public string ApiKey { get; private set; } = "";

    /// <summary>Published, with two photographs and two variants each.</summary>
    public IReadOnlyList<string> Products { get; private set; } = [];

    public MedusaShelves Shelves { get; private set; } = null!;

    private JsonObject Told { get; set; } = [];

    /// <summary>Signed in with the secret key; by nobody without one.</summary>
    public HttpClient Admin(string? key = null) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes((key ?? ApiKey) + ":"))) },
    };

    /// <summary>A shopper.</summary>
    public HttpClient Store()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("x-publishable-api-key", (string)Told["publishable"]!);
        return client;
    }

    public MedusaOptions Options => new()
    {
        Shop = Shop, Url = Address, ApiKey = ApiKey, Currency = "EUR", Locale = "en", WebhookSecret = WebhookSecret, ListingUrl = "https://shop.example/products/{handle}",
    };

    internal static MedusaStorefront Open(MedusaOptions options) => new(options, new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<MedusaStorefront>.Instance);

    /// <summary>Files of that clip that lie in the shop, its poster among them.</summary>
    public IReadOnlyList<string> FilesOf(string key) => Directory.GetFiles(Path.Combine(_folder, "site", "static"), $"*-{key}*");

    /// <summary>A published product like those that were there.</summary>
    /// <param name="title">Its name.</param>
    /// <param name="metadata">Of other plugins.</param>
    /// <param name="shelves">Where it stands, and its pieces are counted; null for nowhere.</param>
    public async Task<string> AddProductAsync(string title, JsonObject? metadata = null, MedusaShelves? shelves = null)
    {
        using var admin = Admin();
        var images = Told["images"]!.AsArray().Select(image => new { url = (string)image! }).ToList();
        string[] colors = ["Sage", "Ink"];
        using var answer = await admin.PostAsJsonAsync("/admin/products", new
        {
            title, metadata, images, collection_id = shelves?.Kitchen, categories = new[] { shelves?.Gifts }.OfType<string>().Select(id => new { id }),
            status = "published", description = "Thrown by hand and glazed twice. Dishwasher safe.", material = "Stoneware", thumbnail = images[0].url,
            handle = $"product-{Guid.NewGuid():N}", shipping_profile_id = (string?)Told["profile"], sales_channels = new[] { new { id = (string?)Told["channel"] } },
            options = new[] { new { title = "Color", values = colors } },
            variants = colors.Select(color => new
            {
                title = color, manage_inventory = shelves is not null, options = new Dictionary<string, string> { ["Color"] = color }, prices = new[] { new { currency_code = "eur", amount = 19.5 } },
            }),
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["product"]!["id"]!;
    }

    public async Task EditAsync(string product, object change)
    {
        using var admin = Admin();
        using var answer = await admin.PostAsJsonAsync($"/admin/products/{product}", change);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public async Task RemoveAsync(string product)
    {
        using var admin = Admin();
        using var answer = await admin.DeleteAsync($"/admin/products/{product}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A product as shoppers' programs get it, with what they must ask for.</summary>
    public async Task<JsonObject> ListedAsync(string product)
    {
        using var store = Store();
        return (await store.GetFromJsonAsync<JsonObject>($"/store/products/{product}?fields=id,title,*images,metadata"))!["product"]!.AsObject();
    }

    /// <summary>The videos that a shopper's program finds.</summary>
    public async Task<JsonArray> VideosAsync(string product) => (await ListedAsync(product))["metadata"]?["product_videos"]?.AsArray() ?? [];

    /// <summary>The shop's call about that, as it came. Waits for it.</summary>
    public Task<WebhookCall> CallAsync(string topic, string product) => Waiting($"{topic} {product}").Task;

    /// <summary>What the shop told of a product so far, in order.</summary>
    public IReadOnlyList<string> HeardOf(string product) => [.. _heard.Where(one => one.EndsWith(product, StringComparison.Ordinal)).Select(one => one[..one.IndexOf(' ', StringComparison.Ordinal)])];

    /// <summary>Gives the shop a connection code; that of whoever hears its calls without one.</summary>
    public Task ConnectAsync(string? code = null) => File.WriteAllTextAsync(Path.Combine(_folder, "connection"), code ?? Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["url"] = _service!.Urls.First(), ["key"] = "pv_of_nobody", ["shop"] = Shop })));

    public async ValueTask InitializeAsync()
    {
        await HearAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "webhook-secret"), WebhookSecret);
        await ConnectAsync();
        var pictures = Path.Combine(Checkout.SampleShop, "images", "stoneware-mug");
        var port = FreePort.Next();
        _process = Process.Start(new ProcessStartInfo(
            Path.Combine(Checkout.Root, "tests", "medusa", "up"), [_folder, $"{port}", Path.Combine(pictures, "chalk.jpg"), Path.Combine(pictures, "detail.jpg")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = _process.StandardError.ReadToEndAsync();
        if (await _process.StandardOutput.ReadLineAsync() is not { } told || !told.StartsWith('{'))
            throw new InvalidOperationException("Medusa did not start. It needs node, and PostgreSQL's programs: src/install-tools node postgres\n" + await errors);
        Address = new Uri($"http://127.0.0.1:{port}");
        Told = JsonNode.Parse(told)!.AsObject();
        ApiKey = (string)Told["secret"]!;
        using var admin = Admin();
        Shelves = await MedusaShelves.MakeAsync(admin);
        Products = [.. Told["products"]!.AsArray().Select(product => (string)product!)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_service is not null)
            await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task HearAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.MapPost($"/webhooks/shop/{Shop}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var call = new WebhookCall(
                request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), DateTimeOffset.UtcNow);
            var said = JsonNode.Parse(body.ToArray())!;
            _heard.Enqueue($"{said["topic"]} {said["product"]}");
            Waiting($"{said["topic"]} {said["product"]}").TrySetResult(call);
        });
        await _service.StartAsync();
    }

    private TaskCompletionSource<WebhookCall> Waiting(string what) => _calls.GetOrAdd(what, _ => new TaskCompletionSource<WebhookCall>(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Those that share the one Medusa; one after the other.</summary>
[CollectionDefinition(nameof(Medusa))]
public sealed class MedusaCollection : ICollectionFixture<Medusa>;
