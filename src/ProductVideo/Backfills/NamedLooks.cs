using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>
/// Looks in the shop at products that were named for a backfill: each is read, compared with its video and written into the index. What the shop
/// wants done about a change is left to the look that a hint leads to: a dry run spends nothing. What was looked at since this dry run began is not
/// looked at again.
/// </summary>
internal sealed class NamedLooks(CatalogProducts catalog, ProductLook look, Outages outages)
{
    /// <summary>Shops limit how many may be asked at once.</summary>
    private const int AtOnce = 4;

    /// <summary>Those of them that the shop lists, by name.</summary>
    /// <param name="backfill">For which.</param>
    /// <param name="names">Products that were named, by id or handle. One that is known neither way is looked for as an id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Them; whether some were looked at; and where the shop can't be asked now, why and how long to wait: then they count for nothing.</returns>
    public async Task<(IReadOnlyDictionary<string, CatalogProduct> Known, bool Looked, (Problem Why, TimeSpan For)? Wait)> FindAsync(
        Backfill backfill, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var began = backfill.QuotingSince ?? backfill.CreatedAt;
        var known = await catalog.NamedAsync(backfill.Shop, names, cancellationToken);
        var stale = names.Where(name => !(known.GetValueOrDefault(name)?.SeenAt >= began))
            .Select(name => known.GetValueOrDefault(name)?.Ref.ProductId ?? name).Distinct(StringComparer.Ordinal).ToList();
        if (stale.Count == 0)
            return (known, false, null);
        LookWait? wait = null;
        await Parallel.ForEachAsync(
            stale, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                // One that can't be asked tells of all.
                if (Volatile.Read(ref wait) is null && await look.LookNowAsync(new ProductRef(backfill.Shop, id), token) is { } met && await IsOfShopAsync(met))
                    Interlocked.CompareExchange(ref wait, met, null);
            });
        if (wait is not null)
            return (known, true, (wait.Why, outages.NextWait(backfill.Id, wait.AtLeast)));
        outages.Over(backfill.Id);
        return (await catalog.NamedAsync(backfill.Shop, names, cancellationToken), true, null);

        // One product that the shop can't read must not hold up all others; it is judged by what is known of it.
        async Task<bool> IsOfShopAsync(LookWait met) => !met.MayBeProducts || !await outages.AnswersAsync(backfill.Shop, cancellationToken);
    }
}
