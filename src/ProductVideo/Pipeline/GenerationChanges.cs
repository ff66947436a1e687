using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Pipeline;

/// <summary>
/// Tells listeners in this process that a generation changed. Only a hint, like every wake-up: other processes change rows too, so a
/// listener also looks now and then.
/// </summary>
internal sealed class GenerationChanges(ILogger<GenerationChanges>? log = null)
{
    private readonly ConcurrentDictionary<Action<Guid>, bool> _listeners = new();

    public void Tell(Guid id)
    {
        foreach (var listener in _listeners.Keys)
            TellOne(listener, id);
    }

    private void TellOne(Action<Guid> listener, Guid id)
    {
        try
        {
            listener(id);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whoever tells has just written a state and must go on from it, whatever a page does with the news.
            log?.LogError(e, "A listener failed on the news of generation {Generation}", id);
        }
    }

    /// <summary>Calls <paramref name="listener"/> at every change until the result is disposed. It must return at once.</summary>
    public IDisposable Listen(Action<Guid> listener)
    {
        _listeners[listener] = true;
        return new Subscription(() => _listeners.TryRemove(listener, out _));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
