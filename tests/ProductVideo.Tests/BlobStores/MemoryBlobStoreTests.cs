using ProductVideo.Blobs;
using ProductVideo.BlobStores;
using ProductVideo.Conformance.Blobs;

namespace ProductVideo.Tests.BlobStores;

public sealed class MemoryBlobStoreTests : BlobStoreConformance
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore();

    /// <summary>Reading memory never fails: what a store makes of its streams does.</summary>
    protected override Task<Stream> OpenBeforeAFaultAsync(string key) =>
        Task.FromResult<Stream>(new BlobStream(new Torn(), e => e is IOException ? new BlobStoreException("merchant", "operator", e) : null));

    private sealed class Torn : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("It broke off.");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("It broke off.");
    }
}
