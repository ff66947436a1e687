using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.CatalogIndex;

/// <summary>Keeps in the index how each product's video stands, in the transaction of whatever changes it.</summary>
internal sealed class CatalogVideos : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is null)
            await RowOf(db, after.Product).ExecuteUpdateAsync(set => set.SetProperty(row => row.UnderWay, after.Id), cancellationToken);
        else if (before.State.IsActive != after.State.IsActive || (before.State.Name != after.State.Name && !after.State.IsActive))
            await SettleAsync(db, after.Product, cancellationToken);
    }

    /// <summary>New in the index, but maybe not without videos.</summary>
    internal async Task SettleNewAsync(ProductVideoDb db, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        if (products.Count == 0)
            return;
        var known = await db.Generations.Where(row => row.Shop == shop && products.Contains(row.ProductId)).Select(row => row.ProductId).Distinct().ToListAsync(cancellationToken);
        foreach (var product in known.Order(StringComparer.Ordinal))
            await SettleAsync(db, new ProductRef(shop, product), cancellationToken);
    }

    /// <summary>
    /// Writes why the clip that was looked at would be another one today. A product without a video lacks that, whatever the reasons; and of a clip that
    /// took the place of that one meanwhile they say nothing.
    /// </summary>
    internal static Task LackAsync(ProductVideoDb db, ProductRef product, Guid? clip, IReadOnlyCollection<ChangeReason> reasons, CancellationToken cancellationToken)
    {
        var lacks = (int)FlagsOf(reasons);
        return RowOf(db, product).Where(row => row.Video != null && row.Video == clip && row.Lacks != lacks).ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, lacks), cancellationToken);
    }

    /// <summary>
    /// Writes that none can be made of the product as it is listed: nothing was ordered, so no generation says so. Of a listing that was seen
    /// changed meanwhile nothing is known.
    /// </summary>
    /// <param name="db">Where.</param>
    /// <param name="product">As the index knew it before it was tried.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal static Task FailAsync(ProductVideoDb db, CatalogProduct product, CancellationToken cancellationToken) =>
        RowOf(db, product.Ref).Where(row => row.Version == product.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.EndedAs, nameof(VainEnd.Failed)).SetProperty(row => row.EndedFor, row => row.Version).SetProperty(row => row.EndedAt, row => row.SeenAt),
            cancellationToken);

    /// <summary>The last that came to an end speaks for the product as it was then, also beside a clip that is on the listing. Who cancelled said nothing of the clip.</summary>
    internal static IQueryable<GenerationRow> Ended(IQueryable<GenerationRow> rows) => rows.Where(row => !row.Active && row.State != nameof(GenerationState.Cancelled));

    /// <summary>All that tell how a product's videos stand.</summary>
    internal static IQueryable<GenerationRow> Telling(IQueryable<GenerationRow> rows) => rows.Where(row => row.State != nameof(GenerationState.Cancelled));

    /// <summary>Reads anew how the product's videos stand. Two of them that end at once wait for each other at its row.</summary>
    private static async Task SettleAsync(ProductVideoDb db, ProductRef product, CancellationToken cancellationToken)
    {
        if (await RowOf(db, product).ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, row => row.Lacks), cancellationToken) == 0)
            return;
        var all = db.Generations.AsNoTracking().Where(row => row.Shop == product.Shop && row.ProductId == product.ProductId);
        var published = await Newest(all.Where(row => row.State == nameof(GenerationState.Published))).Select(row => new { row.Id, row.Order }).FirstOrDefaultAsync(cancellationToken);
        var underWay = await Newest(all.Where(row => row.Active)).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken);
        var template = published is null ? null : Json.Read<GenerationOrder>(published.Order).Template;
        var lacks = published is null ? Lacks.Video : await LacksOfAsync(db, product, published.Id, cancellationToken);
        var last = await Newest(Ended(all)).FirstOrDefaultAsync(cancellationToken);
        var vain = last is null ? null : VainEndOf(GenerationRows.FromRow(last));
        var (endedAs, endedFor, endedAt) = (vain?.As.ToString(), vain?.For, vain?.At);
        await RowOf(db, product).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Video, published == null ? null : published.Id).SetProperty(row => row.Template, template)
                .SetProperty(row => row.UnderWay, underWay).SetProperty(row => row.Lacks, (int)lacks)
                .SetProperty(row => row.EndedAs, endedAs).SetProperty(row => row.EndedFor, endedFor).SetProperty(row => row.EndedAt, endedAt),
            cancellationToken);
    }

    private static async Task<Lacks> LacksOfAsync(ProductVideoDb db, ProductRef product, Guid video, CancellationToken cancellationToken)
    {
        var stale = nameof(WatchState.Stale);
        var watched = await db.WatchedProducts.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Shop == product.Shop && row.ProductId == product.ProductId && row.State == stale && row.ClipId == video, cancellationToken);
        return watched is null ? Lacks.None : FlagsOf(WatchedProduct.ReasonsOf(watched));
    }

    private static Lacks FlagsOf(IEnumerable<ChangeReason> reasons) => reasons.Aggregate(Lacks.None, (flags, reason) => flags | reason switch
    {
        ChangeReason.Text => Lacks.Text,
        ChangeReason.Pictures => Lacks.Pictures,
        ChangeReason.RemovedPicture => Lacks.RemovedPicture,
        ChangeReason.Template => Lacks.Template,
        ChangeReason.Brand => Lacks.Brand,
        _ => throw new ArgumentOutOfRangeException(nameof(reasons), reason, message: null),
    });

    /// <summary>
    /// How one ended that speaks against another; null if it does not. It speaks for the listing as it was ordered for; a person's word for the
    /// listing as it was when that was said, however long ago the video was ordered.
    /// </summary>
    internal static VideoEnd? VainEndOf(Generation ended)
    {
        var version = ended.Order.MadeFrom?.Version;
        return ended.State switch
        {
            // What was not sent for its price says nothing of the product.
            GenerationState.Failed { Problem.Code: Agreed.NotAgreed } => null,
            // Nor does what an account did not take, or has no model for: nothing was made or charged, and mended it takes this one too.
            GenerationState.Failed { Problem.Code: Problem.OutOfCredit or Problem.Unauthorised or Problem.AccountRefused or Problem.Unsupported, Charged: false } => null,
            GenerationState.Failed { Handover: null, FollowedBy: null } => new VideoEnd(VainEnd.Failed, version, ended.CreatedAt),
            GenerationState.Rejected => new VideoEnd(VainEnd.Rejected, version, ended.UpdatedAt),
            // For pictures that left: there is another video to be made.
            GenerationState.Withdrawn { ReplacedBy: null, By: Consequences.By } => new VideoEnd(VainEnd.Withdrawn, version, ended.CreatedAt),
            GenerationState.Withdrawn { ReplacedBy: null } withdrawn => new VideoEnd(VainEnd.Withdrawn, version, withdrawn.At),
            _ => null,
        };
    }

    private static IQueryable<GenerationRow> Newest(IQueryable<GenerationRow> rows) => rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);

    private static IQueryable<CatalogProductRow> RowOf(ProductVideoDb db, ProductRef product) =>
        db.CatalogProducts.Where(row => row.Shop == product.Shop && row.ProductId == product.ProductId);
}

/// <param name="As">How.</param>
/// <param name="For">The product's version when it was ordered; null where it is not known.</param>
/// <param name="At">Until when it speaks for the product, at least.</param>
internal sealed record VideoEnd(VainEnd As, string? For, DateTimeOffset At);
