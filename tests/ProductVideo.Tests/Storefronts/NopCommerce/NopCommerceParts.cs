using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.NopCommerce;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.NopCommerce;

namespace ProductVideo.Tests.Storefronts.NopCommerce;

/// <summary>A connector to a fake shop.</summary>
internal sealed class NopCommerceParts : IAsyncDisposable
{
    public FakeNopCommerce Fake { get; } = new();

    public NopCommerceOptions Options { get; } = new() { Shop = "nop" };

    public NopCommerceStorefront Storefront => field ??= With(Options.Secret);

    public static async Task<NopCommerceParts> StartAsync()
    {
        var parts = new NopCommerceParts();
        await parts.Fake.StartAsync();
        (parts.Options.Url, parts.Options.Secret) = (parts.Fake.Address, parts.Fake.Secret);
        return parts;
    }

    public NopCommerceStorefront With(string secret, TimeProvider? clock = null) => new(
        new NopCommerceOptions { Shop = "nop", Url = Options.Url, Secret = secret }, new ShopExchange(new PlainClients(), TimeProvider.System), clock ?? TimeProvider.System,
        NullLogger<NopCommerceStorefront>.Instance);

    /// <summary>The shop looks at the first bytes.</summary>
    public static byte[] Mp4(string key, int length = 200_000)
    {
        var bytes = new byte[length];
        new Random(key.Length).NextBytes(bytes);
        System.Text.Encoding.UTF8.GetBytes("\0\0\0\u0018ftypisom" + key).CopyTo(bytes, 0);
        return bytes;
    }

    public static ClipToAttach Clip(string key, byte[]? bytes = null)
    {
        bytes ??= Mp4(key);
        return new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8), 1080, 1080,
            "The mug turns once.", _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9, .. System.Text.Encoding.UTF8.GetBytes(key)], writable: false)));
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
