using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>
/// A Shopify shop. It reads what it is asked by the published schema and executes it, so a document that Shopify would refuse is refused here.
/// How it behaves where the schema is silent follows Shopify's documentation; no real shop has been compared with it.
/// </summary>
public sealed partial class FakeShopify : IAsyncDisposable
{
    public const string Domain = "tonwerk.myshopify.com";
    public const string ClientId = "client-4711";
    public const string ClientSecret = "shpss_of_this_fake_shop";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, FakeProduct> _products = [];
    private readonly SortedDictionary<long, FakePicture> _pictures = [];
    private readonly SortedDictionary<long, FakeVideo> _videos = [];
    private WebApplication? _app;
    private long _ids = 1000;

    public Uri Address { get; private set; } = null!;

    /// <summary>What goes wrong with the next request of the operation or address that is the key, once.</summary>
    public Dictionary<string, FakeShopifyFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>The code with which the next mutation of that name is refused, once; empty for none.</summary>
    public Dictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a new video is looked at before it is converted.</summary>
    public int LooksUntilReady { get; set; } = 1;

    /// <summary>Why the next new videos can't be converted; null where they can.</summary>
    public string? NextVideoFailsWith { get; set; }

    /// <summary>Videos a week; more are refused, without a code as the schema has none for it here.</summary>
    public int? WeeklyQuota { get; set; }

    /// <summary>How many searches for files do not know of the newest yet.</summary>
    public int SearchesBehind { get; set; }

    /// <summary>Whether the search for files knows what a file is used in; what it does not know it leaves out of account.</summary>
    public bool KnowsUsedIn { get; set; } = true;

    /// <summary>Whether videos may be made so that a name taken already is refused.</summary>
    public bool TakesRaiseError { get; set; } = true;

    /// <summary>What the app was granted.</summary>
    public List<string> Scopes { get; } = ["read_products", "write_products", "write_files"];

