namespace ProductVideo.Webhooks.Signatures;

/// <summary>
/// Base64 of the HMAC-SHA256 of the raw body alone. Nothing in it says when or for which delivery it was made, so an old call can be sent
/// again by whoever saw it: unique deliveries, and that a call is only a hint, make that harmless.
/// </summary>
public static class BodyHmacSignature
{
    /// <summary>Shopify's, keyed with the app's client secret.</summary>
    public const string ShopifyHeader = "X-Shopify-Hmac-Sha256";

    /// <summary>WooCommerce's, keyed with the webhook's secret.</summary>
    public const string WooCommerceHeader = "X-WC-Webhook-Signature";

    /// <summary>Whether <paramref name="header"/> of the call is made with one of the secrets.</summary>
    public static bool Verify(WebhookCall call, string header, params IEnumerable<string> secrets) =>
        call.Header(header) is { } given && secrets.Any(secret => SignatureText.AreSame(given, Sign(call.Body.Span, secret)));

    /// <summary>The header's value.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret) =>
        Convert.ToBase64String(SignatureText.Hmac(System.Text.Encoding.UTF8.GetBytes(secret), "", body));
}
