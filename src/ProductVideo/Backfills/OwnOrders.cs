using Microsoft.EntityFrameworkCore;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>What a run ordered itself of some products, in another ratio: that is no reason to leave a product out, and all else is.</summary>
internal sealed class OwnOrders
{
    private static readonly OwnOrders None = new([], []);

    private readonly HashSet<Guid> _ids;
    private readonly HashSet<string> _endedLast;

    private OwnOrders(HashSet<Guid> ids, HashSet<string> endedLast) => (_ids, _endedLast) = (ids, endedLast);

    /// <summary>A run of one ratio orders each product once, so what it finds there is never its own.</summary>
    public static async Task<OwnOrders> FindAsync(
        ProductVideoDb db, Guid backfill, BackfillPlan plan, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken) =>
        plan.Aspects.Count < 2 ? None : await FindAsync(db, backfill, shop, products, cancellationToken);

    public static async Task<OwnOrders> FindAsync(
        ProductVideoDb db, Guid backfill, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        var ordered = await db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill && products.Contains(row.ProductId) && row.GenerationId != null)
            .Select(row => new { row.ProductId, Generation = row.GenerationId!.Value }).ToListAsync(cancellationToken);
        if (ordered.Count == 0)
            return None;
        var ids = ordered.Select(item => item.Generation).ToHashSet();
        var touched = ordered.Select(item => item.ProductId).Distinct(StringComparer.Ordinal).ToList();
        var ended = await CatalogVideos.Ended(db.Generations.AsNoTracking().Where(row => row.Shop == shop && touched.Contains(row.ProductId)))
            .GroupBy(row => row.ProductId)
            .Select(rows => rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Select(row => new { row.ProductId, row.Id }).First())
            .ToListAsync(cancellationToken);
        return new OwnOrders(ids, [.. ended.Where(last => ids.Contains(last.Id)).Select(last => last.ProductId)]);
    }

    public bool Has(Guid? generation) => generation is { } id && _ids.Contains(id);

    /// <summary>Whether the last of the product's videos that came to an end is the run's own.</summary>
    public bool EndedLast(string product) => _endedLast.Contains(product);
}
