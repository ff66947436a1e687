using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.VirtoCommerce;

/// <content>The catalog module's rows of videos.</content>
public sealed partial class FakeVirtoCommerce
{
    private static readonly string[] Required = ["name", "description", "thumbnailUrl", "contentUrl", "languageCode", "ownerId", "ownerType"];

    private readonly List<JsonObject> _videos = [];

    /// <summary>Another process makes the same row just before ours, once.</summary>
    public bool HasRival { get; set; }

    /// <summary>All rows, of all products.</summary>
    public IReadOnlyList<JsonObject> Videos
    {
        get
        {
            lock (_lock)
                return [.. _videos.Select(video => video.DeepClone().AsObject())];
        }
    }

    /// <summary>As the merchant does in the admin.</summary>
    public void AddVideo(string productId, string address)
    {
        lock (_lock)
        {
            Keep(new JsonObject
            {
                ["name"] = "The maker speaks", ["description"] = "An interview.", ["sortOrder"] = 3, ["thumbnailUrl"] = "https://img.example/1.jpg", ["contentUrl"] = address, ["embedUrl"] = address,
                ["languageCode"] = "en-US", ["ownerId"] = productId, ["ownerType"] = "Product",
            });
        }
    }

    /// <summary>The gallery as the storefront shows it: the pictures, then the videos, each in its order. It plays what is at <c>embedUrl</c>.</summary>
    public IReadOnlyList<PublicMedia> Gallery(string productId)
    {
        lock (_lock)
        {
            return
            [
                .. _products[productId]["images"]!.AsArray().OrderBy(image => (int)image!["sortOrder"]!).Select(image => new PublicMedia(IsVideo: false, (string)image!["url"]!, Bytes: null)),
                .. _videos.Where(video => (string?)video["ownerId"] == productId).OrderBy(video => (int)video["sortOrder"]!).Select(video => new PublicMedia(
                    IsVideo: true, (string?)video["embedUrl"] ?? "", _files.GetValueOrDefault(PathOf((string?)video["embedUrl"] ?? "")))),
            ];
        }
    }

    private void MapVideos(WebApplication app)
    {
        app.MapPost("/api/catalog/videos/search", async (HttpContext http) =>
        {
            var criteria = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
            var owners = criteria["ownerIds"]?.AsArray().Select(id => (string)id!).ToList() ?? [];
            lock (_lock)
            {
                var found = _videos.Where(video => owners.Contains((string)video["ownerId"]!, StringComparer.Ordinal) && (string?)criteria["ownerType"] == (string?)video["ownerType"])
                    .OrderBy(video => (int)video["sortOrder"]!).ThenBy(video => (string)video["name"]!, StringComparer.Ordinal).ToList();
                return Results.Json(new JsonObject
                {
                    ["totalCount"] = found.Count,
                    ["results"] = new JsonArray([.. found.Skip((int?)criteria["skip"] ?? 0).Take((int?)criteria["take"] ?? 20).Select(video => video.DeepClone())]),
                });
            }
        });
        app.MapPost("/api/catalog/videos", async (HttpContext http) =>
        {
            var rows = (await http.Request.ReadFromJsonAsync<JsonArray>())!.Select(row => row!.AsObject()).ToList();
            // What the database does not hold is no refusal in words.
            if (rows.Any(row => Required.Any(name => string.IsNullOrEmpty((string?)row[name])) || ((string)row["languageCode"]!).Length > 5 || ((string?)row["duration"])?.Length > 20))
                return Results.Json(new { message = "An error occurred while saving the entity changes." }, statusCode: 500);
            lock (_lock)
            {
                if (HasRival && rows.Count > 0)
                {
                    HasRival = false;
                    Keep(rows[0].DeepClone().AsObject());
                }

                return Results.Json(new JsonArray([.. rows.Select(row => Keep(row.DeepClone().AsObject()).DeepClone())]));
            }
        });
        app.MapDelete("/api/catalog/videos", (string[]? ids) =>
        {
            lock (_lock)
                _videos.RemoveAll(video => ids?.Contains((string)video["id"]!, StringComparer.Ordinal) is true);
            return Results.NoContent();
        });
    }

    /// <summary>As another program, or an earlier version, writes one that is there.</summary>
    public void EditVideo(string id, Action<JsonObject> change)
    {
        lock (_lock)
            change(_videos.Single(video => (string?)video["id"] == id));
    }

    /// <summary>A row whose id is there already is written over.</summary>
    private JsonObject Keep(JsonObject row)
    {
        if ((string?)row["id"] is { } id && _videos.FindIndex(video => (string?)video["id"] == id) is >= 0 and var place)
            return _videos[place] = row;
        row["id"] = string.Create(CultureInfo.InvariantCulture, $"video-{++_made}");
        row["createdDate"] = DateTime.UnixEpoch.AddDays(20_000).AddSeconds(_made);
        row["sortOrder"] ??= 0;
        _videos.Add(row);
        return row;
    }
}
