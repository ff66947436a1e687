using ProductVideo.Blobs;
using ProductVideo.Conformance.Blobs;

namespace ProductVideo.Tests.BlobStores;

public sealed class MemoryBlobStoreTests : BlobStoreConformance
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore();
}
