namespace ProductVideo.Pipeline;

/// <summary>
/// Content whose end comes only when it is <see cref="Release">released</see>. A store that reads it can be far ahead meanwhile, but it has no
/// blob before the end: so what is refused in the end was never stored.
/// </summary>
internal sealed class WithheldEnd(Stream content) : Stream
{
    private readonly TaskCompletionSource _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Lets the reader come to the end.</summary>
    public void Release() => _verdict.TrySetResult();

    /// <summary>Lets the reader fail at the end, with <see cref="ContentRefusedException"/>. Without effect once it was released.</summary>
    public void Refuse() => _verdict.TrySetException(new ContentRefusedException());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        if (read == 0 && buffer.Length > 0)
            await _verdict.Task.WaitAsync(cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A thread must not wait for a verdict.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Refuse();
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Thrown to a store that was reading what turned out not to be wanted.</summary>
internal sealed class ContentRefusedException() : Exception("The content was refused before its end.");
