using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace ProductVideo.Api;

/// <summary>Changes as server-sent events.</summary>
internal static class ApiEvents
{
    /// <summary>Ends with the host too: a server that stops would otherwise wait for every listener to go away.</summary>
    /// <param name="watch">Gives the changes until its token is cancelled.</param>
    /// <param name="write">Makes an event of one.</param>
    /// <param name="stopping">The host's.</param>
    /// <param name="cancellationToken">The listener's.</param>
    public static async IAsyncEnumerable<SseItem<string>> Of<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> watch, Func<T, SseItem<string>> write, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await using var changes = watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(changes, stopping))
            yield return write(changes.Current);
    }

    private static async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> changes, CancellationToken stopping)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }
}
