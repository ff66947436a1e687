using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ProductVideo.Blobs;
using ProductVideo.BlobStores;

namespace ProductVideo.Tests.BlobStores;

/// <summary>A blob store for tests; it passes the same suite as the real ones.</summary>
public sealed class MemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, BlobProperties Properties)> _blobs = new(StringComparer.Ordinal);
    private int _writes;

    /// <summary>How many puts wrote something.</summary>
    public int Writes => _writes;

    /// <summary>Refuses keys with this end, as a store does that is full; null for none.</summary>
    public string? FullFor { get; set; }

    public async Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        if (FullFor is { } end && key.EndsWith(end, StringComparison.Ordinal))
            throw new BlobStoreException("The storage is full.", $"No room for {key}.");
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var blob = (bytes.ToArray(), new BlobProperties(key, bytes.Length, contentType, DateTimeOffset.UtcNow));
        var kept = mode == PutMode.IfAbsent ? _blobs.GetOrAdd(key, blob) : _blobs[key] = blob;
        var written = ReferenceEquals(kept.Item1, blob.Item1);
        if (written)
            Interlocked.Increment(ref _writes);
        return new BlobWritten(written, kept.Item2);
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(
        _blobs.TryGetValue(BlobKey.Check(key), out var blob) ? new MemoryStream(blob.Bytes, writable: false) : null);

    public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(_blobs.TryGetValue(BlobKey.Check(key), out var blob) ? blob.Properties : null);

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _blobs.TryRemove(BlobKey.Check(key), out _);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobPrefix.Check(prefix);
        await Task.CompletedTask;
        foreach (var key in _blobs.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _blobs[key].Properties;
        }
    }

    public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        return Task.FromResult<Uri?>(null);
    }
}
