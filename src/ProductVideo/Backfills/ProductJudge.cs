using ProductVideo.Catalog;
using ProductVideo.Prompts;

namespace ProductVideo.Backfills;

/// <summary>Judges a product by the index and by the styles as they are now.</summary>
internal sealed class ProductJudge(TemplateCatalog templates)
{
    /// <returns>null if a video is made of it.</returns>
    public SkipReason? Of(CatalogProduct product, BackfillScope scope) => Judging.Of(WithStyle(product), scope);

    /// <summary>Weeks may have passed since the dry run: what a click, another backfill or the shop changed meanwhile is not paid for again.</summary>
    /// <returns>null if the run still makes a video of it.</returns>
    public SkipReason? Now(CatalogProduct product, BackfillScope scope) => Of(product, WithoutNarrowing(scope));

    /// <summary>Only whether one is still missing: which products it is for was priced as it was then, and agreed to.</summary>
    private static BackfillScope WithoutNarrowing(BackfillScope scope) =>
        new() { WithoutVideo = scope.WithoutVideo, Changed = scope.Changed, Restyled = scope.Restyled, TryAgain = scope.TryAgain };

    /// <summary>A style that was edited is seen here at once; the looks at each product find it one by one.</summary>
    private CatalogProduct WithStyle(CatalogProduct product) =>
        product is { Video: not null, Template: { } made } && templates.All.All(template => template.Id != made) ? product with { Lacks = product.Lacks | Lacks.Template } : product;
}
