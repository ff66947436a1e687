using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;

namespace ProductVideo.Spending;

/// <summary>Puts the caps of the settings in force before anything can be ordered.</summary>
internal sealed class SpendingStart(
    Budgets budgets, ConfiguredCaps configured, IOptions<SpendingOptions> options, ProductVideoOptions host, ILogger<SpendingStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var caps = configured.Read(options.Value);
        if (host.Limits is not LimitsAtStart.Leave)
        {
            foreach (var idle in configured.Idle(caps))
                log.LogWarning("{Cap} It is kept and caps nothing until that shop is connected", idle);
        }

        foreach (var cap in await budgets.ConfigureAsync(caps, host.Limits, cancellationToken))
        {
            log.LogWarning(
                "The cap of {Amount} each {Period} on {Scope} {Subject} is lifted: it is no longer in the settings", cap.Cap, cap.Period, cap.Scope, cap.Subject);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
