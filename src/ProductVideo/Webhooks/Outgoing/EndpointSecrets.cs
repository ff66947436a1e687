using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>
/// Encrypts what is signed with, each for its endpoint alone: whoever reads a copy of the database can't speak in our name. A secret that an
/// earlier version kept as it is counts until it is encrypted, too.
/// </summary>
public sealed class EndpointSecrets(IDataProtectionProvider protection)
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

    /// <summary>Encrypts what an earlier version left.</summary>
    internal async Task LockClearAsync(ProductVideoDb db, CancellationToken cancellationToken)
    {
        var clear = await db.WebhookEndpoints.AsNoTracking()
            .Where(row => row.Secret.StartsWith(StandardWebhooks.SecretStart) || row.PreviousSecret!.StartsWith(StandardWebhooks.SecretStart)).ToListAsync(cancellationToken);
        foreach (var row in clear)
        {
            var (secret, previous) = (Locked(row, row.Secret), Locked(row, row.PreviousSecret));
            // Only as it was read: a rotation may have come between.
            await db.WebhookEndpoints.Where(now => now.Id == row.Id && now.Secret == row.Secret && now.PreviousSecret == row.PreviousSecret).ExecuteUpdateAsync(
                set => set.SetProperty(now => now.Secret, secret!).SetProperty(now => now.PreviousSecret, previous), cancellationToken);
        }
    }

    private string? Locked(WebhookEndpointRow row, string? secret) => secret is not null && IsClear(secret) ? Lock(row.Id, secret) : secret;

    private static bool IsClear(string kept) => kept.StartsWith(StandardWebhooks.SecretStart, StringComparison.Ordinal);

    private IDataProtector For(Guid endpoint) => protection.CreateProtector(Purpose, endpoint.ToString("n"));
}
