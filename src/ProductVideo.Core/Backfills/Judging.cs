using ProductVideo.Catalog;

namespace ProductVideo.Backfills;

/// <summary>Decides of a product whether a backfill makes videos of it; pure.</summary>
internal static class Judging
{
    private const Lacks ChangedFlags = Lacks.Text | Lacks.Pictures | Lacks.RemovedPicture;
    private const Lacks RestyledFlags = Lacks.Template | Lacks.Brand;

    /// <returns>null if it does. What depends on the other products (best sellers, caps) is not decided here.</returns>
    public static SkipReason? Of(CatalogProduct product, BackfillScope scope) =>
        !IsInScope(product, scope) ? SkipReason.OutOfScope
        : !product.IsPublished ? SkipReason.NotPublished
        : product.Pictures == 0 ? SkipReason.NoPictures
        : product.UnderWay is not null ? SkipReason.UnderWay
        : !Needs(product.Lacks, scope) ? SkipReason.HasVideo
        : !scope.TryAgain && product.IsTried ? SkipReason.TriedBefore
        : null;

    /// <summary>Whether what the product lacks is what the backfill is for.</summary>
    public static bool Needs(Lacks lacks, BackfillScope scope) =>
        lacks.HasFlag(Lacks.Video) ? scope.WithoutVideo
        : (scope.Changed && (lacks & ChangedFlags) is not Lacks.None) || (scope.Restyled && (lacks & RestyledFlags) is not Lacks.None);

    private static bool IsInScope(CatalogProduct product, BackfillScope scope) =>
        IsOneOf(scope.Collections, product.Collections)
        && IsOneOf(scope.Tags, product.Tags)
        && IsOneOf(scope.ProductTypes, product.ProductType)
        && IsOneOf(scope.Vendors, product.Vendor)
        && (scope.MinPrice is null || product.Price?.Amount >= scope.MinPrice)
        && (scope.MaxPrice is null || product.Price?.Amount <= scope.MaxPrice)
        && (scope.MinStock is null || product.Stock is null || product.Stock >= scope.MinStock)
        && (scope.ChangedSince is null || product.ChangedAt >= scope.ChangedSince);

    private static bool IsOneOf(IReadOnlyList<string> wanted, IReadOnlyList<string> has) =>
        wanted.Count == 0 || has.Any(one => wanted.Contains(one, StringComparer.OrdinalIgnoreCase));

    private static bool IsOneOf(IReadOnlyList<string> wanted, string? has) =>
        wanted.Count == 0 || (has is not null && wanted.Contains(has.Trim(), StringComparer.OrdinalIgnoreCase));
}
