using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Data;

namespace ProductVideo.Provenance;

/// <summary>
/// Keeps the installation's own certificates where its clips are, which is what all of its servers share, encrypted by the key ring as shops' passwords are.
/// They are numbered: of servers that make the next one at once the first has made it, and the others use it. One that this key ring doesn't open is
/// passed over, so an installation whose ring was lost goes on with a new one.
/// </summary>
internal sealed class OwnCertificates(IBlobStore blobs, IDataProtectionProvider protection, TimeProvider clock, ILogger<OwnCertificates> log)
{
    private const string Prefix = "signing/own-";
    private const string Media = "application/octet-stream";

    /// <summary>Part of every key: what was encrypted with another name can't be read.</summary>
    private readonly IDataProtector _lock = protection.CreateProtector("ProductVideo.Signing.v1");

    private OwnCertificate? _current;

    /// <summary>The one that signs now; made, or renewed, where it is time.</summary>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    /// <exception cref="CryptographicException">The key ring can't encrypt.</exception>
    public async Task<OwnCertificate> CurrentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_current is { } current && !current.IsDue(clock.GetUtcNow()))
                return current;
            var (newest, kept) = await NewestAsync(cancellationToken);
            // Another server may have renewed it.
            if (newest is not null && !newest.IsDue(clock.GetUtcNow()))
                _current = newest;
            else
                await MakeAsync(newest, kept, cancellationToken);
        }
    }

    private async Task MakeAsync(OwnCertificate? newest, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        if (newest is null && kept.Count > 0)
            log.LogWarning("None of the certificates in {Folder} can be opened with this key ring, so clips are signed with a new one", Prefix);
        var made = newest?.Renew(clock.GetUtcNow()) ?? OwnCertificate.Make(clock.GetUtcNow());
        var number = kept.Count > 0 ? NumberOf(kept[^1]) + 1 : 1;
        using var content = new MemoryStream(_lock.Protect(Encoding.UTF8.GetBytes(Json.Write(made))), writable: false);
        // Whoever was first is read then, if it was not this one.
        if ((await blobs.PutAsync($"{Prefix}{number:d6}.bin", content, Media, PutMode.IfAbsent, cancellationToken)).Written)
            log.LogInformation("A certificate to sign clips with was made: {Number}", number);
    }

    /// <returns>The newest that can be opened, and the keys of all.</returns>
    private async Task<(OwnCertificate? Newest, IReadOnlyList<string> Kept)> NewestAsync(CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        await foreach (var blob in blobs.ListAsync(Prefix, cancellationToken))
            kept.Add(blob.Key);
        foreach (var key in kept.AsEnumerable().Reverse())
        {
            if (await blobs.ReadAsync(key, cancellationToken) is { } locked && Open(locked) is { } own)
                return (own, kept);
        }

        return (null, kept);
    }

    private OwnCertificate? Open(byte[] locked)
    {
        try
        {
            return Json.Read<OwnCertificate>(Encoding.UTF8.GetString(_lock.Unprotect(locked)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static int NumberOf(string key) => int.Parse(key.AsSpan(Prefix.Length, 6), CultureInfo.InvariantCulture);
}
