namespace ProductVideo.Blobs;

/// <summary>Reads blobs that are small enough to be held: pictures and lists, never clips.</summary>
public static class BlobReading
{
    /// <summary>All bytes of a blob; null if there is none.</summary>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    public static async Task<byte[]?> ReadAsync(this IBlobStore blobs, string key, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(key, cancellationToken);
        if (stream is null)
            return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
