using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.WooCommerce;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

/// <summary>A connector to a fake shop.</summary>
internal sealed class WooCommerceParts : IAsyncDisposable
{
    public FakeWooCommerce Fake { get; } = new();

    public WooCommerceOptions Options { get; } = new()
    {
        Shop = "woo", User = FakeWooCommerce.User, ApplicationPassword = FakeWooCommerce.Password, Currency = "EUR", Locale = "en", WebhookSecret = "whsec-test-1",
    };

    public WooCommerceStorefront Storefront => field ??= new(Options, new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<WooCommerceStorefront>.Instance);

    public static async Task<WooCommerceParts> StartAsync()
    {
        var parts = new WooCommerceParts();
        await parts.Fake.StartAsync();
        parts.Options.Url = parts.Fake.Address;
        return parts;
    }

    public static ClipToAttach Clip(string key, byte[]? bytes = null)
    {
        bytes ??= new byte[200_000];
        return new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8), 1080, 1080,
            "The mug turns once.", _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9], writable: false)));
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
