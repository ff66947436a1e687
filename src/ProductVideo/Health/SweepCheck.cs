using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Hosting;

namespace ProductVideo.Health;

/// <summary>When the sweep last looked.</summary>
internal sealed class SweepBeat(TimeProvider clock)
{
    private long _last = clock.GetTimestamp();

    /// <summary>How long ago; since the start of the process, until it has looked once. A clock that is set changes nothing about it.</summary>
    public TimeSpan Since => clock.GetElapsedTime(Volatile.Read(ref _last));

    public void Tell() => Volatile.Write(ref _last, clock.GetTimestamp());
}

/// <summary>Whether the sweep of a worker goes on: where it hangs, nothing of this server moves any more.</summary>
internal sealed class SweepCheck(SweepBeat beat, ProductVideoOptions options) : IHealthCheck
{
    /// <summary>It looks each second, and may wait some for a database that is busy.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var since = beat.Since;
        return Task.FromResult(!options.Has(ProcessRoles.Worker) || since <= Longest
            ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"The sweep has not looked for {since.TotalSeconds:0} s.")));
    }
}
