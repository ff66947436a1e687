using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Pipeline;

/// <summary>Finds generations that are due and moves them, what dies first before all.</summary>
public sealed class Sweep(
    GenerationStore store, Advance advance, LateDuplicates duplicates, PipelineOptions options, TimeProvider clock, ILogger<Sweep> log)
{
    private static readonly TimeSpan DuplicatesEvery = TimeSpan.FromMinutes(1);
    private DateTimeOffset _duplicatesAt;

    /// <summary>Goes on until nothing is due and all that was begun has ended. A slow one takes one place, and the others go on beside it.</summary>
    /// <returns>How many were begun.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var running = new Dictionary<Guid, Task>();
        var begun = 0;
        var looking = Task.CompletedTask;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (looking.IsCompleted)
                    looking = LookForDuplicatesAsync(cancellationToken);
                var due = running.Count < options.SweepParallel
                    ? await store.DueAsync(options.SweepParallel, cancellationToken)
                    : await store.DueDownloadsAsync(options.DownloadParallel, cancellationToken);
                var places = (running.Count < options.SweepParallel ? options.SweepParallel : options.SweepParallel + options.DownloadParallel) - running.Count;
                // What was begun a moment ago may not have claimed its row yet.
                foreach (var id in due.Where(id => !running.ContainsKey(id)).Take(places))
                {
                    running[id] = Task.Run(() => AdvanceAsync(id, cancellationToken), cancellationToken);
                    begun++;
                }

                if (running.Count == 0)
                {
                    await looking;
                    return begun;
                }

                await Task.WhenAny([.. running.Values, Task.Delay(options.SweepEvery, cancellationToken)]);
                foreach (var (id, task) in running.Where(pair => pair.Value.IsCompleted).ToList())
                {
                    running.Remove(id);
                    await task;
                }
            }
        }
        finally
        {
            await Task.WhenAll([looking, .. running.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookForDuplicatesAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _duplicatesAt)
            return;
        _duplicatesAt = clock.GetUtcNow() + DuplicatesEvery;
        try
        {
            await duplicates.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Late tasks could not be looked for");
        }
    }

    private async Task AdvanceAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await advance.RunAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // One broken row must not keep the others waiting. Its lease runs out and it is looked at again.
            log.LogError(e, "Generation {Generation} could not be moved", id);
            // While the database is full or away a row stays due: without a rest it would be tried again at once, for ever.
            await Task.Delay(options.SweepEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
