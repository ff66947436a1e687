namespace ProductVideo.Blobs;

/// <summary>
/// Keeps originals, prepared pictures, clips and posters by key. Keys are made by ProductVideo, never taken from input: one or more
/// segments of <c>[a-z0-9._-]</c> parted by <c>/</c>, at most 200 characters, no segment <c>.</c> or <c>..</c>; see <see cref="BlobKey"/>.
/// </summary>
/// <remarks>A reader never sees half a blob: it appears whole or not at all. Failures of the store itself are <see cref="BlobStoreException"/>, also those met while a blob is read.</remarks>
public interface IBlobStore
{
    /// <summary>Stores all that <paramref name="content"/> holds, streaming. With <see cref="PutMode.IfAbsent"/> an existing blob stays as it is.</summary>
    /// <returns>Whether this call wrote the blob, and its properties as they stand now.</returns>
    Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading from its start; seekable where the store can. Null if there is none.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Length, type and time of a blob; null if there is none.</summary>
    Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; fine if there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>All blobs whose key starts with <paramref name="prefix"/>, in ordinal order of their keys.</summary>
    IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>An address from which anyone may read the blob until <paramref name="lifetime"/> has passed; null where the store has none and ProductVideo must serve it.</summary>
    Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken);
}

/// <summary>What to do where a blob of that key exists.</summary>
public enum PutMode
{
    Replace,
    IfAbsent,
}

/// <param name="Key">The blob's key.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ContentType">Media type, as given when it was put.</param>
/// <param name="WrittenAt">When it was last written.</param>
public sealed record BlobProperties(string Key, long Length, string ContentType, DateTimeOffset WrittenAt);

/// <param name="Written">False if the blob was there already and was left as it is.</param>
/// <param name="Properties">As they stand after the call.</param>
public sealed record BlobWritten(bool Written, BlobProperties Properties);

/// <summary>The store itself failed: full, read-only or out of reach. Nothing was half-written.</summary>
public sealed class BlobStoreException(string merchantText, string operatorText, Exception? inner = null) : Exception(operatorText, inner)
{
    public string MerchantText { get; } = merchantText;
}

/// <summary>The rule for blob keys.</summary>
public static class BlobKey
{
    /// <summary>Whether <paramref name="key"/> may name a blob.</summary>
    public static bool IsValid(string? key)
    {
        if (string.IsNullOrEmpty(key) || key.Length > 200)
            return false;
        foreach (var segment in key.Split('/'))
        {
            if (segment.Length == 0 || segment is "." or "..")
                return false;
            foreach (var c in segment)
            {
                if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-'))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Returns the key, or throws: a bad key is a mistake in the program, never input.</summary>
    public static string Check(string key) =>
        IsValid(key) ? key : throw new ArgumentException($"'{key}' can't name a blob: use [a-z0-9._-] segments parted by '/', 200 characters at most.", nameof(key));
}
