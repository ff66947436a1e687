using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Pipeline;

namespace ProductVideo.Health;

/// <summary>Whether there is room on the disk where clips are put together.</summary>
internal sealed class DiskCheck(HealthOptions options, PipelineOptions pipeline) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(pipeline.WorkFolder).AvailableFreeSpace;
        return Task.FromResult(free >= options.MinFreeDisk ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Create(
            CultureInfo.InvariantCulture, $"{free / 1_000_000:n0} MB are free at {pipeline.WorkFolder}; ProductVideo:Health:MinFreeDisk is {options.MinFreeDisk / 1_000_000:n0} MB.")));
    }
}
