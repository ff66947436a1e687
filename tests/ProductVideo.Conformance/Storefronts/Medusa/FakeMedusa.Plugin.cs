using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.Medusa;

/// <content>The routes of the plugin.</content>
public sealed partial class FakeMedusa
{
    private const string Videos = "/admin/product-video/products/{id}/videos";

    private void MapPlugin(WebApplication app)
    {
        app.MapGet("/admin/product-video/status", () => HasPlugin ? Results.Json(new { version = "1.0.0", connected = IsConnected, tells_changes = IsConnected }) : NoRoute());
        app.MapGet(Videos, (string id) => Plugin(id, () => Results.Json(new JsonObject
        {
            ["handle"] = _products[id]["handle"]!.DeepClone(), ["videos"] = new JsonArray([.. VideosOf(id).Select(video => video.DeepClone())]),
        })));
        app.MapPut(Videos + "/{key}", (Delegate)PutAsync);
        app.MapDelete(Videos + "/{key}", (string id, string key) => Plugin(id, () => TakeOff(id, key), unknown: () => Results.Json(new { removed = false })));
    }

    private async Task<IResult> PutAsync(HttpContext http, string id, string key)
    {
        var form = await http.Request.ReadFormAsync();
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            files[file.Name] = bytes.ToArray();
        }

        return Plugin(id, () => Put(id, key, form, files));
    }

    private IResult Put(string id, string key, IFormCollection form, Dictionary<string, byte[]> files)
    {
        if (VideosOf(id).FirstOrDefault(one => (string)one["key"]! == key) is { } there)
            return Results.Json(new JsonObject { ["video"] = there.DeepClone(), ["was_there"] = true });
        if (!files.TryGetValue("clip", out var clip) || !int.TryParse(form["width"], CultureInfo.InvariantCulture, out var width) || !int.TryParse(form["height"], CultureInfo.InvariantCulture, out var height)
            || !double.TryParse(form["seconds"], CultureInfo.InvariantCulture, out var seconds) || seconds <= 0)
            return Refuse(400, "invalid_data", "A field is missing.", "product_video_invalid");
        var video = new JsonObject
        {
            ["key"] = key, ["mime"] = "video/mp4", ["width"] = width, ["height"] = height, ["seconds"] = seconds, ["alt"] = form["alt"].ToString(), ["made_with_ai"] = form["made_with_ai"] == "true",
        };
        (video["file"], video["url"]) = Store($"{key}.mp4", clip);
        if (files.TryGetValue("poster", out var poster))
            (video["poster_file"], video["poster"]) = Store($"{key}-poster.jpg", poster);
        VideosOf(id).Add(video);
        return Results.Json(new JsonObject { ["video"] = video.DeepClone(), ["was_there"] = false });
    }

    /// <summary>Medusa puts the time before the name, so that the same file sent twice is two.</summary>
    private (string File, string Url) Store(string name, byte[] bytes)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"{1_795_873_709_769 + ++_ids}-{name}");
        Files[file] = bytes;
        return (file, new Uri(Address, $"/static/{file}").AbsoluteUri);
    }

    private IResult TakeOff(string id, string key)
    {
        if (VideosOf(id).FirstOrDefault(one => (string)one["key"]! == key) is not { } there)
            return Results.Json(new { removed = false });
        VideosOf(id).Remove(there);
        foreach (var file in new[] { (string?)there["file"], (string?)there["poster_file"] }.OfType<string>())
            Files.Remove(file);
        return Results.Json(new { removed = true });
    }

    private List<JsonObject> VideosOf(string id) => _videos.TryGetValue(id, out var videos) ? videos : _videos[id] = [];

    private IResult Plugin(string id, Func<IResult> answer, Func<IResult>? unknown = null)
    {
        if (!HasPlugin)
            return NoRoute();
        lock (_lock)
            return _products.ContainsKey(id) ? answer() : unknown?.Invoke() ?? Refuse(404, "not_found", "There is no such product.", "product_video_unknown_product");
    }

    private static IResult NoRoute() => Results.Content("<!DOCTYPE html><pre>Cannot GET /admin/product-video</pre>", "text/html", statusCode: 404);
}
