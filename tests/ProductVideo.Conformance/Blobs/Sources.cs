namespace ProductVideo.Conformance.Blobs;

/// <summary>Contents to put.</summary>
internal static class Sources
{
    public static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    public static MemoryStream Filled(byte value, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return new MemoryStream(bytes, writable: false);
    }
}

/// <summary>What a failing source throws: an <see cref="IOException"/>, so that a store must tell it from its own disk or network.</summary>
public sealed class SourceFailedException() : IOException("The source failed.");

/// <summary>A stream like a network's: forward only, of unknown length, giving less than was asked for.</summary>
internal class ForwardSource(byte[] bytes) : Stream
{
    private int _position;

    public bool WasRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        WasRead = true;
        var count = Math.Min(Math.Min(buffer.Length, 33_333), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count == 0 ? AtEnd() : count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected virtual int AtEnd() => 0;
}

/// <summary>Gives some bytes, then breaks off; or does something and goes on for one more read.</summary>
internal sealed class FailingSource(int after, Action? instead = null) : ForwardSource(new byte[after])
{
    protected override int AtEnd()
    {
        if (instead is null)
            throw new SourceFailedException();
        instead();
        return 0;
    }
}
