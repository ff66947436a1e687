using Microsoft.Extensions.Hosting;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;

namespace ProductVideo.Accounts;

/// <summary>Writes the configured limits where all nodes read them. Servers that are configured differently go by the one started last.</summary>
internal sealed class LimitsStart(ProviderAccounts accounts, VideoProviders providers, AccountsOptions options, ProductVideoOptions host) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (host.Limits is LimitsAtStart.Leave)
            return;
        var held = host.Limits is LimitsAtStart.Replace ? [] : (await accounts.StandingsAsync(cancellationToken)).ToDictionary(account => account.Account, StringComparer.Ordinal);
        foreach (var account in providers.All.Select(provider => provider.Key))
        {
            var (limits, there) = (options.Of(account), held.GetValueOrDefault(account));
            await accounts.LimitAsync(
                account, Stricter(limits.MaxInFlight, there?.MaxInFlight), Stricter(limits.StartsPerSecond, there?.StartsPerSecond), cancellationToken);
        }
    }

    private static T? Stricter<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is { } a && other is { } b ? (a.CompareTo(b) < 0 ? a : b) : one ?? other;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
