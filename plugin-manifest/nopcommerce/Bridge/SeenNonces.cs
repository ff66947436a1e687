namespace ProductVideo.Bridge;

/// <summary>The nonces of requests that were let in, for as long as their times would let them in again. Each server of a web farm has its own.</summary>
public sealed class SeenNonces
{
    /// <summary>Only signed requests get here, so only the service could fill it.</summary>
    private const int Most = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <returns>False where it was seen before, or no more can be kept.</returns>
    public bool TryAdd(string nonce, DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && now - _seen[oldest] > BridgeSignature.Tolerance * 2)
                _seen.Remove(_order.Dequeue());
            if (_seen.Count >= Most || !_seen.TryAdd(nonce, now))
                return false;
            _order.Enqueue(nonce);
            return true;
        }
    }
}
