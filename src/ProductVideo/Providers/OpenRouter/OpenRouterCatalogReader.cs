using Microsoft.Extensions.Hosting;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>Has the catalogue read before anything else of the host starts, for no order may come before, and every hour from then on.</summary>
internal sealed class OpenRouterCatalogReader(OpenRouterCatalog catalog, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Usually = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    /// <summary>Until the list is asked for again.</summary>
    internal TimeSpan Pause { get; private set; } = AfterFailure;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await catalog.ReadKeptAsync(cancellationToken);
        await ReadAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            await ReadAsync(stoppingToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken) => Pause = await catalog.ReadAsync(cancellationToken) ? Usually : AfterFailure;
}
