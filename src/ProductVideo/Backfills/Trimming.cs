using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// Leaves out of a dry run what is beyond its limits over all products: best sellers, number of videos, money. Some at a time; begun anew,
/// it leaves out the same.
/// </summary>
internal sealed class Trimming
{
    private readonly Guid _id;
    private readonly Queue<Func<ProductVideoDb, CancellationToken, Task<bool>>> _limits = new();
    private (long Rank, string ProductId, string Aspect)? _after;

    public Trimming(Backfill backfill)
    {
        _id = backfill.Id;
        var (scope, caps) = (backfill.Plan.Scope, backfill.Plan.Caps);
        if (scope.BestSellers is { } best)
            AddFrom(SkipReason.NotBestSeller, (db, token) => RankBeyondAsync(db, best, token));
        if (caps.Videos is { } most)
            AddFrom(SkipReason.OverCount, (db, token) => Waiting(db, after: null).Skip(most).FirstOrDefaultAsync(token));
        if (caps.Money is { } money)
            AddMoney(money);
    }

    /// <summary>Goes on, in the transaction of <paramref name="db"/>.</summary>
    /// <returns>Whether there is more to do.</returns>
    public async Task<bool> DoSomeAsync(ProductVideoDb db, CancellationToken cancellationToken)
    {
        if (_limits.TryPeek(out var limit) && !await limit(db, cancellationToken))
        {
            _limits.Dequeue();
            _after = null;
        }

        return _limits.Count > 0;
    }

    /// <summary>Leaves out the first one that is found and all behind it.</summary>
    private void AddFrom(SkipReason reason, Func<ProductVideoDb, CancellationToken, Task<BackfillItemRow?>> first)
    {
        BackfillItemRow? from = null;
        _limits.Enqueue(async (db, token) =>
        {
            if (from is null)
            {
                from = await first(db, token);
                if (from is null)
                    return false;
                await BackfillItems.SkipAsync(db, [from], reason, token);
                _after = (from.Rank, from.ProductId, from.Aspect);
            }

            var page = await Waiting(db, _after).Take(BackfillItems.Together).ToListAsync(token);
            return await SkipAsync(db, page, page, reason, token);
        });
    }

    /// <summary>What comes first is kept while there is money; what is dearer than what is left makes room for a cheaper one behind it.</summary>
    private void AddMoney(Money most)
    {
        var left = Micros.Of(most.Amount);
        _limits.Enqueue(async (db, token) =>
        {
            var page = await Waiting(db, _after).Where(row => row.Price > 0 && row.Currency == most.Currency).Take(BackfillItems.Together).ToListAsync(token);
            var over = new List<BackfillItemRow>();
            foreach (var row in page)
            {
                if (row.Price <= left)
                    left -= row.Price;
                else
                    over.Add(row);
            }

            return await SkipAsync(db, page, over, SkipReason.OverBudget, token);
        });
    }

    private async Task<bool> SkipAsync(
        ProductVideoDb db, List<BackfillItemRow> page, IReadOnlyList<BackfillItemRow> over, SkipReason reason, CancellationToken cancellationToken)
    {
        await BackfillItems.SkipAsync(db, over, reason, cancellationToken);
        if (page.Count < BackfillItems.Together)
            return false;
        _after = (page[^1].Rank, page[^1].ProductId, page[^1].Aspect);
        return true;
    }

    /// <summary>The first product behind so many of the best sold, among all that fit otherwise.</summary>
    private async Task<BackfillItemRow?> RankBeyondAsync(ProductVideoDb db, int best, CancellationToken cancellationToken)
    {
        // Those that were never sold are nobody's best sellers.
        string[] strangers = [nameof(SkipReason.OutOfScope), nameof(SkipReason.NotInShop), nameof(SkipReason.NotPublished)];
        var products = db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == _id && (row.Reason == null || !strangers.Contains(row.Reason))).Select(row => new { row.Rank, row.ProductId }).Distinct()
            .OrderBy(row => row.Rank).ThenBy(row => row.ProductId);
        var first = await products.Skip(best).FirstOrDefaultAsync(cancellationToken);
        var unsold = await products.Where(row => row.Rank >= 0).FirstOrDefaultAsync(cancellationToken);
        var beyond = first is null || (unsold is not null && unsold.Rank <= first.Rank) ? unsold : first;
        return beyond is null ? null : new BackfillItemRow { BackfillId = _id, ProductId = beyond.ProductId, Aspect = "", State = nameof(ItemState.Waiting), Rank = beyond.Rank };
    }

    private IQueryable<BackfillItemRow> Waiting(ProductVideoDb db, (long Rank, string ProductId, string Aspect)? after) =>
        BackfillItems.Waiting(db, _id, after);
}
