using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <content>The routes of the companion plugin.</content>
public sealed partial class FakeWooCommerce
{
    /// <summary>Whether another process, which found the same poster, puts the next clip on just before, with a video of its own.</summary>
    public bool AnotherIsFirst { get; set; }

    private void MapCompanion(WebApplication app)
    {
        app.MapGet("/wp-json/productvideo/v1/products/{id:long}/videos", (long id) => Companion(id, () =>
            Results.Json(new JsonArray([.. VideosOf(id).Select(video => video.DeepClone())]))));
        app.MapPut("/wp-json/productvideo/v1/products/{id:long}/videos/{key}", async (HttpContext http, long id, string key) =>
        {
            var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
            return Companion(id, () => Put(id, key, body));
        });
        app.MapDelete("/wp-json/productvideo/v1/products/{id:long}/videos/{key}", (long id, string key) => Companion(id, () => TakeOff(id, key), unknown: () => TakeOff(id, key)));
    }

    private List<JsonObject> VideosOf(long id) => _videos.TryGetValue(id, out var videos) ? videos : _videos[id] = [];

    private IResult Companion(long id, Func<IResult> answer, Func<IResult>? unknown = null)
    {
        if (!HasCompanion)
            return Refuse(404, "rest_no_route", "No route was found matching the URL and request method.");
        if (!MayEdit)
            return Refuse(403, "productvideo_forbidden", "This user may not edit that product.");
        lock (_lock)
            return _products.ContainsKey(id) ? answer() : unknown?.Invoke() ?? Refuse(404, "productvideo_unknown_product", "There is no such product.");
    }

    private IResult Put(long id, string key, JsonObject body)
    {
        if (AnotherIsFirst)
        {
            AnotherIsFirst = false;
            var others = body.DeepClone().AsObject();
            others["media_id"] = ++_ids;
            _media[_ids] = new FakeMedia(_ids, key + "-2", key + "-2.mp4", "video/mp4", _media[(long)body["media_id"]!].Bytes);
            Put(id, key, others);
        }

        if (VideosOf(id).FirstOrDefault(one => (string)one["key"]! == key)?.DeepClone().AsObject() is { } there)
        {
            there["was_there"] = true;
            return Results.Json(there);
        }

        if (!_media.TryGetValue((long)body["media_id"]!, out var media) || !media.MimeType.StartsWith("video/", StringComparison.Ordinal))
            return Refuse(400, "productvideo_not_a_video", "media_id is no uploaded video.");
        if (!MayDelete)
            return Refuse(403, "productvideo_keeps_files", "This user may not delete that file, and so not give it.");
        var video = body.DeepClone().AsObject();
        video["key"] = key;
        video["source_url"] = media.Address(Address);
        video["listing_url"] = _products[id]["permalink"]!.DeepClone();
        VideosOf(id).Add(video);
        var answer = video.DeepClone().AsObject();
        answer["was_there"] = false;
        return Results.Json(answer);
    }

    private IResult TakeOff(long id, string key)
    {
        // Of a product that is gone the plugin took them off when it went.
        var there = VideosOf(id).FirstOrDefault(one => (string)one["key"]! == key);
        foreach (var media in there is null ? [] : FilesOf(there))
            _media.Remove(media);
        var removed = there is not null && VideosOf(id).Remove(there);
        var used = _videos.Values.SelectMany(videos => videos).SelectMany(FilesOf).ToHashSet();
        foreach (var (slug, kind) in new[] { (key, "video/"), (key + "-poster", "image/") })
        {
            if (Media.FirstOrDefault(media => media.Slug == slug && media.MimeType.StartsWith(kind, StringComparison.Ordinal)) is { } left && !used.Contains(left.Id))
                _media.Remove(left.Id);
        }

        return Results.Json(new { removed });
    }

    private static IEnumerable<long> FilesOf(JsonObject video) => new[] { (long?)video["media_id"], (long?)video["poster_id"] }.OfType<long>();
}
