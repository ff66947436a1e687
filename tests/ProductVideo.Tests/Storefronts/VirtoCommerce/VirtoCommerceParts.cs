using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.VirtoCommerce;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.VirtoCommerce;

namespace ProductVideo.Tests.Storefronts.VirtoCommerce;

/// <summary>A connector to a fake platform.</summary>
internal sealed class VirtoCommerceParts : IAsyncDisposable
{
    public FakeVirtoCommerce Fake { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 28, 10, 0, 0, TimeSpan.Zero));

    public VirtoCommerceOptions Options { get; } = new()
    {
        Shop = "virto", ClientId = FakeVirtoCommerce.ClientId, ClientSecret = FakeVirtoCommerce.Secret, Locale = "en-US", StoreUrl = "https://shop.example/product/{slug}",
    };

    public VirtoCommerceStorefront Storefront => field ??= Another();

    /// <summary>As another process has it.</summary>
    public VirtoCommerceStorefront Another() => new(Options, new ShopExchange(new PlainClients(), TimeProvider.System), Clock, NullLogger<VirtoCommerceStorefront>.Instance);

    public static async Task<VirtoCommerceParts> StartAsync()
    {
        var parts = new VirtoCommerceParts();
        await parts.Fake.StartAsync();
        parts.Options.Url = parts.Fake.Address;
        return parts;
    }

    public static ClipToAttach Clip(string key, byte[]? bytes = null)
    {
        bytes ??= new byte[200_000];
        return new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8.04), 1080, 1080,
            "The mug turns once.", _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9], writable: false)));
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
