using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>
/// Encrypts what is signed with, each for its endpoint alone: whoever reads a copy of the database can't speak in our name. A secret that an
/// earlier version kept as it is counts until it is encrypted, too.
/// </summary>
internal sealed class EndpointSecrets(IDataProtectionProvider protection)
{
    /// <summary>Part of every key: what was encrypted with another name can't be read.</summary>
    private const string Purpose = "ProductVideo.WebhookSecrets.v1";

    public string Lock(Guid endpoint, string secret) => For(endpoint).Protect(secret);

    /// <returns>null where the key ring does not open it.</returns>
    public string? Open(Guid endpoint, string kept)
    {
        if (IsClear(kept))
            return kept;
        try
        {
            return For(endpoint).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether an earlier version left it as it is.</summary>
    internal static bool IsClear(string kept) => kept.StartsWith(StandardWebhooks.SecretStart, StringComparison.Ordinal);

    private IDataProtector For(Guid endpoint) => protection.CreateProtector(Purpose, endpoint.ToString("n"));
}
