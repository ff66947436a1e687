using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Choosing;

/// <summary>Each shop's list of providers.</summary>
internal sealed class ProviderLists(IDbContextFactory<ProductVideoDb> databases, Shops shops, ListRules rules, IDatabaseClock clock)
{
    /// <returns>null where the shop has none.</returns>
    public async Task<ProviderList?> FindAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ProviderLists.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken) is { } row
            ? Json.Read<ProviderList>(row.List) : null;
    }

    /// <summary>Counts for orders from now on; what is under way stays with who stood in when it was ordered.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="list">Its new list.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such shop, or something is wrong with the list.</exception>
    public async Task PutAsync(string shop, ProviderList list, string by, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        rules.Demand(list);
        var (text, now) = (Json.Write(list), (await clock.NowAsync(cancellationToken)).UtcTicks);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO provider_lists ("Shop", "List", "By", "At") VALUES ({shop}, {text}, {by}, {now})
             ON CONFLICT ("Shop") DO UPDATE SET "List" = excluded."List", "By" = excluded."By", "At" = excluded."At"
             """,
            cancellationToken);
    }

    /// <summary>As <see cref="PutAsync"/>, for who changes a list that was read before: only if it is still that list.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="was">The list as it was read; null where there was none.</param>
    /// <param name="list">Its new list; null as <see cref="DeleteAsync"/>.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such shop, something is wrong with the list, or it is another one by now.</exception>
    public async Task ChangeAsync(string shop, ProviderList? was, ProviderList? list, string by, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        if (list is not null)
            rules.Demand(list);
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.ProviderLists.Where(row => row.Shop == shop).Select(row => row.List).FirstOrDefaultAsync(cancellationToken);
        // An earlier version may have written the same list in other words.
        if (was is null ? found is not null : found is null || Json.Write(Json.Read<ProviderList>(found)) != Json.Write(was))
            throw ChangedMeanwhile(shop);
        var text = list is null ? null : Json.Write(list);
        var same = db.ProviderLists.Where(row => row.Shop == shop && row.List == found);
        var written = (found, text) switch
        {
            (null, null) => 1,
            (null, _) => await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO provider_lists ("Shop", "List", "By", "At") VALUES ({shop}, {text}, {by}, {now.UtcTicks}) ON CONFLICT DO NOTHING""", cancellationToken),
            (_, null) => await same.ExecuteDeleteAsync(cancellationToken),
            _ => await same.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.List, text).SetProperty(row => row.By, by).SetProperty(row => row.At, now), cancellationToken),
        };
        if (written == 0)
            throw ChangedMeanwhile(shop);
    }

    private static RefusedException ChangedMeanwhile(string shop) => new(
        RefusalKind.Conflict,
        new Problem("changed_meanwhile", "The list was changed meanwhile, so nothing was done. Look at it as it is now, then make your change.", $"The list of shop '{shop}' is not the one read."));

    /// <summary>Back to the host's first provider, with nobody to stand in.</summary>
    /// <exception cref="RefusedException">There is no such shop.</exception>
    public async Task DeleteAsync(string shop, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ProviderLists.Where(row => row.Shop == shop).ExecuteDeleteAsync(cancellationToken);
    }
}
