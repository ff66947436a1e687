using System.Collections.Concurrent;

namespace ProductVideo.Pipeline;

/// <summary>
/// Tells listeners in this process that a generation changed. Only a hint, like every wake-up: other processes change rows too, so a
/// listener also looks now and then.
/// </summary>
public sealed class GenerationChanges
{
    private readonly ConcurrentDictionary<Action<Guid>, bool> _listeners = new();

    public void Tell(Guid id)
    {
        foreach (var listener in _listeners.Keys)
            listener(id);
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
