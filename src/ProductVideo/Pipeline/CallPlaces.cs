using System.Collections.Concurrent;

namespace ProductVideo.Pipeline;

/// <summary>So many calls to one provider at a time: one that does not answer takes its own places and nobody else's.</summary>
internal sealed class CallPlaces(int places)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new(StringComparer.Ordinal);

    /// <summary>Calls once there is a place.</summary>
    public Task CallAsync(string provider, Func<Task> call, CancellationToken cancellationToken) => CallAsync(
        provider,
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    /// <summary>Calls once there is a place.</summary>
    public async Task<T> CallAsync<T>(string provider, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var free = _places.GetOrAdd(provider, _ => new SemaphoreSlim(places));
        await free.WaitAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            free.Release();
        }
    }
}
