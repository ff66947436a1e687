using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Health;
using ProductVideo.Hosting;

namespace ProductVideo.Pipeline;

/// <summary>What an operator's instruments can read off a worker. The rows are counted only when they look, and not at all while the database is away.</summary>
internal sealed class Gauges(GenerationStore store, SweepBeat beat, ProductVideoOptions options, ILogger<Gauges> log) : IHostedService, IDisposable
{
    /// <summary>Of this process's own, so that it ends with it.</summary>
    internal Meter Meter { get; } = new(Measures.Name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Has(ProcessRoles.Worker))
            return Task.CompletedTask;
        Meter.CreateObservableGauge("productvideo.videos.in_doubt", () => Count(store.CountInDoubtAsync), description: "Videos of which a person must decide whether they were paid for.");
        Meter.CreateObservableGauge("productvideo.videos.due", () => Count(store.CountDueAsync), description: "Videos that are due and that no worker has taken yet.");
        Meter.CreateObservableGauge("productvideo.sweep.age", () => beat.Since.TotalSeconds, unit: "s", description: "Since this worker last looked for what is due.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<long>> Count(Func<CancellationToken, Task<int>> count)
    {
        try
        {
            return [new Measurement<long>(count(CancellationToken.None).GetAwaiter().GetResult())];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Told by those who work with it.
            log.LogDebug(e, "Videos can't be counted now");
            return [];
        }
    }
}
