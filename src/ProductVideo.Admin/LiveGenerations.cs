using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin;

/// <summary>Makes what looks at generations follow them: told by the pipeline at once, and looking once a second while something moves.</summary>
internal sealed class LiveGenerations(GenerationChanges changes, TimeProvider clock, ILogger<LiveGenerations> log)
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(1);

    /// <summary>However much changes, nobody reads more often than this.</summary>
    /// <value>150 ms.</value>
    public TimeSpan Breath { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Calls <paramref name="look"/>, never twice at a time, until the result is disposed.</summary>
    /// <param name="concerns">Whether a changed generation is one of those looked at.</param>
    /// <param name="moving">Whether another process may be moving one of them right now.</param>
    /// <param name="look">Reads and shows them again.</param>
    /// <param name="failed">Takes what <paramref name="look"/> threw; the watch then ends.</param>
    public Subscription Watch(Func<Guid, bool> concerns, Func<bool> moving, Func<Task> look, Func<Exception, Task> failed)
    {
        var wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var watch = new Subscription(
            wishes,
            changes.Listen(id => WriteIf(concerns(id), wishes)),
            clock.CreateTimer(_ => WriteIf(IsMoving(moving), wishes), state: null, LookAnyway, LookAnyway));
        watch.Following = FollowAsync(wishes.Reader, look, failed, watch);
        return watch;
    }

    /// <summary>A timer calls it beside the page, and what it threw there would end the process.</summary>
    private bool IsMoving(Func<bool> moving)
    {
        try
        {
            return moving();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "A page could not tell whether what it shows is moving");
            return false;
        }
    }

    private static void WriteIf(bool condition, Channel<bool> wishes)
    {
        if (condition)
            wishes.Writer.TryWrite(true);
    }

    private async Task FollowAsync(ChannelReader<bool> wishes, Func<Task> look, Func<Exception, Task> failed, Subscription watch)
    {
        try
        {
            await foreach (var _ in wishes.ReadAllAsync())
            {
                await look();
                await Task.Delay(Breath, clock);
            }
        }
        catch (Exception) when (watch.Ended)
        {
            // The page was left while it was looking: nobody is there to be told.
        }
        catch (Exception e)
        {
            watch.Dispose();
            await failed(e);
        }
    }

    /// <summary>Of one page.</summary>
    internal sealed class Subscription(Channel<bool> wishes, IDisposable listening, ITimer timer) : IDisposable
    {
        public bool Ended { get; private set; }

        /// <summary>Ends after the last look, once this is disposed.</summary>
        public Task Following { get; set; } = Task.CompletedTask;

        public void Dispose()
        {
            Ended = true;
            listening.Dispose();
            timer.Dispose();
            wishes.Writer.TryComplete();
        }
    }
}
