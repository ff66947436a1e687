using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>An answer of the shop, with the bridge's words for a refusal.</summary>
internal sealed record NopAnswer(ShopAnswer Answer)
{
    public int Status => Answer.Status;

    /// <summary>The bridge's own code of the refusal; empty where the body is not in its words.</summary>
    public string Code => Refusal?.Code ?? "";

    public NopRefusal? Refusal => Answer.IsSuccess ? null : SnakeJson.Read<NopRefusal>(Answer.Body);
}

/// <summary>Turns what a nopCommerce shop refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class NopCommerceFaults
{
    public const string UnknownProduct = "unknown_product";
    public const string UnknownFile = "unknown_file";

    public static StorefrontException Of(NopAnswer answer)
    {
        var (fault, merchant) = answer switch
        {
            { Status: >= 300 and < 400 } => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer.Answer)),
            { Status: 401 or 403 } => (
                StorefrontFault.Unauthorised,
                "The shop does not let ProductVideo in. Copy the secret from the settings of the ProductVideo plugin in nopCommerce, and check that the shop's clock is right."),
            { Status: 404, Code: UnknownProduct } => (StorefrontFault.ProductNotFound, ShopWords.ProductGone),
            { Status: 404, Code: "unknown_picture" } => (StorefrontFault.InvalidData, "The product's picture is no longer in the shop. Look at the product's pictures there."),
            // The bridge was asked a moment before. IIS says so of a body above its limit, before the shop sees it.
            { Status: 404, Code: "", Answer.Asked: var asked } when asked.StartsWith("PUT ", StringComparison.Ordinal) && asked.Contains(NopCommerceApi.Root + "files/", StringComparison.Ordinal) => (
                StorefrontFault.ClipRefused,
                "What stands before the shop does not let a file of this size through. On IIS have maxAllowedContentLength raised (it is 30 MB unless somebody wrote more), or order a shorter video."),
            { Status: 404, Code: "" or "no_route" } => (
                StorefrontFault.InvalidData, "The shop lacks the ProductVideo plugin, or one that is too old. Install it in nopCommerce under Configuration, Local plugins; the video is kept."),
            { Status: 409, Code: UnknownFile } => (StorefrontFault.Unavailable, "The shop lost the file before it could be shown. We try again by ourselves."),
            { Status: 413 } => (StorefrontFault.ClipRefused, ShopWords.TooLarge),
            { Status: 415, Code: "not_a_file" } => (StorefrontFault.ClipRefused, "The shop takes MP4 videos with JPEG posters only. Make the video again."),
            { Status: 507 } or { Code: "cannot_store" } => (
                StorefrontFault.Unavailable, "The shop can't store the file. Check that its disk has room and that it may write to wwwroot/files/productvideo. We try again by ourselves."),
            { Status: 429 } => (StorefrontFault.RateLimited, ShopWords.Wait),
            { Status: >= 500 } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            { Answer.IsSuccess: true } => (StorefrontFault.Unavailable, ShopWords.NotItsData),
            // A body that broke off on its way is not what was signed.
            { Code: "content_differs" } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            _ => (StorefrontFault.InvalidData, ShopWords.Refused),
        };
        return new StorefrontException(fault, merchant, $"{answer.Answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.Answer.RetryAfter };
    }

    private static string Said(NopAnswer answer)
    {
        if (answer.Refusal is { Code: { Length: > 0 } code } refusal)
            return $", {code}: {ShopWords.Short(refusal.Message)}";
        return answer.Answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Answer.Body)}" : "";
    }
}
