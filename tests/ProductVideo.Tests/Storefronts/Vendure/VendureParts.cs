using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Vendure;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.Vendure;

namespace ProductVideo.Tests.Storefronts.Vendure;

/// <summary>A connector to a fake shop.</summary>
internal sealed class VendureParts : IAsyncDisposable
{
    public FakeVendure Fake { get; } = new();

    public VendureOptions Options { get; } = new()
    {
        Shop = "vendure", User = FakeVendure.User, Password = FakeVendure.Password, ShopUrl = "https://shop.example/product/{slug}",
        WebhookSecret = "whsec_" + Convert.ToBase64String("a secret for tests"u8),
    };

    public VendureStorefront Storefront => field ??= Connect(Options);

    public static VendureStorefront Connect(VendureOptions options) =>
        new(options, new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<VendureStorefront>.Instance);

    public static async Task<VendureParts> StartAsync()
    {
        var parts = new VendureParts();
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
