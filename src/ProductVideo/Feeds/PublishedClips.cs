using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Changes;
using ProductVideo.Clips;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Feeds;

/// <summary>What is on a shop's listings now.</summary>
internal sealed class PublishedClips(IDbContextFactory<ProductVideoDb> databases)
{
    private const int Together = 200;

    private static readonly string[] Ever = [nameof(GenerationState.Published), nameof(GenerationState.Withdrawing), nameof(GenerationState.Withdrawn)];

    /// <summary>Product by product, the newest clip of each first. Holds no connection while somebody slow takes them.</summary>
    public async IAsyncEnumerable<PublishedProduct> ReadAsync(string shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PublishedProduct? product = null;
        var clips = new List<PublishedClip>();
        await foreach (var (row, isGone) in RowsAsync(shop, cancellationToken))
        {
            if (product is not null && row.ProductId != product.ProductId)
            {
                yield return product;
                product = null;
            }

            product ??= new PublishedProduct(row.ProductId, clips = [], isGone);
            if (Json.Read<GenerationState>(row.Document) is GenerationState.Published published)
                clips.Add(new PublishedClip(published.Clip, published.ClipUrl));
        }

        if (product is not null)
            yield return product;
    }

    /// <summary>Changes whenever a clip comes onto a listing or leaves one, and whenever a product of one leaves its shop or comes back.</summary>
    public async Task<PublishedStamp> StampAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (published, gone) = (Published(db, shop), Gone(db, shop));
        var listed = published.Where(row => !gone.Any(product => product.ProductId == row.ProductId));
        return new(
            await listed.CountAsync(cancellationToken),
            await listed.GroupBy(row => row.ProductId).Select(rows => rows.Count()).OrderByDescending(count => count).FirstOrDefaultAsync(cancellationToken),
            Later(
                await db.Generations.Where(row => row.Shop == shop && Ever.Contains(row.State)).OrderByDescending(row => row.UpdatedAt)
                    .Select(row => (DateTimeOffset?)row.UpdatedAt).FirstOrDefaultAsync(cancellationToken),
                // Of those that are back too: a time that went backwards would be taken for no change.
                await published.Join(db.WatchedProducts, row => new { row.Shop, row.ProductId }, product => new { product.Shop, product.ProductId }, (_, product) => product.StateAt)
                    .OrderByDescending(at => at).Select(at => (DateTimeOffset?)at).FirstOrDefaultAsync(cancellationToken)));
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private async IAsyncEnumerable<PublishedRow> RowsAsync(string shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GenerationRow? last = null;
        int got;
        do
        {
            List<PublishedRow> page;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                var (rows, gone) = (Published(db, shop), Gone(db, shop));
                if (last is { ProductId: var product, CreatedAt: var at, Id: var id })
                {
                    rows = rows.Where(row => string.Compare(row.ProductId, product) > 0
                        || (row.ProductId == product && (row.CreatedAt < at || (row.CreatedAt == at && row.Id.CompareTo(id) < 0))));
                }

                page = await rows.OrderBy(row => row.ProductId).ThenByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Together)
                    .Select(row => new PublishedRow(row, gone.Any(product => product.ProductId == row.ProductId))).ToListAsync(cancellationToken);
            }

            foreach (var row in page)
            {
                last = row.Row;
                yield return row;
            }

            got = page.Count;
        }
        while (got == Together);
    }

    private static IQueryable<GenerationRow> Published(ProductVideoDb db, string shop) =>
        db.Generations.AsNoTracking().Where(row => row.Shop == shop && row.State == nameof(GenerationState.Published));

    private static IQueryable<WatchedProductRow> Gone(ProductVideoDb db, string shop) =>
        db.WatchedProducts.AsNoTracking().Where(row => row.Shop == shop && row.State == nameof(WatchState.Gone));

    private sealed record PublishedRow(GenerationRow Row, bool IsGone);
}

/// <param name="ProductId">The shop's.</param>
/// <param name="Clips">The newest first.</param>
/// <param name="IsGone">Whether the shop listed it no more when it was last looked at.</param>
internal sealed record PublishedProduct(string ProductId, IReadOnlyList<PublishedClip> Clips, bool IsGone);

/// <param name="Clip">As measured.</param>
/// <param name="ClipUrl">As <see cref="Catalog.AttachedMedia.ClipUrl"/>.</param>
internal sealed record PublishedClip(Clip Clip, string? ClipUrl);

/// <param name="Count">Clips of products that the shop has.</param>
/// <param name="MostOfOne">The most clips of one such product.</param>
/// <param name="ChangedAt">When the last one came or went, or its product; null where none ever did.</param>
internal sealed record PublishedStamp(int Count, int MostOfOne, DateTimeOffset? ChangedAt);
