using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Webhooks.Signatures;

/// <summary>What every signature scheme does with text that a stranger sent.</summary>
internal static class SignatureText
{
    /// <summary>How far a signed time may lie from ours, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether <paramref name="timestamp"/>, in Unix seconds, is near <paramref name="now"/>; both edges are inside.</summary>
    public static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    /// <summary>Compares in a time that tells nothing of where they differ.</summary>
    public static bool AreSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    /// <summary>HMAC-SHA256 over <paramref name="before"/> and the raw body.</summary>
    public static byte[] Hmac(ReadOnlySpan<byte> key, string before, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(before));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
