using System.Security.Cryptography;

namespace ProductVideo.Pipeline;

/// <summary>Unguessable names for claims and folders.</summary>
internal static class Nonce
{
    /// <summary>26 characters of <c>[a-z0-9]</c>, over 128 random bits.</summary>
    public static string New() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 26);
}
