using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
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
        string? product = null;
        var clips = new List<PublishedClip>();
        await foreach (var row in RowsAsync(shop, cancellationToken))
        {
            if (product is not null && row.ProductId != product)
            {
                yield return new PublishedProduct(product, clips);
                clips = [];
            }

            product = row.ProductId;
            if (Json.Read<GenerationState>(row.Document) is GenerationState.Published published)
                clips.Add(new PublishedClip(published.Clip, published.ClipUrl));
        }

        if (product is not null)
            yield return new PublishedProduct(product, clips);
    }

    /// <summary>Changes whenever a clip comes onto a listing or leaves one.</summary>
    public async Task<PublishedStamp> StampAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var published = Published(db, shop);
        return new(
            await published.CountAsync(cancellationToken),
            await published.GroupBy(row => row.ProductId).Select(rows => rows.Count()).OrderByDescending(count => count).FirstOrDefaultAsync(cancellationToken),
            await db.Generations.Where(row => row.Shop == shop && Ever.Contains(row.State)).OrderByDescending(row => row.UpdatedAt)
                .Select(row => (DateTimeOffset?)row.UpdatedAt).FirstOrDefaultAsync(cancellationToken));
    }

    private async IAsyncEnumerable<GenerationRow> RowsAsync(string shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GenerationRow? last = null;
        int got;
        do
        {
            List<GenerationRow> page;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                var rows = Published(db, shop);
                if (last is { ProductId: var product, CreatedAt: var at, Id: var id })
                {
                    rows = rows.Where(row => string.Compare(row.ProductId, product) > 0
                        || (row.ProductId == product && (row.CreatedAt < at || (row.CreatedAt == at && row.Id.CompareTo(id) < 0))));
                }

                page = await rows.OrderBy(row => row.ProductId).ThenByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Together).ToListAsync(cancellationToken);
            }

            foreach (var row in page)
                yield return last = row;
            got = page.Count;
        }
        while (got == Together);
    }

    private static IQueryable<GenerationRow> Published(ProductVideoDb db, string shop) =>
        db.Generations.AsNoTracking().Where(row => row.Shop == shop && row.State == nameof(GenerationState.Published));
}

/// <param name="ProductId">The shop's.</param>
/// <param name="Clips">The newest first.</param>
internal sealed record PublishedProduct(string ProductId, IReadOnlyList<PublishedClip> Clips);

/// <param name="Clip">As measured.</param>
/// <param name="ClipUrl">As <see cref="Catalog.AttachedMedia.ClipUrl"/>.</param>
internal sealed record PublishedClip(Clip Clip, string? ClipUrl);

/// <param name="Count">Clips.</param>
/// <param name="MostOfOne">The most clips of one product.</param>
/// <param name="ChangedAt">When the last one came or went; null where none ever did.</param>
internal sealed record PublishedStamp(int Count, int MostOfOne, DateTimeOffset? ChangedAt);
