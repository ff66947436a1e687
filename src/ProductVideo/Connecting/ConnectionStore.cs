using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;

namespace ProductVideo.Connecting;

/// <summary>Connected shops as rows.</summary>
public sealed class ConnectionStore(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>By their keys.</summary>
    internal async Task<IReadOnlyList<ShopConnectionRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ShopConnections.AsNoTracking().OrderBy(row => row.Shop).ToListAsync(cancellationToken);
    }

    /// <returns>null where no such shop was connected.</returns>
    internal async Task<ShopConnectionRow?> FindAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ShopConnections.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken);
    }

    /// <returns>False if there is one with that key already.</returns>
    internal async Task<bool> AddAsync(string shop, string kind, string values, string secrets, string by, CancellationToken cancellationToken)
    {
        var now = (await clock.NowAsync(cancellationToken)).UtcTicks;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO shop_connections ("Shop", "Kind", "Values", "Secrets", "By", "At") VALUES ({shop}, {kind}, {values}, {secrets}, {by}, {now})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken) > 0;
    }

    /// <returns>False if somebody else changed it since <paramref name="seen"/>, or took it away.</returns>
    internal async Task<bool> ChangeAsync(
        string shop, DateTimeOffset seen, string values, string secrets, string by, bool moves, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.ShopConnections.Where(row => row.Shop == shop && row.At == seen).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Values, values).SetProperty(row => row.Secrets, secrets).SetProperty(row => row.By, by).SetProperty(row => row.At, now),
            cancellationToken) > 0;
        if (changed && moves)
            await ForgetPolicyAsync(db, shop, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    /// <summary>Takes it away with its secrets and tokens, and ends the API keys of that shop's plugin; not while a video of the shop is on its way.</summary>
    /// <returns>How many videos are on their way; 0 if it was taken away.</returns>
    internal async Task<int> RemoveAsync(string shop, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.ShopConnections.Where(row => row.Shop == shop).ExecuteDeleteAsync(cancellationToken);
        var under = await db.Generations.CountAsync(row => row.Shop == shop && (row.Active || row.State == "Withdrawing"), cancellationToken);
        if (under > 0)
            return under;
        await ForgetPolicyAsync(db, shop, cancellationToken);
        await db.ShopTokens.Where(row => row.Shop == shop).ExecuteDeleteAsync(cancellationToken);
        await db.ApiKeys.Where(row => row.Shop == shop && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return 0;
    }

    /// <summary>What stands at that key next may be another shop with the same ids: a person says again that its changes may order anything.</summary>
    private static Task ForgetPolicyAsync(ProductVideoDb db, string shop, CancellationToken cancellationToken) => db.WatchedShops.Where(row => row.Shop == shop).ExecuteUpdateAsync(
        set => set
            .SetProperty(row => row.Policy, (string?)null).SetProperty(row => row.Cursor, (string?)null).SetProperty(row => row.ScanSince, (DateTimeOffset?)null)
            .SetProperty(row => row.UninstalledAt, (DateTimeOffset?)null),
        cancellationToken);
}
