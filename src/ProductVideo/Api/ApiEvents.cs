using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace ProductVideo.Api;

/// <summary>Changes as server-sent events.</summary>
internal static class ApiEvents
{
    /// <summary>Shorter than what any proxy or balancer is known to let an answer be silent for: 60 seconds.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Ends with the host too: a server that stops would otherwise wait for every listener to go away. And when <paramref name="end"/> says so:
    /// nothing else asks again whether the listener may still listen.
    /// </summary>
    /// <param name="watch">Gives the changes until its token is cancelled.</param>
    /// <param name="write">Makes an event of one.</param>
    /// <param name="end">Comes to its end when the events must.</param>
    /// <param name="clock">For <see cref="Quiet"/>.</param>
    /// <param name="stopping">The host's.</param>
    /// <param name="cancellationToken">The listener's.</param>
    /// <returns>The events, and null whenever none came for <see cref="Quiet"/>.</returns>
    public static async IAsyncEnumerable<SseItem<string>?> Of<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> watch, Func<T, SseItem<string>> write, Func<CancellationToken, Task> end, TimeProvider clock, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var ending = EndAsync(end, over, any.Token);
        var changes = watch(any.Token).GetAsyncEnumerator(any.Token);
        var next = NextAsync(changes, over.Token);
        try
        {
            while (true)
            {
                while (!await ComesAsync(next, clock))
                    yield return null;
                if (!await next)
                    break;
                yield return write(changes.Current);
                next = NextAsync(changes, over.Token);
            }
        }
        finally
        {
            await any.CancelAsync();
            // Where the listener went away in between, nobody asks any more how that ended; but it must have, before it can be disposed of.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changes.DisposeAsync();
            await ending;
        }
    }

    /// <summary>False after <see cref="Quiet"/>.</summary>
    private static async Task<bool> ComesAsync(Task next, TimeProvider clock)
    {
        using var came = new CancellationTokenSource();
        var first = await Task.WhenAny(next, Task.Delay(Quiet, clock, came.Token));
        await came.CancelAsync();
        return first == next;
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

    private static async Task<bool> NextAsync<T>(IAsyncEnumerator<T> changes, CancellationToken over)
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
