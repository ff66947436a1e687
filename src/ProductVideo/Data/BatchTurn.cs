namespace ProductVideo.Data;

/// <summary>
/// Of this process's batches one is at the database at a time: on SQLite a second writer would sleep until it looks again, and on a server it
/// would only wait there.
/// </summary>
internal sealed class BatchTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
