using ProductVideo.Catalog;
using ProductVideo.Prompts;

namespace ProductVideo.Backfills;

/// <summary>Judges a product by the index and by the styles as they are now.</summary>
internal sealed class ProductJudge(TemplateCatalog templates)
{
    /// <returns>null if a video is made of it.</returns>
    public SkipReason? Of(CatalogProduct product, BackfillScope scope) => Judging.Of(WithStyle(product), scope);

    /// <summary>A style that was edited is seen here at once; the looks at each product find it one by one.</summary>
    private CatalogProduct WithStyle(CatalogProduct product) =>
        product is { Video: not null, Template: { } made } && templates.All.All(template => template.Id != made) ? product with { Lacks = product.Lacks | Lacks.Template } : product;
}
