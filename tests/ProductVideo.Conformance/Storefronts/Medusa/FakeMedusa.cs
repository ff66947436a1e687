using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Storefronts.Medusa;

/// <summary>
/// A Medusa shop with ProductVideo's plugin. What it answers has the shape of what a real Medusa 2.18.0 with the plugin answered; the same
/// suite runs on both.
/// </summary>
public sealed partial class FakeMedusa : IAsyncDisposable
{
    public const string ApiKey = "sk_of_a_test";
    public const string Email = "admin@example.com";
    public const string Password = "abcd EFGH ijkl";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _videos = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _ids;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether the plugin is installed.</summary>
    public bool HasPlugin { get; set; } = true;

    /// <summary>Whether the plugin was given a connection code and a secret.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Whether the list comes in another order than asked for.</summary>
    public bool SortsOtherwise { get; set; }

    /// <summary>What goes wrong with the next request whose method and path hold the key, once.</summary>
    public Dictionary<string, FakeMedusaFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>All uploaded files, by name.</summary>
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request that came, as method and path.</summary>
    public List<string> Requests { get; } = [];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(GuardAsync);
        _app.MapPost("/auth/user/emailpass", (Delegate)SignInAsync);
        _app.MapGet("/admin/products", List);
        _app.MapGet("/admin/products/{id}", (string id) => Find(id) is { } product ? Results.Json(new JsonObject { ["product"] = product }) : Refuse(404, "not_found", "Product not found"));
        MapPlugin(_app);
        _app.MapGet("/static/{name}", (string name) => Files.TryGetValue(name, out var bytes) ? Results.Bytes(bytes) : Results.NotFound());
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product into the shop.</summary>
    public string Add(string title, Action<JsonObject>? change = null)
    {
        lock (_lock)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"prod_01M8H6KRHG4F8373W5{++_ids:00000000}");
            var product = JsonNode.Parse("""
                {"subtitle":null,"description":"Thrown by hand and glazed twice. Dishwasher safe.","status":"published","material":"Stoneware","origin_country":null,
                 "type":null,"collection":null,"categories":[],"tags":[],
                 "variants":[{"id":"variant_1","variant_rank":0,"thumbnail":null,"options":[{"value":"Sage","option":{"title":"Color"}}],
                              "prices":[{"amount":19.5,"currency_code":"eur","min_quantity":null,"rules":{}}]}]}
                """)!.AsObject();
            (product["id"], product["title"], product["handle"]) = (id, title, $"product-{_ids}");
            product["thumbnail"] = Picture(1);
            product["images"] = new JsonArray(new JsonObject { ["id"] = "img_1", ["url"] = Picture(1), ["rank"] = 0 }, new JsonObject { ["id"] = "img_2", ["url"] = Picture(2), ["rank"] = 1 });
            change?.Invoke(product);
            _products[id] = product;
            return id;
        }
    }

    /// <summary>Lets the shop count the pieces of a variant.</summary>
    public static JsonNode Count(JsonNode variant, int pieces)
    {
        variant["manage_inventory"] = true;
        variant["inventory_items"] = new JsonArray(new JsonObject
        {
            ["required_quantity"] = 1,
            ["inventory"] = new JsonObject { ["location_levels"] = new JsonArray(new JsonObject { ["stocked_quantity"] = pieces, ["reserved_quantity"] = 0 }) },
        });
        return variant;
    }

    public string Picture(int number) => new Uri(Address, $"/static/{number}-photograph.jpg").AbsoluteUri;

    /// <summary>As the merchant does in the admin.</summary>
    public void Edit(string id, Action<JsonObject> change)
    {
        lock (_lock)
            change(_products[id]);
    }

    public void Remove(string id)
    {
        lock (_lock)
            _products.Remove(id);
    }

    /// <summary>Every token that was given so far is no longer good.</summary>
    public void EndTokens()
    {
        lock (_lock)
            _tokens.Clear();
    }

    public string TitleOf(string id) => (string)_products[id]["title"]!;

    /// <summary>The pictures, then the clips that metadata names.</summary>
    public IReadOnlyList<PublicMedia> Gallery(string id)
    {
        lock (_lock)
        {
            return
            [
                .. _products[id]["images"]!.AsArray().Select(image => new PublicMedia(IsVideo: false, (string)image!["url"]!, Bytes: null)),
                .. VideosOf(id).Select(video => new PublicMedia(IsVideo: true, (string)video["url"]!, Files[(string)video["file"]!])),
            ];
        }
    }

    /// <summary>The one video on a product, as metadata holds it.</summary>
    public JsonObject VideoOn(string id)
    {
        lock (_lock)
            return VideosOf(id).Single().DeepClone().AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value!;
        var fault = FakeMedusaFault.None;
        bool mayEnter;
        lock (_lock)
        {
            Requests.Add($"{http.Request.Method} {path}");
            var login = http.Request.Headers.Authorization.ToString();
            mayEnter = !path.StartsWith("/admin/", StringComparison.Ordinal) || _tokens.Contains(login)
                || login == new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(ApiKey + ":"))).ToString();
            if (mayEnter && Faults.Keys.FirstOrDefault(part => $"{http.Request.Method} {path}".Contains(part, StringComparison.Ordinal)) is { } key)
                Faults.Remove(key, out fault);
        }

        if (mayEnter)
            await GoneWrongAsync(http, fault, next);
        else
            await Results.Json(new { message = "Unauthorized" }, statusCode: 401).ExecuteAsync(http);
    }

    private static async Task GoneWrongAsync(HttpContext http, FakeMedusaFault fault, RequestDelegate next)
    {
        switch (fault)
        {
            case FakeMedusaFault.DropAfter:
                // The shop did it, and nobody hears of that.
                var answer = http.Response.Body;
                http.Response.Body = Stream.Null;
                await next(http);
                http.Response.Body = answer;
                http.Abort();
                break;
            case FakeMedusaFault.DropBefore:
                http.Abort();
                break;
            case FakeMedusaFault.Busy:
                http.Response.Headers.RetryAfter = "7";
                await Refuse(429, "too_many_requests", "Slow down.").ExecuteAsync(http);
                break;
            case FakeMedusaFault.Maintenance:
                await Results.Content("<!DOCTYPE html><title>Maintenance</title>", "text/html", statusCode: 503).ExecuteAsync(http);
                break;
            case FakeMedusaFault.Page:
                await Results.Content("<!DOCTYPE html><title>Shop</title>", "text/html").ExecuteAsync(http);
                break;
            case FakeMedusaFault.TooLarge:
                await Results.Content("<html>413 Request Entity Too Large</html>", "text/html", statusCode: 413).ExecuteAsync(http);
                break;
            case FakeMedusaFault.Moved:
                await Results.Redirect("https://www.shop.example/admin/?secret=1").ExecuteAsync(http);
                break;
            default:
                await next(http);
                break;
        }
    }

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
        if ((string?)body["email"] != Email || (string?)body["password"] != Password)
            return Refuse(401, "unauthorized", "Invalid email or password");
        lock (_lock)
        {
            var token = $"token-{++_ids}";
            _tokens.Add("Bearer " + token);
            return Results.Json(new { token });
        }
    }

    private JsonObject? Find(string id)
    {
        lock (_lock)
            return _products.GetValueOrDefault(id)?.DeepClone().AsObject();
    }

    private IResult List(string? order, string? q, int limit = 50, int offset = 0)
    {
        if (order is not (null or "id"))
            return Refuse(400, "invalid_data", "Here they come by id.");
        lock (_lock)
        {
            var found = _products.Values.Where(product => q is null || ((string)product["title"]!).Contains(q, StringComparison.OrdinalIgnoreCase)).ToList();
            if (SortsOtherwise)
                found.Reverse();
            return Results.Json(new JsonObject
            {
                ["products"] = new JsonArray([.. found.Skip(offset).Take(limit).Select(product => product.DeepClone())]), ["count"] = found.Count, ["offset"] = offset, ["limit"] = limit,
            });
        }
    }

    private static IResult Refuse(int status, string type, string message, string? code = null) => Results.Json(
        code is null ? new { type, message } : new { type, code, message }, statusCode: status);
}

public enum FakeMedusaFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>Nothing is done, and nobody answers.</summary>
    DropBefore,

    /// <summary>429 with seven seconds to wait.</summary>
    Busy,

    /// <summary>A page in the place of an answer, with 503.</summary>
    Maintenance,

    /// <summary>A page in the place of an answer, with 200.</summary>
    Page,

    /// <summary>The web server's limit.</summary>
    TooLarge,

    /// <summary>To another host.</summary>
    Moved,
}
