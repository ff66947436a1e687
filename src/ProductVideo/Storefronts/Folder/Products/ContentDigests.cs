using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>Hashes of files, each read once as long as its length and time stay as they are.</summary>
internal sealed class ContentDigests(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (FileStamp Stamp, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <returns>Lower-case hex; null where there is no such file.</returns>
    public async Task<string?> Sha256Async(string path, CancellationToken cancellationToken)
    {
        if (FileStamp.Of(path) is not { } stamp)
            return null;
        if (_known.TryGetValue(path, out var known) && known.Stamp == stamp)
            return known.Sha256;

        var settled = stamp.IsSettled(clock.GetUtcNow());
        var sha256 = await ReadAsync(path, cancellationToken);
        if (settled)
            _known[path] = (stamp, sha256);
        return sha256;
    }

    /// <summary>Reads the file whatever is known of it.</summary>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
