using System.Collections.Concurrent;

namespace ProductVideo.Pipeline;

/// <summary>What a batch left behind to go on without it: calls that take long, and generations that need more than a batch does.</summary>
internal sealed class Stragglers
{
    private readonly ConcurrentDictionary<Task, string> _running = new();

    public bool AreThere => !_running.IsEmpty;

    /// <summary>They, as they are now.</summary>
    public IReadOnlyCollection<Task> Running => [.. _running.Keys];

    /// <summary>Providers of whom so many are under way that nothing more is asked of them for now.</summary>
    public IReadOnlyCollection<string> Silent(int most) =>
        [.. _running.Values.GroupBy(provider => provider, StringComparer.Ordinal).Where(ofOne => ofOne.Count() >= most).Select(ofOne => ofOne.Key)];

    public void Add(string provider, Task straggler)
    {
        _running[straggler] = provider;
        _ = straggler.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
