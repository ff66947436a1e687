using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.VirtoCommerce;

/// <content>The assets module with its files on disk.</content>
public sealed partial class FakeVirtoCommerce
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>What may be stored, by extension.</summary>
    public HashSet<string> Extensions { get; } = new(StringComparer.OrdinalIgnoreCase) { ".mp4", ".jpg", ".png" };

    /// <summary>Everything that is stored, by its path, for example <c>catalog/mug.jpg</c>.</summary>
    public IReadOnlyList<string> Files
    {
        get
        {
            lock (_lock)
                return [.. _files.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>As the merchant does in the admin.</summary>
    public void AddFile(string path, byte[] bytes)
    {
        lock (_lock)
            _files[path] = bytes;
    }

    private void MapAssets(WebApplication app)
    {
        app.MapGet("/api/assets", (string? folderUrl) =>
        {
            lock (_lock)
            {
                var inside = _files.Where(file => file.Key.StartsWith(folderUrl + "/", StringComparison.Ordinal) && !file.Key[(folderUrl!.Length + 1)..].Contains('/', StringComparison.Ordinal));
                return Results.Json(new JsonObject
                {
                    ["totalCount"] = inside.Count(),
                    ["results"] = new JsonArray([.. inside.Select(file => new JsonObject
                    {
                        ["type"] = "blob", ["name"] = Path.GetFileName(file.Key), ["url"] = Url(file.Key), ["relativeUrl"] = "/" + file.Key, ["size"] = file.Value.Length,
                    })]),
                });
            }
        });
        app.MapPost("/api/assets", UploadAsync);
        app.MapDelete("/api/assets", (string[]? urls) =>
        {
            if (urls is null or [])
                return Results.Text("Please, specify at least one asset URL to delete.", statusCode: 400);
            lock (_lock)
                return urls.All(url => _files.Remove(PathOf(url))) ? Results.NoContent() : Results.Json(new { message = "Could not find file." }, statusCode: 500);
        });
        app.MapGet("/assets/{**path}", (string path) => _files.TryGetValue(path, out var bytes)
            ? Results.Bytes(bytes, path.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4" : "image/jpeg", enableRangeProcessing: true) : Results.NotFound());
    }

    private async Task<IResult> UploadAsync(HttpContext http, string? folderUrl)
    {
        if (http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is not true)
            return Results.Text($"Expected a multipart request, but got {http.Request.ContentType}", statusCode: 400);
        if ((await http.Request.ReadFormAsync()).Files is not [{ } file, ..])
            return Results.Json(new JsonArray());
        if (!Extensions.Contains(Path.GetExtension(file.FileName)))
            return Results.Json(new { message = $"File extension {Path.GetExtension(file.FileName)} is not allowed. Please contact administrator." }, statusCode: 405);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var path = $"{folderUrl}/{file.FileName}";
        lock (_lock)
            _files[path] = bytes.ToArray();
        return Results.Json(new JsonArray(new JsonObject { ["name"] = file.FileName, ["relativeUrl"] = path, ["url"] = Url(path), ["contentType"] = file.ContentType }));
    }

    private string Url(string path) => new Uri(Address, "/assets/" + path).AbsoluteUri;

    private static string PathOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? Uri.UnescapeDataString(address.AbsolutePath)["/assets/".Length..] : url.TrimStart('/');
}