    /// <summary>Every operation and address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>All videos among the files, the oldest first.</summary>
    public IReadOnlyList<FakeVideo> Videos
    {
        get
        {
            lock (_lock)
                return [.. _videos.Values];
        }
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/admin/oauth/access_token", (Delegate)GrantAsync);
        _app.MapPost("/admin/api/2026-10/graphql.json", (Delegate)AskedAsync);
        _app.MapPost("/upload/{id:long}", (Delegate)UploadAsync);
        _app.MapGet("/cdn/files/{name}", (string name) => _pictures.Values.FirstOrDefault(one => one.FileName == name) is { } found ? Results.Bytes(found.Bytes, "image/jpeg") : Results.NotFound());
        _app.MapGet("/cdn/videos/{name}", (string name) => Videos.FirstOrDefault(one => one.FileName == name) is { } found ? Results.Bytes(found.Bytes, "video/mp4") : Results.NotFound());
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product with two pictures into the shop.</summary>
    public FakeProduct Add(string title, Action<FakeProduct>? change = null, params IReadOnlyList<byte[]> pictures)
    {
        lock (_lock)
        {
            var product = _products[++_ids] = new FakeProduct { Id = _ids, Title = title };
            foreach (var bytes in pictures.Count > 0 ? pictures : [[0xFF, 0xD8, 1], [0xFF, 0xD8, 2]])
                product.Media.Add(AddPicture(bytes));
            change?.Invoke(product);
            if (product.Variants.Count == 0)
                product.Variants.Add(new FakeVariant(++_ids, product.Price, new Dictionary<string, string> { ["Title"] = "Default Title" }));
            if (product.Options.Count == 0)
                product.Options["Title"] = ["Default Title"];
            return product;
        }
    }

    /// <summary>As the merchant does in the admin.</summary>
    public void Edit(long id, Action<FakeProduct> change)
    {
        lock (_lock)
        {
            _products[id].UpdatedAt = DateTimeOffset.UtcNow;
            change(_products[id]);
        }
    }

    public void Remove(long id)
    {
        lock (_lock)
            _products.Remove(id);
    }

    /// <summary>Puts a picture among the files.</summary>
    /// <returns>Its number.</returns>
    public long AddPicture(byte[] bytes)
    {
        lock (_lock)
        {
            _pictures[++_ids] = new FakePicture(_ids, $"picture-{_ids}.jpg", bytes);
            return _ids;
        }
    }

    /// <summary>Puts a video of the merchant's own among the files, or one of another app.</summary>
    public FakeVideo AddVideo(string fileName, DateTimeOffset createdAt)
    {
        lock (_lock)
            return _videos[++_ids] = new FakeVideo(_ids, [1, 2, 3]) { FileName = fileName, CreatedAt = createdAt };
    }

    public string TitleOf(long id)
    {
        lock (_lock)
            return _products[id].Title;
    }

    /// <summary>The gallery as the shop's page shows it.</summary>
    public IReadOnlyList<PublicMedia> Gallery(long id)
    {
        lock (_lock)
        {
            return
            [
                .. _products[id].Media.Select(media => _videos.TryGetValue(media, out var video)
                    ? new PublicMedia(IsVideo: true, video.FileName, video.Bytes) : new PublicMedia(IsVideo: false, _pictures[media].FileName, Bytes: null)),
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task<IResult> AskedAsync(HttpContext http)
    {
        var body = await http.Request.ReadFromJsonAsync<JsonElement>();
        var query = body.GetProperty("query").GetString()!;
        var operation = query.Split(['(', '{', ' '], StringSplitOptions.RemoveEmptyEntries)[1];
        lock (_lock)
            Requests.Add(operation);
        if (!IsLetIn(http.Request.Headers["X-Shopify-Access-Token"]))
            return Results.Json(new { errors = "[API] Invalid API key or access token (unrecognized login or wrong password)" }, statusCode: 401);
        if (await GoneWrongAsync(http, operation) is { } wrong)
            return wrong;
        var answer = await FakeSchema.ExecuteAsync(query, body.TryGetProperty("variables", out var variables) ? variables : null, Answer);
        answer["extensions"] = Cost(requested: 42, available: 1958);
        if (!Faults.Remove(operation, out var fault) || fault is not FakeShopifyFault.DropAfter)
            return Results.Json(answer);
        // The shop did it, and nobody hears of that.
        http.Abort();
        return Results.Empty;
    }

    private async Task<IResult?> GoneWrongAsync(HttpContext http, string operation)
    {
        switch (Faults.GetValueOrDefault(operation))
        {
            case FakeShopifyFault.ThrottledBriefly or FakeShopifyFault.Throttled when Faults.Remove(operation, out var kind):
                var restored = kind is FakeShopifyFault.Throttled ? 1 : 1000;
                return Results.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = "Throttled" }), ["extensions"] = Cost(requested: 92, available: 2, restored) });
            case FakeShopifyFault.TooMany when Faults.Remove(operation):
                http.Response.Headers.RetryAfter = "17";
                return Results.Json(new { errors = "Exceeded 4 calls per second for api client." }, statusCode: 429);
            case FakeShopifyFault.Denied when Faults.Remove(operation):
                return Results.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = "Access denied", ["extensions"] = new JsonObject { ["code"] = "ACCESS_DENIED" } }) });
            case FakeShopifyFault.Maintenance when Faults.Remove(operation):
                return Results.Content("<!DOCTYPE html><title>Be right back</title>", "text/html", statusCode: 503);
            case FakeShopifyFault.Page when Faults.Remove(operation):
                return Results.Content("<!DOCTYPE html><title>Please sign in</title>", "text/html");
            case FakeShopifyFault.Frozen when Faults.Remove(operation):
                return Results.Json(new { errors = "Unavailable Shop" }, statusCode: 402);
            default:
                return await Task.FromResult<IResult?>(null);
        }
    }

    private static JsonObject Cost(int requested, int available, int restored = 100) => new()
    {
        ["cost"] = new JsonObject
        {
            ["requestedQueryCost"] = requested, ["actualQueryCost"] = available < requested ? null : 12,
            ["throttleStatus"] = new JsonObject { ["maximumAvailable"] = 2000.0, ["currentlyAvailable"] = available, ["restoreRate"] = restored },
        },
    };
}

public enum FakeShopifyFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>No room for it, with 200; there is some in a moment.</summary>
    ThrottledBriefly,

    /// <summary>No room for it, with 200, for a minute and a half.</summary>
    Throttled,

    /// <summary>429 with seventeen seconds to wait.</summary>
    TooMany,

    /// <summary>A scope is missing.</summary>
    Denied,

    /// <summary>A page in the place of an answer, with 503.</summary>
    Maintenance,

    /// <summary>A page in the place of an answer, with 200.</summary>
    Page,

    /// <summary>The merchant has not paid Shopify.</summary>
    Frozen,
}
