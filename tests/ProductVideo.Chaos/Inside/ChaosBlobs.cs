using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Inside;

/// <summary>The real store with two places to die at, and a switch to be full.</summary>
internal sealed class ChaosBlobs(FileBlobStore store, Weather weather) : IBlobStore
{
    public async Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken)
    {
        Check();
        if (!key.EndsWith(".mp4", StringComparison.Ordinal))
            return await store.PutAsync(key, content, contentType, mode, cancellationToken);
        await using var ending = new DeadlyEnd(content);
        var written = await store.PutAsync(key, ending, contentType, mode, cancellationToken);
        Crash.At("P12");
        return written;
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        Check();
        return store.OpenAsync(key, cancellationToken);
    }

    public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => store.ReadUrlAsync(key, lifetime, cancellationToken);

    private void Check()
    {
        if (weather.BlobsDown)
            throw new BlobStoreException("The storage is full. Make room.", "No space left on device.");
    }

    /// <summary>Its last read comes when all other bytes are on the disk, beside their place.</summary>
    private sealed class DeadlyEnd(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                Crash.At("P11");
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override void Flush() => inner.Flush();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
