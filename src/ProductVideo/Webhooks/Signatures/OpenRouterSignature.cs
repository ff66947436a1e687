using System.Text;

namespace ProductVideo.Webhooks.Signatures;

/// <summary>OpenRouter's: <c>t={seconds},v1={hex}</c>, HMAC-SHA256 over <c>{t},{body}</c>, with a comma between.</summary>
public static class OpenRouterSignature
{
    public const string Header = "X-OpenRouter-Signature";

    /// <summary>The same for a delivery and all its repetitions.</summary>
    public const string IdHeader = "X-OpenRouter-Idempotency-Key";

    /// <summary>Whether a call is signed with one of the secrets and its time is near.</summary>
    public static bool Verify(WebhookCall call, params IEnumerable<string> secrets)
    {
        if (call.Header(Header) is not { } header)
            return false;
        var parts = header.Split(',').Select(part => part.Trim()).ToList();
        var timestamp = parts.Find(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        return SignatureText.IsFresh(timestamp, call.ReceivedAt)
            && secrets.Select(secret => "v1=" + Convert.ToHexStringLower(SignatureText.Hmac(Encoding.UTF8.GetBytes(secret), timestamp + ",", call.Body.Span)))
                .Any(expected => parts.Exists(given => SignatureText.AreSame(given, expected)));
    }
}
