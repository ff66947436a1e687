namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>
/// Reads a source forward only and counts. Because it can't seek, the client fills a block before it sends it, so what the source throws
/// reaches the caller as it is instead of being taken for a network fault and tried again.
/// </summary>
internal sealed class CountedSource(Stream source) : Stream
{
    public long Count { get; private set; }

    /// <summary>What it threw; null if it did not fail.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Counted(source.Read(buffer, offset, count));
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await source.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int read)
    {
        Count += read;
        return read;
    }
}
