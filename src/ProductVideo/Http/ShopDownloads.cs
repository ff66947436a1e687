namespace ProductVideo.Http;

/// <summary>From where the pictures of a shop may be fetched, by shop key.</summary>
public sealed class ShopDownloads
{
    private const long MaxImageBytes = 20_000_000;

    private readonly Dictionary<string, ShopDownloadOptions> _shops = new(StringComparer.Ordinal);

    public ShopDownloadOptions this[string shop]
    {
        get => _shops.TryGetValue(shop, out var options) ? options : _shops[shop] = new ShopDownloadOptions();
    }

    internal DownloadPolicy ForImagesOf(string shop) => new()
    {
        MaxBytes = MaxImageBytes,
        AllowedHosts = this[shop].ImageHosts is { Count: > 0 } hosts ? [.. hosts] : null,
        LoopbackAllowed = [.. this[shop].LoopbackAllowed],
        AllowHttp = this[shop].AllowHttp,
        ContentTypes = ["image/", "application/octet-stream", "binary/octet-stream"],
    };
}

/// <summary>One shop's rules for fetching pictures.</summary>
public sealed class ShopDownloadOptions
{
    /// <summary>Host names and their subdomains; empty for any public host.</summary>
    public IList<string> ImageHosts { get; } = [];

    /// <summary><c>host:port</c> of a shop on this machine that is allowed by name.</summary>
    public IList<string> LoopbackAllowed { get; } = [];

    public bool AllowHttp { get; set; }
}
