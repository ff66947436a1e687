using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Webhooks.Inbox;

namespace ProductVideo.Connecting;

/// <summary>
/// Sees every hour that shops still call: some switch a webhook off after a few failures and tell nobody. Several servers may do it side by
/// side, because a shop's webhooks are looked at before any is made.
/// </summary>
internal sealed class WebhookCare(Shops shops, ProductVideoOptions options, TimeProvider clock, ILogger<WebhookCare> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    /// <summary>Where the shop's calls are heard.</summary>
    /// <param name="server">This server's address, as the shop finds it.</param>
    /// <param name="shop">The key of the shop.</param>
    public static Uri AddressOf(Uri server, string shop) => new($"{server.AbsoluteUri.TrimEnd('/')}{InboxEndpoint.Root}/{WebhookSources.Shop}/{Uri.EscapeDataString(shop)}");

    /// <summary>Makes and mends the shop's webhooks now.</summary>
    /// <returns>How each stands; empty where the shop calls by its plugin, or not at all.</returns>
    /// <exception cref="RefusedException">There is no such shop, its address here is not known, or the shop can't be reached.</exception>
    public async Task<IReadOnlyList<KeptWebhook>> LookAfterAsync(string shop, CancellationToken cancellationToken)
    {
        if (shops.Get(shop) is not IKeepWebhooks keeping)
            return [];
        var server = options.PublicAddress ?? throw Refusals.Invalid(
            "no_public_address", "The shop can't tell of changes, because where it finds this server is not known. Have ProductVideo:PublicAddress set; changes are found by looking meanwhile.",
            "ProductVideo:PublicAddress is not set.");
        try
        {
            return await keeping.KeepAsync(AddressOf(server, shop), cancellationToken);
        }
        catch (StorefrontException e)
        {
            throw Refusals.From(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Has(ProcessRoles.Worker) || options.PublicAddress is null)
            return;
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            foreach (var shop in shops.All.Where(shop => shop is IKeepWebhooks))
                await LookAfterOrSayAsync(shop.Shop, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAfterOrSayAsync(string shop, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var webhook in await LookAfterAsync(shop, cancellationToken))
            {
                if (webhook.Upkeep is not WebhookUpkeep.WasThere)
                    log.LogInformation("Webhook {Topic} of {Shop}: {Upkeep} {WayOut}", webhook.Topic, shop, webhook.Upkeep, webhook.WayOut);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Changes are found by looking too; the next hour tries again.
            log.LogWarning(e, "The webhooks of {Shop} can't be looked after now", shop);
        }
    }
}
