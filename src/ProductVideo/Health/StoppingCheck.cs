using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ProductVideo.Health;

/// <summary>A server that is being stopped must be sent nothing more.</summary>
internal sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server is being stopped.") : HealthCheckResult.Healthy());
}

/// <summary>Goes on answering for as long as whatever stands before the servers needs to notice that this one is stopping.</summary>
internal sealed class Draining(HealthOptions options, TimeProvider clock) : IHostedLifecycleService
{
    /// <summary>Before anything else is stopped.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        options.Drain > TimeSpan.Zero ? Task.Delay(options.Drain, clock, cancellationToken) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
