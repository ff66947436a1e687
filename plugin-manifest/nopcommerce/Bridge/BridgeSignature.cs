using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Bridge;

/// <summary>
/// How a request to the bridge is signed: HMAC-SHA256, with the secret that the shop made, over what the request asks, when, and the hash of
/// its body. Each carries a nonce, so that none is taken twice.
/// </summary>
public static class BridgeSignature
{
    public const string TimestampHeader = "X-ProductVideo-Timestamp";
    public const string NonceHeader = "X-ProductVideo-Nonce";

    /// <summary>Lower-case hex of the body's SHA-256; of no bytes where there is none.</summary>
    public const string ContentHeader = "X-ProductVideo-Content-SHA256";

    /// <summary>Lower-case hex.</summary>
    public const string SignatureHeader = "X-ProductVideo-Signature";

    /// <summary>Of no bytes.</summary>
    public const string NoContent = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>How far a signed time may lie from the shop's clock, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretStart = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>A secret that nobody can guess; the same signs what the shop tells the service.</summary>
    public static string NewSecret() => SecretStart + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    public static bool IsSecret(string? secret) => KeyOf(secret) is not null;

    /// <returns>null for what is no secret that <see cref="NewSecret"/> makes.</returns>
    public static byte[]? KeyOf(string? secret)
    {
        if (secret is null || !secret.StartsWith(SecretStart, StringComparison.Ordinal))
            return null;
        var key = new byte[SecretBytes];
        return Convert.TryFromBase64String(secret[SecretStart.Length..], key, out var length) && length == SecretBytes ? key : null;
    }

    /// <summary>The value of <see cref="SignatureHeader"/>.</summary>
    /// <param name="key">Of the secret.</param>
    /// <param name="timestamp">Unix seconds.</param>
    /// <param name="nonce">As sent.</param>
    /// <param name="method">In capitals.</param>
    /// <param name="path">Below the bridge's root and with the query, as sent: <c>products?take=50</c>.</param>
    /// <param name="content">The value of <see cref="ContentHeader"/>.</param>
    public static string Sign(byte[] key, string timestamp, string nonce, string method, string path, string content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            key, Encoding.UTF8.GetBytes(string.Join('\n', "productvideo-bridge-v1", timestamp, nonce, method, path, content))));

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="timestamp"/>, in Unix seconds, is near <paramref name="now"/>.</summary>
    public static bool IsFresh(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    /// <summary>Compares in a time that tells nothing of where they differ.</summary>
    public static bool AreSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
