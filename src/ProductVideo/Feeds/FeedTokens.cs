using System.Security.Cryptography;
using System.Text;
using ProductVideo.Blobs;
using ProductVideo.Security;

namespace ProductVideo.Feeds;

/// <summary>
/// The unguessable part of a shop's feed addresses: 256 random bits, kept in the blob store, which all nodes share and which is backed up
/// with the rest. Whoever has it reads where published clips are, which shoppers see anyway; so it is kept as it is.
/// </summary>
internal sealed class FeedTokens(IBlobStore blobs)
{
    private const string ContentType = "application/octet-stream";

    /// <summary>The shop's, made now if it has none. Two nodes that make one at once end with the same.</summary>
    public async Task<string> GetAsync(string shop, CancellationToken cancellationToken)
    {
        if (await FindAsync(shop, cancellationToken) is { } token)
            return token;
        await PutAsync(shop, PutMode.IfAbsent, cancellationToken);
        return await FindAsync(shop, cancellationToken) ?? throw new BlobStoreException(
            "The addresses of the feeds can't be made because the storage does not keep what is written. Show this to whoever looks after the installation.",
            $"Blob {Key(shop)} was written and is not there.");
    }

    /// <summary>Makes another; addresses with the old one lead nowhere from now on.</summary>
    public Task RenewAsync(string shop, CancellationToken cancellationToken) => PutAsync(shop, PutMode.Replace, cancellationToken);

    /// <summary>Takes as long for a wrong token as for the right one, and as long for a shop that has none.</summary>
    public async Task<bool> IsAsync(string shop, string token, CancellationToken cancellationToken)
    {
        var right = BlobKey.IsValid(Key(shop)) ? await FindAsync(shop, cancellationToken) : null;
        return CryptographicOperations.FixedTimeEquals(Hash(token), Hash(right ?? Secrets.New())) && right is not null;
    }

    private async Task<string?> FindAsync(string shop, CancellationToken cancellationToken)
    {
        await using var stored = await blobs.OpenAsync(Key(shop), cancellationToken);
        if (stored is null)
            return null;
        using var reader = new StreamReader(stored, Encoding.ASCII);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private async Task PutAsync(string shop, PutMode mode, CancellationToken cancellationToken)
    {
        using var token = new MemoryStream(Encoding.ASCII.GetBytes(Secrets.New()));
        await blobs.PutAsync(Key(shop), token, ContentType, mode, cancellationToken);
    }

    private static string Key(string shop) => $"feeds/{shop}/token";

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
