using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Conformance.Storefronts.Vendure;

/// <summary>
/// A Vendure shop with the plugin, as far as its admin API is asked. It answers as a Vendure 3.7.3 did: refusals with status 200, sessions by
/// a header, a limit that has no code. What is asked is judged by the real one, which passes the same suite.
/// </summary>
public sealed partial class FakeVendure : IAsyncDisposable
{
    public const string User = "service@shop.example";
    public const string Password = "a password of the service";
    public const string ApiKey = "lookup:secret-of-a-key";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, JsonObject> _products = [];
    private readonly List<FakeVendureVideo> _videos = [];
    private readonly List<FakeVendureFile> _files = [];
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private long _ids;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether the plugin is among the shop's.</summary>
    public bool HasPlugin { get; set; } = true;

    /// <summary>Whether <c>authOptions.tokenMethod</c> holds <c>bearer</c>.</summary>
    public bool GivesTokens { get; set; } = true;

    /// <summary><c>assetOptions.uploadMaxFileSize</c>.</summary>
    public long UploadMaxFileSize { get; set; } = 20_971_520;

    /// <summary>Whether <c>assetOptions.permittedFileTypes</c> holds videos.</summary>
    public bool TakesVideo { get; set; } = true;

    /// <summary>Whether the role may upload.</summary>
    public bool MayAttach { get; set; } = true;

    /// <summary>Whether the plugin has a secret to sign with, and a connection.</summary>
    public bool TellsOfChanges { get; set; } = true;

    /// <summary>Whether the list comes in another order than was asked for.</summary>
    public bool SortsOtherwise { get; set; }

    /// <summary><c>moneyStrategy.precision</c>.</summary>
    public int Precision { get; set; } = 2;

    /// <summary>Whether the shop counts pieces of variants that leave it to the settings.</summary>
    public bool TracksInventory { get; set; } = true;

    /// <summary>The shop's languages, the default one first.</summary>
    public List<string> Languages { get; } = ["en", "de"];

    /// <summary>What goes wrong with the next request of an operation, once.</summary>
    public Dictionary<string, FakeVendureFault> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>The operations that came.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The addresses that were asked, with their queries.</summary>
    public List<string> Addresses { get; } = [];

    /// <summary>All files that were uploaded and not deleted.</summary>
    public IReadOnlyList<FakeVendureFile> Files => [.. _files];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/admin-api", (Delegate)AnswerAsync);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Puts a product with two pictures into the shop.</summary>
    public string Add(string name, Action<JsonObject>? change = null)
    {
        lock (_lock)
        {
            var id = ++_ids;
            var text = id.ToString(CultureInfo.InvariantCulture);
            var product = new JsonObject
            {
                ["id"] = text, ["name"] = name, ["slug"] = $"product-{text}", ["description"] = $"<p>{name}, 350 ml, dishwasher safe.</p>", ["enabled"] = true,
                ["featuredAsset"] = Picture($"{text}01"), ["assets"] = new JsonArray(Picture($"{text}01"), Picture($"{text}02")),
                ["facetValues"] = new JsonArray(), ["collections"] = new JsonArray(), ["variants"] = new JsonArray(),
            };
            change?.Invoke(product);
            _products[id] = product;
            return text;
        }
    }

    /// <summary>As an asset of a product.</summary>
    public static JsonObject Picture(string id) => new() { ["id"] = id, ["type"] = "IMAGE", ["source"] = $"http://127.0.0.1/assets/source/{id}.jpg" };

    /// <summary>As the merchant does in the dashboard.</summary>
    public void Edit(string id, Action<JsonObject> change)
    {
        lock (_lock)
            change(_products[Number(id)]);
    }

    public void Remove(string id)
    {
        lock (_lock)
            _products.Remove(Number(id));
    }

    /// <summary>No session is known any more.</summary>
    public void EndSessions()
    {
        lock (_lock)
            _sessions.Clear();
    }

    public string TitleOf(string id) => (string)_products[Number(id)]["name"]!;

    /// <summary>The pictures among the product's assets, then the clips on it.</summary>
    public IReadOnlyList<PublicMedia> Gallery(string id)
    {
        lock (_lock)
        {
            return
            [
                .. _products[Number(id)]["assets"]!.AsArray().Where(asset => (string?)asset!["type"] == "IMAGE").Select(asset => new PublicMedia(IsVideo: false, (string)asset!["source"]!, Bytes: null)),
                .. _videos.Where(video => video.Product == id).Select(video => new PublicMedia(IsVideo: true, video.Clip.Url, video.Clip.Bytes)),
            ];
        }
    }

