using System.Globalization;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// What Shopify calls to tell. The signature covers the body alone, so topic and shop are as good as hints. Shopify's coming way of calling
/// leaves the <c>X-</c> off its headers; one table knows both.
/// </summary>
internal static class ShopifyWebhooks
{
    private static readonly Dictionary<string, string[]> _headers = new[] { "Topic", "Hmac-Sha256", "Shop-Domain", "Webhook-Id" }
        .ToDictionary(name => name, name => new[] { $"X-Shopify-{name}", $"Shopify-{name}" }, StringComparer.Ordinal);

    public static IReadOnlyList<string> Headers { get; } = [.. _headers.Values.SelectMany(names => names)];

    public static WebhookVerdict Verify(WebhookCall call, ShopifyOptions options)
    {
        if (!_headers["Hmac-Sha256"].Any(header => BodyHmacSignature.Verify(call, header, options.Secrets)))
            return new WebhookVerdict.Refused("the signature is not made with the app's client secret");
        // One secret signs for all shops of an app.
        if (Header(call, "Shop-Domain") is var shop && !string.Equals(shop, options.Domain, StringComparison.OrdinalIgnoreCase))
            return new WebhookVerdict.Refused($"it is about '{shop}', not about {options.Domain}");
        // What is asked for on behalf of customers names them, and is not to lie about here: we keep nothing of any.
        if (Header(call, "Topic") is "customers/data_request" or "customers/redact")
            return new WebhookVerdict.Ignored("about a customer, of whom nothing is kept here");
        return Header(call, "Webhook-Id") is { Length: > 0 and <= 100 } delivery
            ? new WebhookVerdict.Accepted(delivery) : new WebhookVerdict.Refused("it has no id");
    }

    /// <exception cref="JsonException">The call names no product.</exception>
    public static ShopNews Read(WebhookCall call) => Header(call, "Topic") switch
    {
        "products/create" or "products/update" => new ShopNews.ProductsChanged([ProductOf(call)]),
        "products/delete" => new ShopNews.ProductsRemoved([ProductOf(call)]),
        "app/uninstalled" or "shop/redact" => new ShopNews.Uninstalled(),
        var other => new ShopNews.Other(other ?? ""),
    };

    private static string ProductOf(WebhookCall call) => SnakeJson.Read<Told>(call.Body.Span) is { Id: > 0 and var id }
        ? id.ToString(CultureInfo.InvariantCulture) : throw new JsonException("The call names no product.");

    private static string? Header(WebhookCall call, string name) => _headers[name].Select(call.Header).FirstOrDefault(value => value is not null);

    private sealed record Told(long Id);
}
