using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Http;
using ProductVideo.Pipeline;

namespace ProductVideo.Connecting;

/// <summary>
/// Makes storefronts of the rows, at start and whenever they changed: on this server at once, on the others within seconds. A shop whose row
/// did not change keeps its storefront, with the session that it holds.
/// </summary>
internal sealed class ConnectedShops(
    ConnectionStore store, ConnectionSecrets secrets, IEnumerable<IStorefrontKind> kinds, Shops shops, ShopDownloads downloads, TimeProvider clock,
    DatabaseOutage database, ILogger<ConnectedShops> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IStorefrontKind> _kinds = kinds.ToDictionary(kind => kind.Key, StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, (DateTimeOffset At, ConnectedShop Shop)> _open = new(StringComparer.Ordinal);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything is served or done: work that is due for a connected shop must find it.
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Brings the shops to what the rows say now.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // The settings may name by now what was connected before: theirs goes first.
            var rows = (await store.ListAsync(cancellationToken)).Where(row => !shops.IsOfHost(row.Shop));
            var before = _open;
            _open = rows.ToDictionary(
                row => row.Shop, row => _open.TryGetValue(row.Shop, out var there) && there.At == row.At && there.Shop.Storefront is not UnreadableShop ? there : (row.At, Open(row)),
                StringComparer.Ordinal);
            foreach (var (shop, (_, connected)) in _open)
                downloads[shop] = connected.Pictures;
            shops.Use([.. _open.Values.Select(open => open.Shop.Storefront)]);
            foreach (var gone in before.Keys.Except(_open.Keys, StringComparer.Ordinal))
                downloads.Forget(gone);
        }
        finally
        {
            _turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(LookEvery, clock, stoppingToken);
            try
            {
                await LoadAsync(stoppingToken);
                database.Over();
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                if (!database.Tell(e))
                    log.LogWarning(e, "Which shops are connected can't be read just now; those that were known stay");
            }
        }
    }

    private ConnectedShop Open(ShopConnectionRow row)
    {
        if (!_kinds.TryGetValue(row.Kind, out var kind))
        {
            return Closed(row.Shop, "This kind of shop is not switched on in this server any more. Ask whoever runs it.", $"No kind of shop '{row.Kind}' is registered.");
        }

        if (secrets.Open(row.Shop, row.Secrets) is not { } opened)
        {
            log.LogError("The secrets of shop {Shop} can't be read: they were encrypted with another key ring", row.Shop);
            return Closed(
                row.Shop, "The shop's password must be written again under Shops: what it was encrypted with is lost.",
                "The key ring of Data Protection is not the one with which the row's secrets were encrypted. Put the ring back with the database, or write the secrets again.");
        }

        var values = Together(Json.Read<Dictionary<string, string>>(row.Values), opened);
        return kind.Mistakes(row.Shop, values) is [var mistake, ..]
            ? Closed(row.Shop, $"{mistake.Text} Change it under Shops.", $"The row of shop '{row.Shop}' does not hold what this version asks for: {mistake.Text}")
            : kind.Open(row.Shop, values);
    }

    internal static IReadOnlyDictionary<string, string> Together(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> secrets) =>
        values.Concat(secrets).ToDictionary(StringComparer.Ordinal);

    private static ConnectedShop Closed(string shop, string merchantText, string operatorText) => new(new UnreadableShop(shop, merchantText, operatorText), new PictureRules());
}
