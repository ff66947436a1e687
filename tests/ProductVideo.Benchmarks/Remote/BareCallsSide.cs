using System.Globalization;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>The limit: the same calls, so many at once as the sweep makes, and nothing else. It keeps nothing, and asks about each task from the first.</summary>
internal static class BareCallsSide
{
    private const int CallsAtOnce = 64;

    public static async Task<int> RunAsync(Uri provider, int tasks)
    {
        var adapter = new FakeAdapter(provider);
        await DoAsync(adapter, "warm", RemoteTasks.WarmUp);
        return await RemoteSide.MeasureAsync(tasks, () => 0, () => DoAsync(adapter, "task", tasks));
    }

    private static async Task DoAsync(FakeAdapter adapter, string name, int tasks)
    {
        using var places = new SemaphoreSlim(CallsAtOnce);
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(number => FollowAsync(adapter, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), places)));
    }

    private static async Task FollowAsync(FakeAdapter adapter, string key, SemaphoreSlim places)
    {
        var started = await AtPlaceAsync(places, () => adapter.StartAsync(key, CancellationToken.None));
        if (started is not StartOutcome.Accepted { Operation: var operation })
            throw new InvalidOperationException("The provider did not take the task.");
        var wait = RemoteTasks.AskAfter;
        do
            await Task.Delay(wait);
        while (await AtPlaceAsync(places, () => adapter.CheckAsync(operation, CancellationToken.None)) is CheckOutcome.Pending);
    }

    private static async Task<T> AtPlaceAsync<T>(SemaphoreSlim places, Func<Task<T>> call)
    {
        await places.WaitAsync();
        try
        {
            return await call();
        }
        finally
        {
            places.Release();
        }
    }
}
