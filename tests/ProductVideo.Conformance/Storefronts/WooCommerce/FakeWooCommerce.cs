using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <summary>
/// A WooCommerce shop with the companion plugin. What it answers has the shape of what a real WooCommerce 11.0.1 answered (the recordings
/// beside it), and it refuses what that refused: consumer keys for files, pages of over 100, videos among the pictures, a delete without force.
/// </summary>
public sealed partial class FakeWooCommerce : IAsyncDisposable
{
    public const string User = "service";
    public const string Password = "abcd EFGH ijkl MNOP qrst UVWX";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, JsonObject> _products = [];
    private readonly SortedDictionary<long, FakeMedia> _media = [];
    private readonly Dictionary<long, List<JsonObject>> _videos = [];
    private readonly Dictionary<long, JsonArray> _variations = [];
    private WebApplication? _app;
    private long _ids = 100;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether the companion plugin is switched on.</summary>
    public bool HasCompanion { get; set; } = true;

    /// <summary>Whether another plugin turns the list round.</summary>
    public bool SortsOtherwise { get; set; }

    /// <summary>What it counts in lists and leaves out of them, as WooCommerce does with a product that some other plugin brought and takes no part in now.</summary>
    public HashSet<long> Unreadable { get; } = [];

    /// <summary>What goes wrong with the next request whose path holds the key, once.</summary>
    public Dictionary<string, FakeShopFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>All files in the media library, the oldest first.</summary>
    public IReadOnlyList<FakeMedia> Media => [.. _media.Values];

    /// <summary>Every request that came, as method and path.</summary>
    public List<string> Requests { get; } = [];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(GuardAsync);
        _app.MapGet("/wp-json/wc/v3/products", List);
        _app.MapGet("/wp-json/wc/v3/products/{id:long}", (long id, string? _fields) => Find(id) is { } product ? Results.Json(Pick(product, _fields)) : Unknown());
        _app.MapGet("/wp-json/wc/v3/products/{id:long}/variations", Variations);
        _app.MapPut("/wp-json/wc/v3/products/{id:long}", (Delegate)EditAsync);
        _app.MapGet("/wp-json/wp/v2/media", (string slug, string? _fields) =>
            Results.Json(new JsonArray([.. Media.Where(one => one.Slug == slug).Select(one => Pick(one.View(Address), _fields))])));
        _app.MapPost("/wp-json/wp/v2/media", (Delegate)UploadAsync);
        _app.MapPost("/wp-json/wp/v2/media/{id:long}", (Delegate)DescribeAsync);
        _app.MapDelete("/wp-json/wp/v2/media/{id:long}", Delete);
        MapCompanion(_app);
        MapWebhooks(_app);
        MapAccess(_app);
        _app.MapGet("/wp-content/uploads/2026/11/{name}", (string name) =>
            Media.FirstOrDefault(one => one.FileName == name) is { } found ? Results.Bytes(found.Bytes, found.MimeType) : Results.NotFound());
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product like the recorded one into the shop.</summary>
    public long Add(string name, Action<JsonObject>? change = null, JsonArray? variations = null)
    {
        var product = Recorded.Body("product-get");
        var id = ++_ids;
        (product["id"], product["name"], product["slug"]) = (id, name, $"product-{id}");
        product["permalink"] = new Uri(Address, $"/product/product-{id}/").AbsoluteUri;
        product["meta_data"] = new JsonArray();
        change?.Invoke(product);
        lock (_lock)
        {
            _products[id] = product;
            if (variations is not null)
            {
                _variations[id] = variations;
                product["variations"] = new JsonArray([.. variations.Select(one => (JsonNode)(long)one!["id"]!)]);
            }
        }

        return id;
    }

    /// <summary>Puts a picture into the media library.</summary>
    /// <returns>As a product's <c>images</c> hold it.</returns>
    public JsonObject AddPicture(string slug, byte[] bytes)
    {
        lock (_lock)
        {
            var media = _media[++_ids] = new FakeMedia(_ids, slug, slug + ".jpg", "image/jpeg", bytes);
            return new JsonObject { ["id"] = media.Id, ["src"] = media.Address(Address), ["alt"] = "", ["date_modified_gmt"] = "2026-11-22T12:46:41" };
        }
    }

