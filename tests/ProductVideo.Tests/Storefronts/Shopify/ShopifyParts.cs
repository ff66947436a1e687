using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Exchange;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.Shopify;

namespace ProductVideo.Tests.Storefronts.Shopify;

/// <summary>A connector to a fake shop.</summary>
internal sealed class ShopifyParts : IAsyncDisposable
{
    public FakeShopify Fake { get; } = new();

    public ImpatientClock Clock { get; } = new();

    public IKeepShopTokens Tokens { get; set; } = new MemoryShopTokens();

    public ShopifyOptions Options { get; } = new()
    {
        Shop = "tonwerk", Url = new Uri($"https://{FakeShopify.Domain}"), ClientId = FakeShopify.ClientId, ClientSecret = FakeShopify.ClientSecret, Locale = "en",
        AdminMayOrder = true,
    };

    public ShopifyStorefront Storefront => field ??= Open(Options);

    public static async Task<ShopifyParts> StartAsync()
    {
        var parts = new ShopifyParts();
        await parts.Fake.StartAsync();
        parts.Options.Address = parts.Fake.Address;
        return parts;
    }

    /// <summary>Another process at the same shop.</summary>
    public ShopifyStorefront Open(ShopifyOptions options) =>
        new(options, new ShopExchange(new PlainClients(), TimeProvider.System), Tokens, Clock, NullLogger<ShopifyStorefront>.Instance);

    public static ClipToAttach Clip(string key, byte[]? bytes = null)
    {
        bytes ??= new byte[200_000];
        return new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8), 1080, 1080,
            "The mug turns once.", _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)), OpenPoster: null);
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
