using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>An answer of the shop, with Medusa's words for a refusal.</summary>
internal sealed record MedusaAnswer(ShopAnswer Answer)
{
    public string Asked => Answer.Asked;

    public int Status => Answer.Status;

    public byte[] Body => Answer.Body;

    public bool IsSuccess => Answer.IsSuccess;

    /// <summary>Medusa's kind of the refusal; empty where the body is not in its words.</summary>
    public string Type => Refusal?.Type ?? "";

    /// <summary>The plugin's code of the refusal; empty where it is not the plugin's.</summary>
    public string Code => Refusal?.Code ?? "";

    public MedusaRefusal? Refusal => SnakeJson.Read<MedusaRefusal>(Body);
}

/// <summary>Turns what a Medusa shop refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class MedusaFaults
{
    public const string NotFound = "not_found";
    public const string UnknownProduct = "product_video_unknown_product";

    public const string NoPlugin = "The shop lacks the ProductVideo plugin. Install it in Medusa as its README says, and start Medusa again; the video is kept.";

    public static StorefrontException Of(MedusaAnswer answer)
    {
        var (fault, merchant) = answer switch
        {
            { Status: >= 300 and < 400 } => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer.Answer)),
            { Status: 401 or 403 } => (
                StorefrontFault.Unauthorised,
                "The shop does not let ProductVideo in. Make a new secret key in Medusa's admin under Settings → Secret API Keys and write it into the settings; with an e-mail address, check its password."),
            { Status: 404, Code: UnknownProduct } => (StorefrontFault.ProductNotFound, ShopWords.ProductGone),
            { Status: 404 } when IsPlugins(answer) => (StorefrontFault.InvalidData, NoPlugin),
            { Status: 404 } => (
                StorefrontFault.InvalidData, "The shop does not answer as Medusa. Check that Url is the address of Medusa itself, and not that of the shop's pages."),
            { Status: 413 } => (StorefrontFault.ClipRefused, ShopWords.TooLarge),
            { Status: 400, Code.Length: > 0 } => (
                StorefrontFault.ClipRefused, "The shop did not take the video. Check that its ProductVideo plugin is as new as ProductVideo, then approve the video again."),
            { Status: 429 } => (StorefrontFault.RateLimited, ShopWords.Wait),
            { Status: >= 500 } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            { IsSuccess: true } => (StorefrontFault.Unavailable, ShopWords.NotItsData),
            _ => (StorefrontFault.InvalidData, ShopWords.Refused),
        };
        return new StorefrontException(fault, merchant, $"{answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.Answer.RetryAfter };
    }

    public static StorefrontException NotInOrder() => new(
        StorefrontFault.InvalidData, "The shop does not list its products in the order asked for. Show the operator's text to whoever looks after the shop.",
        "GET admin/products?order=id gave ids that do not ascend.");

    private static bool IsPlugins(MedusaAnswer answer) => answer.Asked.Contains(MedusaApi.Plugin, StringComparison.Ordinal);

    private static string Said(MedusaAnswer answer)
    {
        if (answer.Refusal is { Message: { Length: > 0 } message } refusal)
            return $", {refusal.Code ?? refusal.Type}: {ShopWords.Short(message)}";
        return answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Body)}" : "";
    }
}
