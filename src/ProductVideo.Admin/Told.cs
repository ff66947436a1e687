using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Generations;

namespace ProductVideo.Admin;

/// <summary>Tells refusals, which have words for the merchant, from failures, which go to the error page.</summary>
internal static class Told
{
    /// <summary>What to tell of <paramref name="e"/>; null if it is no refusal.</summary>
    public static Problem? Of(Exception e) => e switch
    {
        RefusedException { InnerException: StorefrontException shop } refused when refused.Problem.MerchantText == shop.MerchantText =>
            refused.Problem with { MerchantText = LookWords.Of(shop) },
        RefusedException refused => refused.Problem,
        StorefrontException shop => new Problem("shop", LookWords.Of(shop), shop.Message),
        _ => null,
    };
}
