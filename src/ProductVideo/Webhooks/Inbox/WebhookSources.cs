using ProductVideo.Catalog;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Webhooks.Inbox;

/// <summary>Who may call: the configured providers and shops that can sign what they send.</summary>
internal sealed class WebhookSources(VideoProviders providers, Shops shops)
{
    public const string Provider = "provider";
    public const string Shop = "shop";

    private readonly Dictionary<string, WebhookSource> _providers = providers.All
        .SelectMany(provider => provider is IVideoWebhook webhook
            ? new[] { new WebhookSource($"{Provider}/{provider.Key}", provider.Key, webhook.Headers, webhook.VerifyAsync, webhook, Shop: null) } : [])
        .ToDictionary(source => source.Name, StringComparer.Ordinal);

    /// <summary>The source at <c>/webhooks/{kind}/{key}</c>; null if nobody there can call.</summary>
    public WebhookSource? Find(string kind, string key) => Find($"{kind}/{key}");

    internal WebhookSource? Find(string name) =>
        name.StartsWith(Shop + "/", StringComparison.Ordinal) ? OfShop(name[(Shop.Length + 1)..]) : _providers.GetValueOrDefault(name);

    /// <summary>Asked each time: shops are connected and taken away while the product runs.</summary>
    private WebhookSource? OfShop(string key) =>
        shops.Find(key) is IStorefrontWebhook webhook ? new WebhookSource($"{Shop}/{key}", key, webhook.Headers, webhook.VerifyAsync, Provider: null, webhook) : null;
}

/// <summary>One who may call.</summary>
/// <param name="Name"><c>provider/{key}</c> or <c>shop/{key}</c>, as rows name it.</param>
/// <param name="Key">The provider's or the shop's key.</param>
/// <param name="Headers">What is kept of a call's headers.</param>
/// <param name="VerifyAsync">Checks a call.</param>
/// <param name="Provider">Reads it, if a provider called.</param>
/// <param name="Shop">Reads it, if a shop called.</param>
internal sealed record WebhookSource(
    string Name, string Key, IReadOnlyList<string> Headers, Func<WebhookCall, CancellationToken, ValueTask<WebhookVerdict>> VerifyAsync,
    IVideoWebhook? Provider, IStorefrontWebhook? Shop);
