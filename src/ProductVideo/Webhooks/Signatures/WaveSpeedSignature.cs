using System.Text;

namespace ProductVideo.Webhooks.Signatures;

/// <summary>
/// WaveSpeed's: the headers of Standard Webhooks, but <c>v3,{hex}</c>, and the key is the text after <c>whsec_</c> as it stands, not decoded.
/// </summary>
public static class WaveSpeedSignature
{
    /// <summary>Whether a call is signed with one of the secrets and its time is near.</summary>
    public static bool Verify(WebhookCall call, params IEnumerable<string> secrets) =>
        call.Header(StandardWebhooks.IdHeader) is { Length: > 0 } id && call.Header(StandardWebhooks.TimestampHeader) is { } timestamp
        && call.Header(StandardWebhooks.SignatureHeader) is { } given
        && SignatureText.IsFresh(timestamp, call.ReceivedAt)
        && secrets.Select(secret => "v3," + Convert.ToHexStringLower(SignatureText.Hmac(Key(secret), $"{id}.{timestamp}.", call.Body.Span)))
            .Any(expected => SignatureText.AreSame(given, expected));

    private static byte[] Key(string secret) => Encoding.UTF8.GetBytes(
        secret.StartsWith(StandardWebhooks.SecretStart, StringComparison.Ordinal) ? secret[StandardWebhooks.SecretStart.Length..] : secret);
}
