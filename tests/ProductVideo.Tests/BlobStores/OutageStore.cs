using ProductVideo.Blobs;

namespace ProductVideo.Tests.BlobStores;

/// <summary>A store that can be out of reach, or whose blobs are read from another one.</summary>
internal sealed class OutageStore(IBlobStore store) : IBlobStore
{
    public bool IsAway { get; set; }

    /// <summary>Null for itself.</summary>
    public IBlobStore? ReadsFrom { get; set; }

    private IBlobStore Store => IsAway ? throw new BlobStoreException("Storage is away.", "The store does not answer.") : store;

    public Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken) =>
        Store.PutAsync(key, content, contentType, mode, cancellationToken);

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => (ReadsFrom ?? Store).OpenAsync(key, cancellationToken);

    public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken) => Store.FindAsync(key, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => Store.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => Store.ListAsync(prefix, cancellationToken);

    public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => Store.ReadUrlAsync(key, lifetime, cancellationToken);
}
