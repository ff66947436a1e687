using System.Globalization;

namespace ProductVideo.Webhooks.Signatures;

/// <summary>
/// The scheme of standardwebhooks.com: HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>, sent as <c>v1,{base64}</c>; several signatures
/// stand side by side while a secret is changed.
/// </summary>
public static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What a secret begins with; the rest is base64.</summary>
    public const string SecretStart = "whsec_";

    private const string Version = "v1,";

    /// <summary>The header's value, with one signature for each secret.</summary>
    /// <exception cref="FormatException">A secret is none.</exception>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, params ReadOnlySpan<string> secrets)
    {
        var signatures = new string[secrets.Length];
        for (var i = 0; i < secrets.Length; i++)
            signatures[i] = Version + Signature(secrets[i], id, Seconds(at), body);
        return string.Join(' ', signatures);
    }

    /// <summary>Whether a call is signed with one of the secrets and its time is near.</summary>
    public static bool Verify(WebhookCall call, params IEnumerable<string> secrets) =>
        call.Header(IdHeader) is { Length: > 0 } id && call.Header(TimestampHeader) is { } timestamp && call.Header(SignatureHeader) is { } header
        && SignatureText.IsFresh(timestamp, call.ReceivedAt)
        && secrets.Select(secret => Version + Signature(secret, id, timestamp, call.Body.Span))
            .Any(expected => header.Split(' ').Any(given => SignatureText.AreSame(given, expected)));

    /// <summary>Unix seconds, as the header says them.</summary>
    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Signature(string secret, string id, string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(SignatureText.Hmac(Key(secret), $"{id}.{timestamp}.", body));

    private static byte[] Key(string secret) =>
        Convert.FromBase64String(secret.StartsWith(SecretStart, StringComparison.Ordinal) ? secret[SecretStart.Length..] : secret);
}
