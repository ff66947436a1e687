using System.Buffers;
using System.Security.Cryptography;

namespace ProductVideo.Storefronts.Folder.Galleries;

/// <summary>Writes a file whole or not at all: beside its place, onto the disk, then renamed into place.</summary>
internal static class DurableFile
{
    private const string Unfinished = ".unfinished";

    /// <summary>Copies at most <paramref name="mostBytes"/> to <paramref name="path"/>.</summary>
    /// <returns>What was written; null where the source held more, in which case nothing is in place.</returns>
    public static async Task<(long Length, string Sha256)?> CopyAsync(
        Func<CancellationToken, Task<Stream>> open, string path, long mostBytes, CancellationToken cancellationToken)
    {
        var beside = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            var written = await WriteAsync(open, beside, mostBytes, cancellationToken);
            if (written is not null)
                File.Move(beside, path, overwrite: true);
            return written;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Removes what a crash left behind. Only under the product's lock.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Unfinished))
            File.Delete(path);
    }

    private static async Task<(long Length, string Sha256)?> WriteAsync(
        Func<CancellationToken, Task<Stream>> open, string path, long mostBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            await using var source = await open(cancellationToken);
            await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                length += read;
                if (length > mostBytes)
                    return null;
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            target.Flush(flushToDisk: true);
            return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
