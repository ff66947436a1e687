using System.Collections.Concurrent;
using ProductVideo.Catalog;

namespace ProductVideo.Http;

/// <summary>From where the pictures of a shop may be fetched, by shop key.</summary>
public sealed class ShopDownloads
{
    private const long MaxImageBytes = 20_000_000;

    private readonly ConcurrentDictionary<string, PictureRules> _shops = new(StringComparer.Ordinal);

    /// <summary>Any public host over https, where nothing was set.</summary>
    public PictureRules this[string shop]
    {
        get => _shops.GetValueOrDefault(shop) ?? new PictureRules();
        set => _shops[shop] = value;
    }

    /// <summary>What was set for it holds no more.</summary>
    internal void Forget(string shop) => _shops.TryRemove(shop, out _);

    internal DownloadPolicy ForImagesOf(string shop) => new()
    {
        MaxBytes = MaxImageBytes,
        AllowedHosts = this[shop].Hosts is { Count: > 0 } hosts ? [.. hosts] : null,
        LoopbackAllowed = [.. this[shop].LoopbackAllowed],
        InsideAllowed = [.. this[shop].InsideAllowed],
        AllowHttp = this[shop].AllowHttp,
        ContentTypes = ["image/", "application/octet-stream", "binary/octet-stream"],
    };
}
