using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Catalog;

/// <summary>Tells the answer that was asked for from one that somebody else made up.</summary>
public static class HandOverState
{
    /// <summary>32 random bytes in lower-case hex.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether it is the one that was kept; takes equally long whatever is wrong with it.</summary>
    public static bool IsThat(string kept, string? came) =>
        kept.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(kept)), SHA256.HashData(Encoding.UTF8.GetBytes(came ?? "")));
}
