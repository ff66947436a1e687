using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Storefronts.VirtoCommerce;

/// <summary>
/// A VirtoCommerce platform with its catalog and assets modules, and as a real one of 3.1039 without a search module: words in a list are
/// answered 500, videos are taken for any owner and as often as they are sent, a file that is gone can't be deleted.
/// </summary>
public sealed partial class FakeVirtoCommerce : IAsyncDisposable
{
    public const string ClientId = "productvideo";
    public const string Secret = "s3cret-of-the-application";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _products = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _made;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether lists can be searched by words.</summary>
    public bool HasSearchModule { get; set; }

    /// <summary>Whether another module turns the list round.</summary>
    public bool SortsOtherwise { get; set; }

    /// <summary>Whether what stands before the platform knows nothing of its interface, and says 404 to all of it.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Permissions that the application lacks.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>What goes wrong with the next request of that method and path, once.</summary>
    public Dictionary<string, FakeVirtoFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>All tokens end just before the next request of that method and path, once.</summary>
    public string? ExpiresBefore { get; set; }

    /// <summary>Every request that came, as method and path.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How many tokens were given.</summary>
    public int TokensGiven { get; private set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(GuardAsync);
        _app.MapPost("/connect/token", (Delegate)TokenAsync);
        _app.MapPost("/api/catalog/listentries", (Delegate)ListAsync);
        _app.MapPost("/api/catalog/products/plenty", async (HttpContext http, string? respGroup) => Results.Json(new JsonArray(
            [.. (await http.Request.ReadFromJsonAsync<List<string>>())!.Select(id => Find(id, respGroup)).OfType<JsonObject>()])));
        MapVideos(_app);
        MapAssets(_app);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product into the shop.</summary>
    /// <returns>Its id.</returns>
    public string Add(string name, Action<JsonObject>? change = null)
    {
        lock (_lock)
        {
            var id = $"{++_made:x8}-0000-4000-8000-000000000000";
            var product = new JsonObject
            {
                ["id"] = id, ["code"] = $"SKU-{_made}", ["name"] = name, ["catalogId"] = "cat-1", ["isActive"] = true, ["productType"] = "Physical", ["path"] = "Kitchen/Mugs",
                ["createdDate"] = DateTime.UnixEpoch.AddDays(20_000).AddSeconds(_made), ["modifiedDate"] = DateTime.UnixEpoch.AddDays(20_000).AddSeconds(_made),
                ["images"] = new JsonArray(Image($"{id}-b.jpg", 2), Image($"{id}-a.jpg", 1)),
                ["reviews"] = new JsonArray(
                    new JsonObject { ["id"] = "r1", ["reviewType"] = "FullReview", ["languageCode"] = "en-US", ["content"] = "<p>Stoneware, 350 ml, dishwasher safe.</p>" },
                    new JsonObject { ["id"] = "r2", ["reviewType"] = "QuickReview", ["languageCode"] = "en-US", ["content"] = "For long mornings." },
                    new JsonObject { ["id"] = "r3", ["reviewType"] = "QuickReview", ["languageCode"] = "de-DE", ["content"] = "Für lange Morgen." }),
                ["properties"] = new JsonArray(Property("Brand", "Product", "Tonwerk"), Property("Material", "Product", "Stoneware")),
                ["variations"] = new JsonArray(),
                ["outlines"] = new JsonArray(Outline("Kitchen", "Mugs")),
                ["seoInfos"] = new JsonArray(new JsonObject { ["semanticUrl"] = $"product-{_made}", ["languageCode"] = "en-US", ["isActive"] = true }),
            };
            change?.Invoke(product);
            _products[id] = product;
            return id;
        }
    }

    /// <summary>A way from the catalog to a product through categories.</summary>
    public static JsonObject Outline(params string[] categories) => new()
    {
        ["items"] = new JsonArray(
        [
            new JsonObject { ["id"] = "cat-1", ["seoObjectType"] = "Catalog", ["name"] = "Master" },
            .. categories.Select(name => new JsonObject { ["id"] = "category-" + name, ["seoObjectType"] = "Category", ["name"] = name }),
            new JsonObject { ["seoObjectType"] = "CatalogProduct", ["name"] = "The product" },
        ]),
    };

    public static JsonObject Image(string name, int sortOrder) => new()
    {
        ["id"] = "image-" + name, ["url"] = "/assets/catalog/" + name, ["relativeUrl"] = "catalog/" + name, ["typeId"] = "Image", ["sortOrder"] = sortOrder,
    };

    public static JsonObject Property(string name, string type, params string[] values) => new()
    {
        ["name"] = name, ["type"] = type, ["valueType"] = "ShortText", ["values"] = new JsonArray([.. values.Select(value => new JsonObject { ["propertyName"] = name, ["value"] = value })]),
    };

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

    public string TitleOf(string id) => (string)_products[id]["name"]!;

    /// <summary>All tokens that were given are refused from now on, as after half an hour.</summary>
    public void ExpireTokens()
    {
        lock (_lock)
            _tokens.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var asked = $"{http.Request.Method} {http.Request.Path}";
        lock (_lock)
            Requests.Add(asked);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            if (IsHidden)
            {
                await Results.Content("<html><title>404 Not Found</title>nginx</html>", "text/html", statusCode: 404).ExecuteAsync(http);
                return;
            }

            if (ExpiresBefore == asked)
            {
                ExpiresBefore = null;
                ExpireTokens();
            }

            var bearer = http.Request.Headers.Authorization.ToString();
            bool known;
            lock (_lock)
                known = bearer.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.Contains(bearer["Bearer ".Length..]);
            if (!known || Denied.Contains(RightFor(asked)))
            {
                // A list without the right to read is answered as if nobody had signed in.
                http.Response.StatusCode = known && !asked.EndsWith("/listentries", StringComparison.Ordinal) ? 403 : 401;
                return;
            }
        }

        Faults.Remove(asked, out var fault);
        await GoneWrongAsync(http, fault, next);
    }

