using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Medusa;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.Medusa;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Tests.Storefronts.Medusa;

/// <summary>A connector to a fake shop.</summary>
internal sealed class MedusaParts : IAsyncDisposable
{
    public const string WebhookSecret = "whsec_bm90aGluZyBpcyBzaWduZWQgd2l0aCB0aGlz";

    public FakeMedusa Fake { get; } = new();

    public MedusaOptions Options { get; } = new()
    {
        Shop = "medusa", ApiKey = FakeMedusa.ApiKey, Currency = "EUR", Locale = "en", WebhookSecret = WebhookSecret, ListingUrl = "https://shop.example/products/{handle}",
    };

    public MedusaStorefront Storefront => field ??= Open(Options);

    public static MedusaStorefront Open(MedusaOptions options) => new(options, new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<MedusaStorefront>.Instance);

    public static async Task<MedusaParts> StartAsync()
    {
        var parts = new MedusaParts();
        await parts.Fake.StartAsync();
        parts.Options.Url = parts.Fake.Address;
        return parts;
    }

    public static ClipToAttach Clip(string key)
    {
        var bytes = new byte[200_000];
        return new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8.5), 1080, 1350,
            "The mug – “Ink” – turns once.", _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9], writable: false)));
    }

    /// <summary>As the plugin signs and sends it.</summary>
    public static WebhookCall Call(string topic, string product)
    {
        var (body, now) = (Encoding.UTF8.GetBytes($$"""{"topic":"{{topic}}","product":"{{product}}"}"""), DateTimeOffset.UtcNow);
        return new(
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                [StandardWebhooks.IdHeader] = "msg_1", [StandardWebhooks.TimestampHeader] = StandardWebhooks.Seconds(now), [StandardWebhooks.SignatureHeader] = StandardWebhooks.Sign("msg_1", now, body, WebhookSecret),
            },
            body, now);
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
