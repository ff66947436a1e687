using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Security;

/// <summary>Random secrets and the hashes under which they are stored.</summary>
internal static class Secrets
{
    /// <summary>256 random bits in URL-safe letters.</summary>
    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>SHA-256, lower-case hex: enough for secrets of full entropy.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