    /// <summary>As the merchant does in the admin.</summary>
    public void Edit(long id, Action<JsonObject> change)
    {
        lock (_lock)
        {
            change(_products[id]);
            _products[id]["date_modified_gmt"] = DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture);
        }
    }

    public void Remove(long id)
    {
        lock (_lock)
            _products.Remove(id);
    }

    public string ModifiedAt(long id) => (string)_products[id]["date_modified_gmt"]!;

    public string TitleOf(long id) => (string)_products[id]["name"]!;

    /// <summary>The one video on a product, as the plugin keeps it.</summary>
    public JsonObject VideoOn(long id)
    {
        lock (_lock)
            return VideosOf(id).Single().DeepClone().AsObject();
    }

    /// <summary>The gallery as the shop's page shows it: the pictures, then the clips.</summary>
    public IReadOnlyList<PublicMedia> Gallery(long id)
    {
        lock (_lock)
        {
            return
            [
                .. _products[id]["images"]!.AsArray().Select(image => new PublicMedia(IsVideo: false, (string)image!["src"]!, Bytes: null)),
                .. VideosOf(id).Select(video => new PublicMedia(IsVideo: true, (string)video["source_url"]!, _media[(long)video["media_id"]!].Bytes)),
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value!;
        lock (_lock)
            Requests.Add($"{http.Request.Method} {path}");
        if (!path.StartsWith("/wp-json/", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        if (path == "/wp-json/")
        {
            await next(http);
            return;
        }

        if (http.Request.Headers.Authorization != new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))).ToString())
        {
            await Refuse(401, path.Contains("/media", StringComparison.Ordinal) ? "rest_cannot_create" : "woocommerce_rest_cannot_view", "Sorry, you cannot do that.").ExecuteAsync(http);
            return;
        }

        if (Refusal(path) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        var fault = FakeShopFault.None;
        var key = Faults.Keys.FirstOrDefault(part => $"{http.Request.Method} {path}".Contains(part, StringComparison.Ordinal));
        if (key is not null)
            Faults.Remove(key, out fault);
        await GoneWrongAsync(http, fault, next);
    }

    private async Task GoneWrongAsync(HttpContext http, FakeShopFault fault, RequestDelegate next)
    {
        switch (fault)
        {
            case FakeShopFault.DropAfter:
                // The shop did it, and nobody hears of that.
                var answer = http.Response.Body;
                http.Response.Body = Stream.Null;
                await next(http);
                http.Response.Body = answer;
                http.Abort();
                break;
            case FakeShopFault.Busy:
                http.Response.Headers.RetryAfter = "7";
                await Refuse(429, "too_many_requests", "Slow down.").ExecuteAsync(http);
                break;
            case FakeShopFault.Maintenance:
                await Results.Content("<!DOCTYPE html><title>Maintenance</title>", "text/html", statusCode: 503).ExecuteAsync(http);
                break;
            case FakeShopFault.Warning:
                await Results.Content("<b>Warning</b>: Undefined array key in plugin.php<br />[]", "text/html").ExecuteAsync(http);
                break;
            case FakeShopFault.TooLarge:
                await Results.Content("<html>413 Request Entity Too Large</html>", "text/html", statusCode: 413).ExecuteAsync(http);
                break;
            case FakeShopFault.Firewall:
                await Results.Content("<!DOCTYPE html><title>Request blocked</title>", "text/html", statusCode: 403).ExecuteAsync(http);
                break;
            case FakeShopFault.Moved:
                await Results.Redirect("https://www.shop.example/wp-json/?secret=1").ExecuteAsync(http);
                break;
            case FakeShopFault.Vanished:
                lock (_lock)
                    _products.Clear();
                await next(http);
                break;
            default:
                await next(http);
                break;
        }
    }

    private JsonObject? Find(long id)
    {
        lock (_lock)
            return _products.GetValueOrDefault(id)?.DeepClone().AsObject();
    }

    private IResult List(
        HttpContext http, string? orderby, string? order, string? search, string? modified_after, bool? dates_are_gmt, string? _fields, int per_page = 10, int offset = 0)
    {
        if (per_page is < 1 or > 100)
            return Refuse(400, "rest_invalid_param", "Invalid parameter(s): per_page");
        if (orderby != "id" || order != "asc")
            return Refuse(400, "rest_invalid_param", "Here they come by id.");
        if (modified_after is not null && dates_are_gmt is not true)
            return Refuse(400, "rest_invalid_param", "Nobody knows this shop's time zone.");
        lock (_lock)
        {
            var found = _products.Values.Where(product => search is null || ((string)product["name"]!).Contains(search, StringComparison.OrdinalIgnoreCase))
                // WordPress's dates have one form, so that they sort as texts do.
                .Where(product => modified_after is null || string.CompareOrdinal((string)product["date_modified_gmt"]!, modified_after) > 0).ToList();
            if (SortsOtherwise)
                found.Reverse();
            http.Response.Headers["X-WP-Total"] = found.Count.ToString(CultureInfo.InvariantCulture);
            return Results.Json(new JsonArray([.. found.Skip(offset).Take(per_page).Where(product => !Unreadable.Contains((long)product["id"]!))
                .Select(product => Pick(product.DeepClone().AsObject(), _fields))]));
        }
    }

    private IResult Variations(long id, string? orderby, string? order, string? _fields, int per_page = 10, int offset = 0)
    {
        if (per_page is < 1 or > 100 || orderby != "id" || order != "asc")
            return Refuse(400, "rest_invalid_param", "Invalid parameter(s): per_page");
        lock (_lock)
        {
            var all = (_variations.TryGetValue(id, out var found) ? found : []).OrderBy(one => (long)one!["id"]!);
            return Results.Json(new JsonArray([.. all.Skip(offset).Take(per_page).Select(one => Pick(one!.AsObject(), _fields))]));
        }
    }

    private async Task<IResult> EditAsync(HttpContext http, long id)
    {
        var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
        lock (_lock)
        {
            if (body["images"]?.AsArray().Any(image => (long?)image!["id"] is { } media && _media.TryGetValue(media, out var file) && file.MimeType.StartsWith("video/", StringComparison.Ordinal)) is true)
                return Results.Json(Recorded.Body("product-put-video-in-images"), statusCode: 400);
        }

        Edit(id, product => product["name"] = body["name"]?.DeepClone() ?? product["name"]!.DeepClone());
        return Results.Json(Find(id));
    }

    private async Task<IResult> UploadAsync(HttpContext http)
    {
        if (!ContentDispositionHeaderValue.TryParse(http.Request.Headers.ContentDisposition, out var disposition) || disposition.FileName?.Trim('"') is not { Length: > 0 } name)
            return Refuse(400, "rest_upload_no_content_disposition", "No Content-Disposition supplied.");
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        lock (_lock)
        {
            var slug = Path.GetFileNameWithoutExtension(name);
            for (var i = 2; _media.Values.Any(one => one.Slug == slug); i++)
                slug = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)}-{i}");
            var media = new FakeMedia(++_ids, slug, slug + Path.GetExtension(name), http.Request.ContentType!, bytes.ToArray());
            _media[media.Id] = media;
            return Results.Json(media.View(Address), statusCode: 201);
        }
    }

    private async Task<IResult> DescribeAsync(HttpContext http, long id)
    {
        var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
        lock (_lock)
        {
            if (!_media.TryGetValue(id, out var media))
                return Refuse(404, "rest_post_invalid_id", "Invalid post ID.");
            (media.AltText, media.Post, media.Poster) = ((string?)body["alt_text"], (long?)body["post"], (long?)body["featured_media"]);
            return Results.Json(media.View(Address));
        }
    }

    private IResult Delete(long id, bool force = false)
    {
        if (!force)
            return Refuse(501, "rest_trash_not_supported", "The post does not support trashing. Set 'force=true' to delete.");
        lock (_lock)
            return _media.Remove(id, out var gone) ? Results.Json(new { deleted = true, previous = gone.View(Address) }) : Refuse(404, "rest_post_invalid_id", "Invalid post ID.");
    }

    /// <summary>As <c>_fields</c> does.</summary>
    private static JsonObject Pick(JsonObject whole, string? fields) => fields is null ? whole
        : new JsonObject(fields.Split(',').Where(whole.ContainsKey).Select(name => KeyValuePair.Create(name, whole[name]?.DeepClone())));

    private static IResult Unknown() => Refuse(404, "woocommerce_rest_product_invalid_id", "Invalid ID.");

    private static IResult Refuse(int status, string code, string message) => Results.Json(new { code, message, data = new { status } }, statusCode: status);
}

public enum FakeShopFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>429 with seven seconds to wait.</summary>
    Busy,

    /// <summary>A page in the place of an answer.</summary>
    Maintenance,

    /// <summary>PHP's own words before the answer, with 200.</summary>
    Warning,

    /// <summary>The web server's limit.</summary>
    TooLarge,

    /// <summary>To another host.</summary>
    Moved,

    /// <summary>A firewall's own page, with 403.</summary>
    Firewall,

    /// <summary>The product goes just before.</summary>
    Vanished,
}
