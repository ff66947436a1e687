using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Pipeline;

/// <summary>Finds generations that are due and moves them, the most overdue first.</summary>
public sealed class Sweep(GenerationStore store, Advance advance, PipelineOptions options, ILogger<Sweep> log)
{
    /// <returns>How many were due.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(options.SweepParallel * 8, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.SweepParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (id, token) =>
        {
            try
            {
                await advance.RunAsync(id, token);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !token.IsCancellationRequested)
            {
                // One broken row must not keep the others waiting. Its lease runs out and it is looked at again.
                log.LogError(e, "Generation {Generation} could not be moved", id);
            }
        });
        return due.Count;
    }
}
