using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>Turns what went wrong further in into the one refusal that callers see.</summary>
internal static class Refusals
{
    public static RefusedException Invalid(string code, string merchant, string @operator, string? field = null, Exception? inner = null) =>
        new(RefusalKind.Invalid, new Problem(code, merchant, @operator), field, inner);

    public static RefusedException From(StorefrontException e, string? field = null) => new(
        e.Fault switch
        {
            StorefrontFault.ProductNotFound => RefusalKind.NotFound,
            StorefrontFault.InvalidData or StorefrontFault.ClipRefused => RefusalKind.Invalid,
            _ => RefusalKind.Unavailable,
        },
        ProblemOf(e), field, e);

    public static RefusedException From(BlobStoreException e) =>
        new(RefusalKind.Unavailable, new Problem(Problem.StorageUnavailable, e.MerchantText, e.Message), field: null, e);

    public static RefusedException From(FontMissingException e) =>
        new(RefusalKind.Unavailable, new Problem(Problem.FontMissing, e.MerchantText, e.Message), field: null, e);

    public static RefusedException DatabaseUnavailable(Exception e) => new(
        RefusalKind.Unavailable,
        new Problem(
            "database_unavailable", "The database is busy or can't be reached just now. Nothing was changed. Try again in a moment.",
            $"{e.GetType().Name}: {(e.InnerException ?? e).Message}"),
        field: null, e);

    public static Problem ProblemOf(StorefrontException e) => new(
        e.Fault switch
        {
            StorefrontFault.ProductNotFound => "product_gone",
            StorefrontFault.InvalidData => "shop_data_invalid",
            StorefrontFault.Unauthorised => "shop_unauthorised",
            StorefrontFault.RateLimited => "shop_rate_limited",
            StorefrontFault.ClipRefused => "shop_refused_clip",
            StorefrontFault.Unavailable => "shop_unavailable",
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.Fault, message: null),
        },
        e.MerchantText, e.Message);
}
