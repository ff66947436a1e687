using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>
/// Looks in the shop at products that were named for a backfill, as hints lead to looks: each is read, compared with its video and written
/// into the index, and what the shop wants done about a change is done. Nothing that was looked at since the backfill was made is looked at again.
/// </summary>
internal sealed class NamedLooks(CatalogProducts catalog, ProductLook look, Outages outages)
{
    /// <summary>Shops limit how many may be asked at once.</summary>
    private const int AtOnce = 4;

    /// <summary>Those of them that the shop lists, by id.</summary>
    /// <param name="backfill">For which.</param>
    /// <param name="ids">Products that were named.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Them; whether some were looked at; and where the shop can't be asked now, why and how long to wait: then they count for nothing.</returns>
    public async Task<(IReadOnlyDictionary<string, CatalogProduct> Known, bool Looked, (Problem Why, TimeSpan For)? Wait)> FindAsync(
        Backfill backfill, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var known = await FindAsync(backfill.Shop, ids, cancellationToken);
        var stale = ids.Where(id => !(known.GetValueOrDefault(id)?.SeenAt >= backfill.CreatedAt)).ToList();
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
        return (await FindAsync(backfill.Shop, ids, cancellationToken), true, null);

        // One product that the shop can't read must not hold up all others; it is judged by what is known of it.
        async Task<bool> IsOfShopAsync(LookWait met) => !met.MayBeProducts || !await outages.AnswersAsync(backfill.Shop, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, CatalogProduct>> FindAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await catalog.FindAsync(shop, ids, cancellationToken)).ToDictionary(product => product.Ref.ProductId, StringComparer.Ordinal);
}
