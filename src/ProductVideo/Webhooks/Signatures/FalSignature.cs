using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ProductVideo.Webhooks.Signatures;

/// <summary>
/// fal's: Ed25519 over request id, user id, timestamp and the hex SHA-256 of the raw body, one a line. Its public keys are published as a
/// JSON web key set, which whoever calls this fetches and keeps for a day at most.
/// </summary>
/// <remarks>The platform has no Ed25519.</remarks>
public static class FalSignature
{
    public const string RequestIdHeader = "X-Fal-Webhook-Request-Id";
    public const string UserIdHeader = "X-Fal-Webhook-User-Id";
    public const string TimestampHeader = "X-Fal-Webhook-Timestamp";
    public const string SignatureHeader = "X-Fal-Webhook-Signature";

    /// <summary>Whether a call is signed with one of the keys and its time is near.</summary>
    /// <param name="call">As it came.</param>
    /// <param name="publicKeys">The <c>x</c> of each key: 32 bytes in base64url. One that is no key fits nothing.</param>
    public static bool Verify(WebhookCall call, params IEnumerable<string> publicKeys)
    {
        if (call.Header(RequestIdHeader) is not { Length: > 0 } request || call.Header(UserIdHeader) is not { } user
            || call.Header(TimestampHeader) is not { } timestamp || call.Header(SignatureHeader) is not { } hex
            || !SignatureText.IsFresh(timestamp, call.ReceivedAt) || hex.Length != 2 * Ed25519.SignatureSize || !hex.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var signature = Convert.FromHexString(hex);
        var message = Encoding.UTF8.GetBytes(
            string.Join('\n', request, user, timestamp, Convert.ToHexStringLower(SHA256.HashData(call.Body.Span))));
        return publicKeys.Any(key => Base64Url.IsValid(key, out var length) && length == Ed25519.PublicKeySize
            && Ed25519.Verify(signature, 0, Base64Url.DecodeFromChars(key), 0, message, 0, message.Length));
    }
}
