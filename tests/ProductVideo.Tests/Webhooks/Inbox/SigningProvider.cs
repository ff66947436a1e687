using System.Collections.Concurrent;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Inbox;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Tests.Webhooks.Inbox;

/// <summary>The scripted provider, with calls after Standard Webhooks and two live secrets.</summary>
internal sealed class SigningProvider(ScriptedProvider inner) : IVideoProvider, IVideoWebhook
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    public const string OldSecret = "whsec_MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    /// <summary>How often a body was looked into; none may be before its signature was right.</summary>
    public int Reads { get; private set; }

    /// <summary>Instead of checking; to play a key server that is away.</summary>
    public WebhookVerdict? Verdict { get; set; }

    public IReadOnlyList<string> Headers => ["webhook-id"];

    public string Key => inner.Key;

    public string DisplayName => inner.DisplayName;

    public IReadOnlyList<string> Models => inner.Models;

    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult(Verdict
        ?? (StandardWebhooks.Verify(call, Secret, OldSecret) ? new WebhookVerdict.Accepted(call.Header("webhook-id")!) : new WebhookVerdict.Refused("signature")));

    public string? Read(WebhookCall call)
    {
        Reads++;
        return JsonDocument.Parse(call.Body).RootElement.TryGetProperty("id", out var id) ? id.GetString() : null;
    }

    public ProviderCapabilities Capabilities(string model) => inner.Capabilities(model);

    public PriceEstimate EstimatePrice(VideoRequest request) => inner.EstimatePrice(request);

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
        inner.StartAsync(request, intent, cancellationToken);

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) => inner.CheckAsync(operation, cancellationToken);
}

/// <summary>A shop that signs the raw body as WooCommerce does, and pings unsigned when its webhook is made.</summary>
internal sealed class SigningShop(MemoryShop inner) : IStorefront, IStorefrontWebhook
{
    public const string Secret = "shop-secret";

    public IReadOnlyList<string> Headers => ["X-WC-Webhook-Topic"];

    public string Shop => inner.Shop;

    public string DisplayName => inner.DisplayName;

    public StorefrontCapabilities Capabilities => inner.Capabilities;

    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult<WebhookVerdict>(
        call.Body.Span.StartsWith("webhook_id="u8) ? new WebhookVerdict.Ignored("ping")
        : BodyHmacSignature.Verify(call, BodyHmacSignature.WooCommerceHeader, Secret) ? new WebhookVerdict.Accepted(call.Header("X-WC-Webhook-Delivery-ID") ?? "none")
        : new WebhookVerdict.Refused("signature"));

    public ShopNews Read(WebhookCall call) => call.Header("X-WC-Webhook-Topic") switch
    {
        "product.updated" => new ShopNews.ProductsChanged([JsonDocument.Parse(call.Body).RootElement.GetProperty("id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)]),
        var topic => new ShopNews.Other(topic ?? "none"),
    };

    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => inner.ReadAsync(productId, cancellationToken);

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) => inner.AttachAsync(productId, clip, cancellationToken);

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => inner.DetachAsync(productId, attachKey, cancellationToken);
}

/// <summary>Writes down what it hears, and fails as often as a test says.</summary>
internal sealed class NoteTaker : IHearShops
{
    public ConcurrentQueue<string> Heard { get; } = [];

    public int Failures { get; set; }

    /// <summary>Until this has come to its end, nothing is heard.</summary>
    public Task Hearing { get; set; } = Task.CompletedTask;

    public async Task HearAsync(ProductVideoDb db, string shop, ShopNews news, CancellationToken cancellationToken)
    {
        await Hearing.WaitAsync(cancellationToken);
        if (Failures-- > 0)
            throw new InvalidOperationException("The listener stumbled.");
        Heard.Enqueue($"{shop}: {(news is ShopNews.ProductsChanged changed ? string.Join(',', changed.ProductIds) : news.GetType().Name)}");
    }
}