    /// <summary>The one video on a product.</summary>
    public FakeVendureVideo VideoOn(string id) => _videos.Single(video => video.Product == id);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (body, files) = await ReadAsync(http.Request);
        var query = (string)body["query"]!;
        var operation = Operation().Match(query).Groups["name"].Value;
        FakeVendureFault fault;
        lock (_lock)
        {
            Requests.Add(operation);
            Addresses.Add(http.Request.Path + http.Request.QueryString);
            Faults.Remove(operation, out fault);
        }

        switch (fault)
        {
            case FakeVendureFault.DropAfter:
                Execute(http, query, operation, body["variables"] as JsonObject, files);
                http.Abort();
                break;
            case FakeVendureFault.Busy:
                http.Response.Headers.RetryAfter = "7";
                await Results.Text("Slow down.", statusCode: 429).ExecuteAsync(http);
                break;
            case FakeVendureFault.Maintenance or FakeVendureFault.Page or FakeVendureFault.TooLarge:
                var status = fault switch { FakeVendureFault.Maintenance => 503, FakeVendureFault.Page => 200, _ => 413 };
                await Results.Content("<!DOCTYPE html><title>No shop</title>", "text/html", statusCode: status).ExecuteAsync(http);
                break;
            case FakeVendureFault.Moved:
                await Results.Redirect("https://www.shop.example/admin-api?secret=1").ExecuteAsync(http);
                break;
            default:
                await (fault switch
                {
                    FakeVendureFault.Inside => Refuse(null, "Cannot read properties of undefined"),
                    FakeVendureFault.Forbidden => Refuse("FORBIDDEN", "You are not currently authorized to perform this action"),
                    FakeVendureFault.NoChannel => Refuse("CHANNEL_NOT_FOUND", "No Channel with that token exists"),
                    _ => Execute(http, query, operation, body["variables"] as JsonObject, files),
                }).ExecuteAsync(http);
                break;
        }
    }

    /// <summary>JSON, or GraphQL's form: operations, a map of variables, and the files.</summary>
    private static async Task<(JsonObject Body, Dictionary<string, FakeVendureFile> Files)> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return ((await request.ReadFromJsonAsync<JsonObject>())!, []);
        var form = await request.ReadFormAsync();
        var files = new Dictionary<string, FakeVendureFile>(StringComparer.Ordinal);
        foreach (var (part, variables) in JsonNode.Parse((string)form["map"]!)!.AsObject())
        {
            var file = form.Files.GetFile(part)!;
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            files[(string)variables![0]!] = new FakeVendureFile("", file.FileName, file.ContentType, bytes.ToArray(), "");
        }

        return (JsonNode.Parse((string)form["operations"]!)!.AsObject(), files);
    }

    /// <summary>A product's text in a language that was added under its code; without a word in the default one where it is not there.</summary>
    private static JsonObject In(JsonObject product, string? language)
    {
        if (language is not null && product["translations"]?[language] is JsonObject translation)
        {
            foreach (var (name, text) in translation)
                product[name] = text?.DeepClone();
        }

        product.Remove("translations");
        return product;
    }

    private static IResult Data(string name, JsonNode? value) => Results.Json(new JsonObject { ["data"] = new JsonObject { [name] = value } });

    /// <summary>As Vendure refuses: with 200, unless the document itself is wrong.</summary>
    private static IResult Refuse(string? code, string message, int status = 200)
    {
        var error = new JsonObject { ["message"] = message };
        if (code is not null)
            error["extensions"] = new JsonObject { ["code"] = code };
        return Results.Json(new JsonObject { ["errors"] = new JsonArray(error), ["data"] = null }, statusCode: status);
    }

    private static long Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\A\s*(query|mutation) (?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Operation();
}

/// <summary>An uploaded file.</summary>
/// <param name="Id">Of the asset.</param>
/// <param name="FileName">As it was sent.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Url">Where it is.</param>
public sealed record FakeVendureFile(string Id, string FileName, string ContentType, byte[] Bytes, string Url);

/// <summary>A clip on a product.</summary>
/// <param name="Product">Its id.</param>
/// <param name="Key">Of the clip.</param>
/// <param name="Clip">The MP4.</param>
/// <param name="Poster">Its first picture.</param>
/// <param name="Input">What else was said of it.</param>
public sealed record FakeVendureVideo(string Product, string Key, FakeVendureFile Clip, FakeVendureFile? Poster, JsonObject Input);
