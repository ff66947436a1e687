using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Health;

namespace ProductVideo.Pipeline;

/// <summary>
/// Finds generations that are due and moves them: in batches what takes one short call each, and one by one what takes long, what dies first
/// before all.
/// </summary>
internal sealed class Sweep(
    GenerationStore store, Advance advance, BatchAdvance batches, LateDuplicates duplicates, PipelineOptions options, SweepBeat beat, DatabaseOutage database, TimeProvider clock,
    ILogger<Sweep> log)
{
    private static readonly TimeSpan DuplicatesEvery = TimeSpan.FromMinutes(1);
    private long? _duplicates;

    /// <summary>Goes on until nothing is due and all that was begun has ended. A slow one takes one place, and the others go on beside it.</summary>
    /// <returns>How many claims were begun.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var running = new Dictionary<Guid, Task>();
        var sending = new HashSet<Guid>();
        var stragglers = new Stragglers();
        Task<int>? batch = null;
        var begun = 0;
        var looking = Task.CompletedTask;
        try
        {
            for (var stirred = true; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                beat.Tell();
                if (looking.IsCompleted)
                    looking = LookForDuplicatesAsync(cancellationToken);
                if (stirred)
                    batch ??= Task.Run(() => MoveBatchesAsync(stragglers, cancellationToken), CancellationToken.None);
                begun += await TryBeginAsync(running, sending, cancellationToken);
                if (running.Count == 0 && batch is null && !stragglers.AreThere)
                {
                    await looking;
                    return begun;
                }

                var tick = Task.Delay(options.SweepEvery, clock, cancellationToken);
                var first = await Task.WhenAny([batch ?? tick, .. running.Values, .. stragglers.Running, tick]);
                stirred = first != batch;
                if (batch is { IsCompleted: true })
                {
                    begun += await batch;
                    // What was moved may be due again, but a crowd that trickles in is better taken with the next tick.
                    stirred |= await batch > 0 && running.Count == 0;
                    batch = null;
                }

                foreach (var (id, task) in running.Where(pair => pair.Value.IsCompleted).ToList())
                {
                    running.Remove(id);
                    await task;
                }
            }
        }
        finally
        {
            await Task.WhenAll([looking, batch ?? Task.CompletedTask, .. running.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (stragglers.AreThere)
                await Task.WhenAll(stragglers.Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A database that is away for a moment must not keep the others waiting until the slowest download has ended.</summary>
    private async Task<int> MoveBatchesAsync(Stragglers stragglers, CancellationToken cancellationToken)
    {
        var moved = 0;
        if (!await TryAsync(async () => moved = await batches.RunAsync(stragglers, cancellationToken), e => log.LogError(e, "A batch could not be moved"), cancellationToken))
            await RestAsync(cancellationToken);
        else if (moved > 0)
            database.Over(wrote: true);
        return moved;
    }

    /// <summary>As <see cref="MoveBatchesAsync"/>, where others are moving; alone it fails as it must.</summary>
    private async Task<int> TryBeginAsync(Dictionary<Guid, Task> running, HashSet<Guid> sending, CancellationToken cancellationToken)
    {
        if (running.Count == 0)
            return await BeginAsync(running, sending, cancellationToken);
        var begun = 0;
        await TryAsync(
            async () => begun = await BeginAsync(running, sending, cancellationToken), e => log.LogError(e, "What is due could not be looked for"), cancellationToken);
        return begun;
    }

    /// <summary>Begins what is moved one by one, as far as there are places.</summary>
    private async Task<int> BeginAsync(Dictionary<Guid, Task> running, HashSet<Guid> sending, CancellationToken cancellationToken)
    {
        var isFull = running.Count >= options.SweepParallel;
        var due = isFull ? await store.DueDownloadsAsync(options.DownloadParallel, cancellationToken) : await DueSinglyAsync(running, sending, cancellationToken);
        var places = (isFull ? options.SweepParallel + options.DownloadParallel : options.SweepParallel) - running.Count;
        var begun = 0;
        // What was begun a moment ago may not have claimed its row yet.
        foreach (var id in due.Where(id => !running.ContainsKey(id)).Take(places))
        {
            running[id] = Task.Run(() => AdvanceAsync(id, cancellationToken), cancellationToken);
            begun++;
        }

        database.Over();
        return begun;
    }

    /// <summary>
    /// All that batches don't take, and orders that were called off, which need no place at their account. While orders have less than a
    /// quarter of the places they go first, so that they don't wait until nothing slow is due.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> DueSinglyAsync(
        IReadOnlyDictionary<Guid, Task> running, HashSet<Guid> sending, CancellationToken cancellationToken)
    {
        var slow = await store.DueAsync(
            options.SweepParallel, cancellationToken,
            row => (row.State != nameof(GenerationState.Planned) && row.State != nameof(GenerationState.Rendering)) || row.Urgency < Urgency.NoClipYet);
        var inBatches = batches.Senders();
        var orders = await store.DueAsync(
            options.SweepParallel, cancellationToken,
            row => row.State == nameof(GenerationState.Planned) && (row.CancelRequestedBy != null || !inBatches.Contains(row.Provider)));
        orders = [.. orders.Except(running.Keys)];
        sending.IntersectWith(running.Keys);
        var first = Math.Max(0, options.SweepParallel / 4 - sending.Count);
        sending.UnionWith(orders);
        return [.. orders.Take(first), .. slow, .. orders.Skip(first)];
    }

    private async Task LookForDuplicatesAsync(CancellationToken cancellationToken)
    {
        if (_duplicates is { } last && clock.GetElapsedTime(last) < DuplicatesEvery)
            return;
        _duplicates = clock.GetTimestamp();
        await TryAsync(() => duplicates.RunAsync(cancellationToken), e => log.LogError(e, "Late tasks could not be looked for"), cancellationToken);
    }

    private async Task AdvanceAsync(Guid id, CancellationToken cancellationToken)
    {
        // One broken row must not keep the others waiting. Its lease runs out and it is looked at again.
        if (await TryAsync(() => advance.RunAsync(id, cancellationToken), e => log.LogError(e, "Generation {Generation} could not be moved", id), cancellationToken))
            database.Over(wrote: true);
        else
            await RestAsync(cancellationToken);
    }

    /// <summary>Does what must not stop the rest of the sweep where it fails.</summary>
    /// <param name="work">What.</param>
    /// <param name="tell">Tells that it failed, unless it was the database: that is told once for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was done.</returns>
    private async Task<bool> TryAsync(Func<Task> work, Action<Exception> tell, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            if (!database.Tell(e))
                tell(e);
            return false;
        }
    }

    /// <summary>While the database is full or away a row stays due: without a rest it would be tried again at once, for ever.</summary>
    private async Task RestAsync(CancellationToken cancellationToken) =>
        await Task.Delay(options.SweepEvery, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
