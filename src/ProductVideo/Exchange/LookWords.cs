using ProductVideo.Catalog;

namespace ProductVideo.Exchange;

/// <summary>What a shop's fault means to a person who looks at it now: nothing is tried again by itself then.</summary>
internal static class LookWords
{
    /// <returns>What happened and the way out.</returns>
    public static string Of(StorefrontException fault) => fault.MerchantText switch
    {
        ShopWords.Unreachable => "The shop can't be reached just now. Try again in a moment.",
        ShopWords.Wait => "The shop asks us to wait a little. Try again in a moment.",
        ShopWords.NotItsData => "The shop answers with something other than its data, perhaps a maintenance page. Try again in a moment.",
        ShopWords.FailedInside => "Something went wrong inside the shop. Try again in a moment; if it stays so, show the operator's text to whoever looks after the shop.",
        var other => other,
    };
}
