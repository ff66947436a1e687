using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace ProductVideo.Api;

/// <summary>Changes as server-sent events.</summary>
internal static class ApiEvents
{
    /// <summary>
    /// Ends with the host too: a server that stops would otherwise wait for every listener to go away. And when <paramref name="end"/> says so:
    /// nothing else asks again whether the listener may still listen.
    /// </summary>
    /// <param name="watch">Gives the changes until its token is cancelled.</param>
    /// <param name="write">Makes an event of one.</param>
    /// <param name="end">Comes to its end when the events must.</param>
    /// <param name="stopping">The host's.</param>
    /// <param name="cancellationToken">The listener's.</param>
    public static async IAsyncEnumerable<SseItem<string>> Of<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> watch, Func<T, SseItem<string>> write, Func<CancellationToken, Task> end, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var ending = EndAsync(end, over, any.Token);
        try
        {
            await using var changes = watch(any.Token).GetAsyncEnumerator(any.Token);
            while (await NextAsync(changes, over.Token))
                yield return write(changes.Current);
        }
        finally
        {
            await any.CancelAsync();
            await ending;
        }
    }

    /// <summary>Whatever it ends with: events that nobody watches over go on for ever.</summary>
    private static async Task EndAsync(Func<CancellationToken, Task> end, CancellationTokenSource over, CancellationToken cancellationToken)
    {
        try
        {
            await end(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // They ended before.
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private static async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> changes, CancellationToken over)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return false;
        }
    }
}
