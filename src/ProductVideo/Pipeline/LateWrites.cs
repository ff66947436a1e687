using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// Makes a listing agree with the row again after this process wrote to the shop without a claim: it slept between its look at the listing and
/// its write, and others ended the work meanwhile. Shops take the write all the same, so the clip may be there twice, or though it was
/// withdrawn; whoever ended the work looked before and does not look again.
/// </summary>
internal sealed class LateWrites(GenerationStore store, ClipPublish publish, PipelineOptions options, TimeProvider timers, ILogger<LateWrites> log)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);

    /// <summary>Tries for as long as a claim lasts, then says in the log which listing a person must look at.</summary>
    /// <param name="decided">As it was when this process began to write.</param>
    /// <param name="cancellationToken">Ends the waiting between tries.</param>
    public async Task SettleAsync(Generation decided, CancellationToken cancellationToken)
    {
        var since = timers.GetTimestamp();
        for (var wait = s_firstWait; !await TrySettleAsync(decided); wait *= 2)
        {
            var goesOn = timers.GetElapsedTime(since) + wait <= options.Lease;
            if (goesOn)
                await Task.Delay(wait, timers, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (goesOn && !cancellationToken.IsCancellationRequested)
                continue;
            log.LogError(
                "The listing of {Product} may show the clip of generation {Generation} twice, or though it was withdrawn: it was written to late, and could not be looked at again. Look at it",
                decided.Product, decided.Id);
            return;
        }
    }

    /// <returns>Whether the listing is as the row says; false where the shop, the row or the database did not hold still.</returns>
    private async Task<bool> TrySettleAsync(Generation decided)
    {
        try
        {
            return await IsSettledAsync(decided);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Most often the database is away for the same reason for which this process slept.
            log.LogWarning(e, "The listing of {Product} could not be looked at again after a late write; it is tried again", decided.Product);
            return false;
        }
    }

    private async Task<bool> IsSettledAsync(Generation decided)
    {
        // Never cancelled from outside: what is cut off here would be one more write that nobody answers for.
        var seen = await store.FindAsync(decided.Id, CancellationToken.None);
        // Nobody took over: the next claim looks at the listing first, as every try does.
        if (seen?.Version == decided.Version)
            return true;
        var answer = seen?.State switch
        {
            GenerationState.Publishing publishing => await publish.RunAsync(seen, publishing.Clip, publishing.AttachKey, CancellationToken.None),
            GenerationState.Published published => await publish.RunAsync(seen, published.Clip, published.AttachKey, CancellationToken.None),
            _ => await publish.UndoAsync(decided, GenerationMachine.AttachKeyOf(decided), CancellationToken.None),
        };
        return answer is Answer.Attached or Answer.Detached && (await store.FindAsync(decided.Id, CancellationToken.None))?.State.Name == seen?.State.Name;
    }
}
