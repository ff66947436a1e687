using ProductVideo.Blobs;

namespace ProductVideo.BlobStores;

/// <summary>A blob while it is read: what keeps its bytes back is the store's failure, like one that is met when it is opened.</summary>
/// <param name="content">As the store opened it.</param>
/// <param name="faultOf">What an error of it means; null for one that is not the store's.</param>
internal sealed class BlobStream(Stream content, Func<Exception, BlobStoreException?> faultOf) : Stream
{
    public override bool CanRead => content.CanRead;

    public override bool CanSeek => content.CanSeek;

    public override bool CanWrite => false;

    public override long Length => Guard(() => content.Length);

    public override long Position
    {
        get => Guard(() => content.Position);
        set => Guard(() => content.Position = value);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        BlobStoreException? fault = null;
        try
        {
            return content.Read(buffer);
        }
        catch (Exception e) when ((fault = faultOf(e)) is not null)
        {
            throw fault;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        BlobStoreException? fault = null;
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when ((fault = faultOf(e)) is not null)
        {
            // Who calls a read off breaks it.
            cancellationToken.ThrowIfCancellationRequested();
            throw fault;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Guard(() => content.Seek(offset, origin));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private long Guard(Func<long> ask)
    {
        BlobStoreException? fault = null;
        try
        {
            return ask();
        }
        catch (Exception e) when ((fault = faultOf(e)) is not null)
        {
            throw fault;
        }
    }
}
