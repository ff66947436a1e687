using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Connecting;

/// <summary>Connected shops as rows.</summary>
internal sealed class ConnectionStore(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
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

    /// <summary>
    /// Changes what it is reached by. To another store it goes as if it were taken away and connected anew: not while a video is on its way,
    /// which would go onto another product of the same id there, and without what belonged to the store before.
    /// </summary>
    /// <param name="shop">Which.</param>
    /// <param name="seen">When the row was written that the change is made from.</param>
    /// <param name="values">All that is no secret.</param>
    /// <param name="secrets">All that is, encrypted.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="movesSince">When another store was first asked for what is kept of it; null where it stays the same one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many videos are on their way to a store that it was to leave, 0 if it was changed; null if somebody else changed it since <paramref name="seen"/>, or took it away.</returns>
    internal async Task<int?> ChangeAsync(
        string shop, DateTimeOffset seen, string values, string secrets, string by, DateTimeOffset? movesSince, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.ShopConnections.Where(row => row.Shop == shop && row.At == seen).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Values, values).SetProperty(row => row.Secrets, secrets).SetProperty(row => row.By, by).SetProperty(row => row.At, now),
            cancellationToken) > 0;
        if (!changed)
            return null;
        if (movesSince is { } since)
        {
            if (await CountUnderWayAsync(db, shop, cancellationToken) is > 0 and var under)
                return under;
            await LeaveAsync(db, shop, since, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return 0;
    }

    /// <returns>How many videos of the shop are on their way onto a listing or off one.</returns>
    internal async Task<int> CountUnderWayAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await CountUnderWayAsync(db, shop, cancellationToken);
    }

    /// <summary>Takes it away with its secrets and tokens, and ends the API keys of that shop, its plugin's among them; not while a video of the shop is on its way.</summary>
    /// <returns>How many videos are on their way; 0 if it was taken away.</returns>
    internal async Task<int> RemoveAsync(string shop, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.ShopConnections.Where(row => row.Shop == shop).ExecuteDeleteAsync(cancellationToken);
        if (await CountUnderWayAsync(db, shop, cancellationToken) is > 0 and var under)
            return under;
        await LeaveAsync(db, shop, tokensBefore: null, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return 0;
    }

    private static Task<int> CountUnderWayAsync(ProductVideoDb db, string shop, CancellationToken cancellationToken) =>
        db.Generations.CountAsync(row => row.Shop == shop && (row.Active || row.State == nameof(GenerationState.Withdrawing)), cancellationToken);

    /// <summary>Ends all that was agreed with the store that has stood at that key.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="shop">The key.</param>
    /// <param name="tokensBefore">Tokens that were kept later are the next store's, and stay; null to keep none.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    private static async Task LeaveAsync(ProductVideoDb db, string shop, DateTimeOffset? tokensBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ForgetPolicyAsync(db, shop, cancellationToken);
        await db.ShopTokens.Where(row => row.Shop == shop && (tokensBefore == null || row.At < tokensBefore)).ExecuteDeleteAsync(cancellationToken);
        await db.ApiKeys.Where(row => row.Shop == shop && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        await PauseBackfillsAsync(db, shop, now, cancellationToken);
    }

    /// <summary>What somebody agreed to pay for one store's products is not spent on another's.</summary>
    private static Task PauseBackfillsAsync(ProductVideoDb db, string shop, DateTimeOffset now, CancellationToken cancellationToken) => BackfillStore.PauseAllAsync(
        db.Backfills.Where(row => row.Shop == shop),
        new Problem(
            "backfill_shop_changed",
            "The shop was disconnected or got another address after this was started, so its products may be others now. Look whether it is still what you want; then resume, or make a new one.",
            $"Shop '{shop}' was taken away or moved."),
        now, cancellationToken);

    /// <summary>What stands at that key next may be another shop with the same ids: a person says again that its changes may order anything.</summary>
    private static Task ForgetPolicyAsync(ProductVideoDb db, string shop, CancellationToken cancellationToken) => db.WatchedShops.Where(row => row.Shop == shop).ExecuteUpdateAsync(
        set => set
            .SetProperty(row => row.Policy, (string?)null).SetProperty(row => row.Cursor, (string?)null).SetProperty(row => row.ScanSince, (DateTimeOffset?)null)
            .SetProperty(row => row.UninstalledAt, (DateTimeOffset?)null),
        cancellationToken);
}
