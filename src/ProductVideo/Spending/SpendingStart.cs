using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ProductVideo.Spending;

/// <summary>Puts the caps of the settings in force before anything can be ordered.</summary>
internal sealed class SpendingStart(Budgets budgets, ConfiguredCaps configured, IOptions<SpendingOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => budgets.ConfigureAsync(configured.Read(options.Value), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
