using System.Text;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Tests.Storefronts.Shopify;

/// <summary>Calls as Shopify sends them.</summary>
internal static class ShopifyCalls
{
    public static WebhookCall Make(string topic, string body, string secret = FakeShopify.ClientSecret, string prefix = "X-Shopify-", string shop = FakeShopify.Domain) => new(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [prefix + "Topic"] = topic, [prefix + "Shop-Domain"] = shop, [prefix + "Webhook-Id"] = "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
            [prefix + "Hmac-Sha256"] = BodyHmacSignature.Sign(Encoding.UTF8.GetBytes(body), secret),
        },
        Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow);
}