    private static string RightFor(string asked) => asked switch
    {
        "POST /api/catalog/videos" => "catalog:update",
        "DELETE /api/catalog/videos" => "catalog:delete",
        "POST /api/assets" => "platform:asset:create",
        "DELETE /api/assets" => "platform:asset:delete",
        "GET /api/assets" => "platform:asset:read",
        _ => "catalog:read",
    };

    private static async Task GoneWrongAsync(HttpContext http, FakeVirtoFault fault, RequestDelegate next)
    {
        switch (fault)
        {
            case FakeVirtoFault.DropAfter:
                // The shop did it, and nobody hears of that.
                var answer = http.Response.Body;
                http.Response.Body = Stream.Null;
                await next(http);
                http.Response.Body = answer;
                http.Abort();
                break;
            case FakeVirtoFault.Busy:
                http.Response.Headers.RetryAfter = "7";
                http.Response.StatusCode = 429;
                break;
            case FakeVirtoFault.Maintenance:
                await Results.Content("<!DOCTYPE html><title>503</title>", "text/html", statusCode: 503).ExecuteAsync(http);
                break;
            case FakeVirtoFault.Page:
                await Results.Content("<!DOCTYPE html><title>Sign in</title>", "text/html").ExecuteAsync(http);
                break;
            case FakeVirtoFault.TooLarge:
                http.Response.StatusCode = 413;
                break;
            case FakeVirtoFault.Moved:
                await Results.Redirect("https://platform.shop.example/api?secret=1").ExecuteAsync(http);
                break;
            default:
                await next(http);
                break;
        }
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials")
            return Results.Json(new { error = "unsupported_grant_type" }, statusCode: 400);
        if (form["client_id"] != ClientId || form["client_secret"] != Secret)
            return Results.Json(new { error = "invalid_client", error_description = "The specified client credentials are invalid." }, statusCode: 401);
        lock (_lock)
        {
            var token = string.Create(CultureInfo.InvariantCulture, $"token-{++TokensGiven}");
            _tokens.Add(token);
            return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 1800 });
        }
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var criteria = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
        var (skip, take) = ((int?)criteria["skip"] ?? 0, (int?)criteria["take"] ?? 20);
        var catalogs = criteria["catalogIds"]?.AsArray().Select(id => (string)id!).ToList();
        lock (_lock)
        {
            var found = _products.Values.Where(product => catalogs is null || catalogs.Contains((string)product["catalogId"]!, StringComparer.Ordinal));
            if ((string?)criteria["keyword"] is { Length: > 0 } words)
            {
                if (!HasSearchModule)
                    return Results.Json(new { message = "Unable to resolve service for type 'ISearchProvider'." }, statusCode: 500);
                // By the index: categories first, the best product first, whatever order or kind was asked for.
                var best = found.Where(product => ((string)product["name"]!).Contains(words, StringComparison.OrdinalIgnoreCase)).Reverse().Select(Entry);
                return Entries([new JsonObject { ["id"] = "category-1", ["type"] = "category", ["name"] = "Kitchen" }, .. best], skip, take);
            }

            var sorted = (string?)criteria["sort"] is "createdDate:asc" && !SortsOtherwise ? found.OrderBy(product => (DateTime)product["createdDate"]!)
                : found.OrderByDescending(product => (string)product["name"]!, StringComparer.Ordinal);
            return Entries([.. sorted.ThenBy(product => (string)product["id"]!, StringComparer.Ordinal).Select(Entry)], skip, take);
        }
    }

    private static IResult Entries(IReadOnlyList<JsonObject> all, int skip, int take)
    {
        var page = all.Skip(skip).Take(take).ToList();
        return Results.Json(new JsonObject
        {
            ["totalCount"] = all.Count, ["results"] = new JsonArray([.. page]), ["listEntries"] = new JsonArray([.. page.Select(entry => entry.DeepClone())]),
        });
    }

    private static JsonObject Entry(JsonObject product) => new()
    {
        ["type"] = "product", ["id"] = product["id"]!.DeepClone(), ["name"] = product["name"]!.DeepClone(), ["code"] = product["code"]!.DeepClone(),
        ["isActive"] = product["isActive"]!.DeepClone(), ["createdDate"] = product["createdDate"]!.DeepClone(),
    };

    private JsonObject? Find(string id, string? respGroup)
    {
        lock (_lock)
        {
            if (!_products.TryGetValue(id, out var product))
                return null;
            var view = product.DeepClone().AsObject();
            foreach (var (part, member) in new[] { ("ItemAssets", "images"), ("ItemEditorialReviews", "reviews"), ("Variations", "variations"), ("Seo", "seoInfos"), ("Outlines", "outlines") })
            {
                if (respGroup?.Split(',').Contains(part, StringComparer.Ordinal) is false)
                    view.Remove(member);
            }

            return view;
        }
    }
}

public enum FakeVirtoFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>429 with seven seconds to wait.</summary>
    Busy,

    /// <summary>A page in the place of an answer.</summary>
    Maintenance,

    /// <summary>A page with 200.</summary>
    Page,

    /// <summary>The web server's limit.</summary>
    TooLarge,

    /// <summary>To another host.</summary>
    Moved,
}
