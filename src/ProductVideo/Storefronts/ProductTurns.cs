namespace ProductVideo.Storefronts;

/// <summary>One write to a product at a time in this process. Over several the shop decides, or what is looked at before the write.</summary>
internal sealed class ProductTurns
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<T> TakeAsync<T>(string productId, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(productId) % (uint)_turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            turn.Release();
        }
    }
}
