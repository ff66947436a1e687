using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>Each shop's policy and scan, as a row.</summary>
internal sealed class WatchedShops(IDbContextFactory<ProductVideoDb> databases, Shops shops, IDatabaseClock clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>A shop may let us in for a moment after it told that it does not.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    /// <summary>What the shop wants; the default where it never said.</summary>
    public async Task<ChangePolicy> PolicyAsync(string shop, CancellationToken cancellationToken) => (await FindAsync(shop, cancellationToken))?.Policy ?? ChangePolicy.Default;

    /// <returns>null where nothing was written down about the shop yet.</returns>
    public async Task<WatchedShop?> FindAsync(string shop, CancellationToken cancellationToken) =>
        await RowAsync(shop, cancellationToken) is { } row ? WatchedShop.Of(row) : null;

    /// <returns>null where nothing was written down about the shop yet.</returns>
    internal async Task<WatchedShopRow?> RowAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.WatchedShops.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken);
    }

    /// <summary>Counts for changes that are noticed from now on: what is marked already is not ordered all at once.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="policy">Its new policy.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProductVideo.Generations.RefusedException">There is no such shop.</exception>
    public async Task PutAsync(string shop, ChangePolicy policy, string by, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        var (text, now) = (Json.Write(policy), (await clock.NowAsync(cancellationToken)).UtcTicks);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_shops ("Shop", "Policy", "PolicyBy", "PolicyAt", "DueAt", "Tries") VALUES ({shop}, {text}, {by}, {now}, {now}, 0)
             ON CONFLICT ("Shop") DO UPDATE SET "Policy" = excluded."Policy", "PolicyBy" = excluded."PolicyBy", "PolicyAt" = excluded."PolicyAt"
             """,
            cancellationToken);
    }

    /// <summary>Changes one thing of the policy, as <see cref="PutAsync"/> would; what others changed meanwhile stays as they want it.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="change">The change; called again where the policy moved on meanwhile.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The policy as it is then.</returns>
    /// <exception cref="ProductVideo.Generations.RefusedException">There is no such shop.</exception>
    public async Task<ChangePolicy> ChangeAsync(string shop, Func<ChangePolicy, ChangePolicy> change, string by, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var was = await db.WatchedShops.Where(row => row.Shop == shop).Select(row => row.Policy).FirstOrDefaultAsync(cancellationToken);
            var policy = change(was is null ? ChangePolicy.Default : Json.Read<ChangePolicy>(was));
            var text = Json.Write(policy);
            var written = was is null
                ? await db.Database.ExecuteSqlAsync(
                    $"""
                     INSERT INTO watched_shops AS w ("Shop", "Policy", "PolicyBy", "PolicyAt", "DueAt", "Tries") VALUES ({shop}, {text}, {by}, {now.UtcTicks}, {now.UtcTicks}, 0)
                     ON CONFLICT ("Shop") DO UPDATE SET "Policy" = excluded."Policy", "PolicyBy" = excluded."PolicyBy", "PolicyAt" = excluded."PolicyAt" WHERE w."Policy" IS NULL
                     """,
                    cancellationToken)
                : await db.WatchedShops.Where(row => row.Shop == shop && row.Policy == was).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Policy, text).SetProperty(row => row.PolicyBy, by).SetProperty(row => row.PolicyAt, now), cancellationToken);
            if (written > 0)
                return policy;
        }
    }

    /// <summary>From now on no shop's changes order anything by themselves, until a person says so again.</summary>
    /// <param name="db">Where.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many shops' did.</returns>
    internal static async Task<int> OnlyTellAsync(ProductVideoDb db, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var row in await db.WatchedShops.AsNoTracking().Where(row => row.Policy != null).ToListAsync(cancellationToken))
        {
            var policy = Json.Read<ChangePolicy>(row.Policy!);
            if (policy.OnChange is not OnChange.Remake)
                continue;
            var text = Json.Write(policy with { OnChange = OnChange.Tell });
            changed += await db.WatchedShops.Where(r => r.Shop == row.Shop && r.Policy == row.Policy).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Policy, text).SetProperty(r => r.PolicyBy, by).SetProperty(r => r.PolicyAt, now), cancellationToken);
        }

        return changed;
    }

    /// <summary>Writes down that the shop took our access away; nothing is ordered for its changes until it lets us in again.</summary>
    internal async Task UninstallAsync(ProductVideoDb db, string shop, CancellationToken cancellationToken)
    {
        var now = (await clock.NowAsync(cancellationToken)).UtcTicks;
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_shops AS w ("Shop", "UninstalledAt", "DueAt", "Tries") VALUES ({shop}, {now}, {now}, 0)
             ON CONFLICT ("Shop") DO UPDATE SET "UninstalledAt" = COALESCE(w."UninstalledAt", {now})
             """,
            cancellationToken);
    }

    /// <summary>Makes the shop's scan due now, where it is not going on already.</summary>
    /// <returns>The database's time of now: the scan has ended once the shop was gone through then or later.</returns>
    /// <exception cref="ProductVideo.Generations.RefusedException">There is no such shop.</exception>
    public async Task<DateTimeOffset> ScanNowAsync(string shop, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        var at = await clock.NowAsync(cancellationToken);
        var now = at.UtcTicks;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_shops AS w ("Shop", "DueAt", "Tries") VALUES ({shop}, {now}, 0)
             ON CONFLICT ("Shop") DO UPDATE SET "DueAt" = {now} WHERE w."DueAt" > {now} AND (w."ScanSince" IS NULL OR w."Tries" > 0)
             """,
            cancellationToken);
        return at;
    }

    /// <summary>
    /// For a shop that has other products now under its old key: its scan begins anew at once and as the first, whoever is at it, and what it does not
    /// list is forgotten at its end. What the shop wants done about changes stays.
    /// </summary>
    /// <exception cref="ProductVideo.Generations.RefusedException">There is no such shop.</exception>
    public async Task ScanAnewAsync(string shop, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        var now = (await clock.NowAsync(cancellationToken)).UtcTicks;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO watched_shops ("Shop", "DueAt", "Tries") VALUES ({shop}, {now}, 0)
             ON CONFLICT ("Shop") DO UPDATE SET "DueAt" = {now}, "Tries" = 0, "Problem" = NULL, "Cursor" = NULL, "ScanSince" = NULL, "ScannedAt" = NULL,
                 "ChangesSince" = NULL, "ChangesBegan" = NULL, "ChangesCursor" = NULL, "ChangesDueAt" = NULL, "Owner" = NULL, "LeaseUntil" = NULL
             """,
            cancellationToken);
    }

    /// <summary>Takes a shop whose scan is due, or that is to be asked what changed; null if there is none.</summary>
    /// <param name="only">Takes this shop or none; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<WatchedShopRow?> ClaimNextAsync(string? only, CancellationToken cancellationToken)
    {
        await AddMissingAsync(cancellationToken);
        var (here, owner, now) = (shops.All.Select(shop => shop.Shop).Where(shop => only is null || shop == only).ToList(), Nonce.New(), await clock.NowAsync(cancellationToken));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = db.WatchedShops.Where(row => here.Contains(row.Shop) && (row.DueAt <= now || row.ChangesDueAt <= now) && (row.Owner == null || row.LeaseUntil < now));
            if (await free.AsNoTracking().OrderBy(row => row.DueAt).FirstOrDefaultAsync(cancellationToken) is not { } next)
                return null;
            // The same page is listed by one node: whoever reads a row that went on meanwhile gets nothing.
            var same = free.Where(row => row.Shop == next.Shop && row.Cursor == next.Cursor && row.DueAt == next.DueAt);
            var claimed = await same.Where(row => row.ChangesCursor == next.ChangesCursor && row.ChangesDueAt == next.ChangesDueAt).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken);
            if (claimed == 0)
                continue;
            next.Owner = owner;
            return next;
        }
    }

    /// <summary>Writes how far the scan is together with what <paramref name="follow"/> writes, and gives the claim up; nothing is written if it was lost.</summary>
    /// <param name="row">As claimed, with how far it is now.</param>
    /// <param name="letInAt">When the shop was asked and answered; null if it did not. It has then let us in again, unless it told otherwise about then or since.</param>
    /// <param name="follow">Writes in the same transaction.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task EndAsync(WatchedShopRow row, DateTimeOffset? letInAt, Func<ProductVideoDb, Task>? follow, CancellationToken cancellationToken)
    {
        var told = (letInAt ?? DateTimeOffset.UnixEpoch) - Settle;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.WatchedShops.Where(r => r.Shop == row.Shop && r.Owner == row.Owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.Cursor, row.Cursor).SetProperty(r => r.ScanSince, row.ScanSince).SetProperty(r => r.ScannedAt, row.ScannedAt)
                .SetProperty(r => r.DueAt, row.DueAt).SetProperty(r => r.Tries, row.Tries).SetProperty(r => r.Problem, row.Problem)
                .SetProperty(r => r.ChangesSince, row.ChangesSince).SetProperty(r => r.ChangesBegan, row.ChangesBegan)
                .SetProperty(r => r.ChangesCursor, row.ChangesCursor).SetProperty(r => r.ChangesDueAt, row.ChangesDueAt)
                .SetProperty(r => r.UninstalledAt, r => r.UninstalledAt < told ? null : r.UninstalledAt)
                .SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
        if (written == 0)
            return;
        if (follow is not null)
            await follow(db);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Gives a claim up and writes nothing else: whoever comes next goes on at once.</summary>
    internal async Task ReleaseAsync(WatchedShopRow row, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.WatchedShops.Where(r => r.Shop == row.Shop && r.Owner == row.Owner).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    private async Task AddMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var shop in shops.All.Where(shop => !_written.ContainsKey(shop.Shop)))
        {
            var now = (await clock.NowAsync(cancellationToken)).UtcTicks;
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO watched_shops ("Shop", "DueAt", "Tries") VALUES ({shop.Shop}, {now}, 0) ON CONFLICT DO NOTHING""", cancellationToken);
            _written[shop.Shop] = true;
        }
    }
}
