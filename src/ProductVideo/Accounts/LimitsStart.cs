using Microsoft.Extensions.Hosting;
using ProductVideo.Pipeline;

namespace ProductVideo.Accounts;

/// <summary>Writes the configured limits where all nodes read them. Nodes that are configured differently go by the one started last.</summary>
internal sealed class LimitsStart(ProviderAccounts accounts, VideoProviders providers, AccountsOptions options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var account in providers.All.Select(provider => provider.Key))
        {
            var limits = options.Of(account);
            await accounts.LimitAsync(account, limits.MaxInFlight, limits.StartsPerSecond, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
