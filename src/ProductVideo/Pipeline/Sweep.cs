using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Pipeline;

/// <summary>Finds generations that are due and moves them, what dies first before all.</summary>
public sealed class Sweep(GenerationStore store, Advance advance, PipelineOptions options, ILogger<Sweep> log)
{
    /// <summary>Goes on until nothing is due and all that was begun has ended. A slow one takes one place, and the others go on beside it.</summary>
    /// <returns>How many were begun.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var running = new Dictionary<Guid, Task>();
        var begun = 0;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
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
                    return begun;
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
            await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        }
    }
}
