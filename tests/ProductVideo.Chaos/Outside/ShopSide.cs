using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Outside;

/// <summary>The shop: adds whatever is uploaded, as shops do, and never looks for copies.</summary>
internal sealed class ShopSide(World world, int seed)
{
    /// <summary>What every listing holds before we come, and must hold after we went.</summary>
    public const string OwnMedia = "own-video";

    private readonly Lock _lock = new();
    private readonly Random _chance = new(seed + 1);
    private readonly Dictionary<string, List<ShopMedia>> _media = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uploads = new(StringComparer.Ordinal);
    private int _ids;

    public IReadOnlyList<ShopMedia> MediaOf(string product)
    {
        lock (_lock)
            return [.. Gallery(product)];
    }

    public IResult Look(HttpContext http, string product)
    {
        var seen = MediaOf(product);
        return world.Trap.Killed("LOOK", World.WorkerOf(http)) ? world.CutOff(http) : Results.Json(seen);
    }

    public async Task<IResult> UploadAsync(HttpContext http, string product)
    {
        var worker = World.WorkerOf(http);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (world.Trap.Killed("P13b", worker))
            return world.CutOff(http);
        var fault = Draw(product);
        world.Ledger.Write("attach", product, http.Request.Headers["X-Key"].ToString(), $"{fault}");
        switch (fault)
        {
            case ShopFault.UnavailableOnce:
                return Results.StatusCode(503);
            case ShopFault.UnauthorisedOnce:
                return Results.StatusCode(401);
            case ShopFault.QuotaOnce:
                http.Response.Headers.RetryAfter = "20";
                return Results.StatusCode(429);
            case ShopFault.ProductDeleted:
                return Results.StatusCode(404);
        }

        await Task.Delay(world.Knobs.AttachTakes);
        var media = Store(product, http.Request.Headers["X-Key"].ToString(), body.ToArray());
        if (world.Trap.Killed("P14", worker) || fault is ShopFault.DropAfterStore)
            return world.CutOff(http);
        return fault is ShopFault.ServerErrorAfterStore ? Results.StatusCode(500) : Results.Json(media);
    }

    public IResult Remove(string product, string id)
    {
        lock (_lock)
            Gallery(product).RemoveAll(media => media.Id == id);
        world.Ledger.Write("detached", product, id);
        return Results.Ok();
    }

    private ShopFault Draw(string product)
    {
        lock (_lock)
        {
            var first = (_uploads[product] = _uploads.GetValueOrDefault(product) + 1) == 1;
            return first && world.Knobs.ShopFaults is { Count: > 0 } faults ? faults[_chance.Next(faults.Count)] : ShopFault.None;
        }
    }

    private ShopMedia Store(string product, string key, byte[] bytes)
    {
        var (task, sound) = world.Films.Read(bytes);
        lock (_lock)
        {
            var media = new ShopMedia($"media-{++_ids}", product, key, task, Convert.ToHexStringLower(SHA256.HashData(bytes)), sound);
            Gallery(product).Add(media);
            world.Ledger.Write("media", product, media.Id, $"key {key} task {task} sound {sound}");
            return media;
        }
    }

    private List<ShopMedia> Gallery(string product)
    {
        if (!_media.TryGetValue(product, out var gallery))
            _media[product] = gallery = [new ShopMedia(OwnMedia, product, "", Task: null, "", Sound: true)];
        return gallery;
    }
}
