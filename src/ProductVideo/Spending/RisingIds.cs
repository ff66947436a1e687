using System.Buffers.Binary;

namespace ProductVideo.Spending;

/// <summary>
/// Ids that sort as they were made, within a millisecond too: moves of one generation's money often share one, and a ledger that shows the
/// release before the charge is not read as one. UUIDs of version 7 whose twelve bits after the time count (RFC 9562, 6.2, method 1).
/// </summary>
internal sealed class RisingIds
{
    private const int Counts = 1 << 12;

    private readonly Lock _lock = new();
    private long _last;

    public Guid Next(DateTimeOffset now)
    {
        long place;
        lock (_lock)
            place = _last = Math.Max(_last + 1, now.ToUnixTimeMilliseconds() * Counts);
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _); // its variant and its 62 bits of chance stay
        BinaryPrimitives.WriteInt64BigEndian(bytes, (place / Counts << 16) | 0x7000 | (place % Counts));
        return new Guid(bytes, bigEndian: true);
    }
}
