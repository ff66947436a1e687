using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Choosing;

/// <summary>Each shop's list of providers.</summary>
public sealed class ProviderLists(IDbContextFactory<ProductVideoDb> databases, Shops shops, ListRules rules, IDatabaseClock clock)
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

    /// <summary>Back to the host's first provider, with nobody to stand in.</summary>
    /// <exception cref="RefusedException">There is no such shop.</exception>
    public async Task DeleteAsync(string shop, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ProviderLists.Where(row => row.Shop == shop).ExecuteDeleteAsync(cancellationToken);
    }
}
