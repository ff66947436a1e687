using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>An answer of the shop, with WordPress's words for a refusal.</summary>
internal sealed record WooAnswer(ShopAnswer Answer)
{
    public string Asked => Answer.Asked;

    public int Status => Answer.Status;

    public byte[] Body => Answer.Body;

    public bool IsSuccess => Answer.IsSuccess;

    /// <summary>WordPress's own code of the refusal; empty where the body is not in its words.</summary>
    public string Code => Refusal?.Code ?? "";

    public WooRefusal? Refusal => SnakeJson.Read<WooRefusal>(Body);
}

/// <summary>Turns what a WooCommerce shop refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class WooCommerceFaults
{
    public const string NoRoute = "rest_no_route";
    public const string KeepsFiles = "productvideo_keeps_files";
    public const string UnknownProduct = "productvideo_unknown_product";

    private const string NewPassword =
        "The shop does not let ProductVideo in. Make a new application password for a WordPress user who may edit products, upload files and delete what it uploaded, and write it into the settings.";

    private const string HeaderDropped =
        "If that one is refused too, the shop's web server keeps the Authorization header from WordPress: have it passed on, on Apache with CGIPassAuth On in .htaccess.";

    public static StorefrontException Of(WooAnswer answer)
    {
        var (fault, merchant) = answer switch
        {
            { Status: >= 300 and < 400 } => (
                StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer.Answer)),
            { Status: 403, Code: KeepsFiles } => (
                StorefrontFault.Unauthorised,
                "The WordPress user of ProductVideo may not delete the files that go on the listing, so they could never come off it again. Give it the role Shop manager in WordPress under Users; the video is kept."),
            // Whoever wrote that is not WordPress.
            { Status: 401 or 403, Code: "" } => (
                StorefrontFault.Unauthorised,
                "Something before the shop refuses ProductVideo: a firewall, a security plugin, a CDN or a password on the whole site. Have the address of ProductVideo's server let in there; the password in the settings may be right."),
            // WordPress sees a visitor: it says so of a wrong password too, but for some versions, which name that.
            { Status: 401, Code: not ("incorrect_password" or "invalid_username" or "invalid_email") } => (StorefrontFault.Unauthorised, $"{NewPassword} {HeaderDropped}"),
            { Status: 401 or 403 } => (StorefrontFault.Unauthorised, NewPassword),
            { Status: 404, Code: UnknownProduct } => (StorefrontFault.ProductNotFound, ShopWords.ProductGone),
            { Status: 404, Code: NoRoute } when answer.Asked.Contains(WooCommerceApi.Companion, StringComparison.Ordinal) => (
                StorefrontFault.InvalidData, "The shop lacks the ProductVideo plugin. Install it in WordPress under Plugins and switch it on; the video is kept."),
            { Status: 404 } => (
                StorefrontFault.InvalidData,
                "The shop does not answer as WooCommerce. Check its address in Url, that WooCommerce is switched on, and that WordPress's permalinks are not set to Plain."),
            { Status: 413 } or { Code: "rest_upload_file_too_big" or "rest_upload_limited_space" } => (
                StorefrontFault.ClipRefused, ShopWords.TooLarge),
            { Code: "rest_upload_sideload_error" or "rest_upload_no_data" } => (
                StorefrontFault.ClipRefused, "The shop did not take the file. Check that WordPress may store MP4 videos and that its disk has room, then approve the video again."),
            { Status: 429 } => (StorefrontFault.RateLimited, ShopWords.Wait),
            { Status: >= 500 } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            { IsSuccess: true } => (StorefrontFault.Unavailable, ShopWords.NotItsData),
            _ => (StorefrontFault.InvalidData, ShopWords.Refused),
        };
        return new StorefrontException(fault, merchant, $"{answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.Answer.RetryAfter };
    }

    public static StorefrontException NotInOrder() => new(
        StorefrontFault.InvalidData, "The shop does not list its products in the order asked for; another plugin changes it. Switch that plugin's sorting off for WooCommerce's interface.",
        "GET wc/v3/products?orderby=id&order=asc gave ids that do not ascend.");

    private static string Said(WooAnswer answer)
    {
        if (answer.Refusal is { Code: { Length: > 0 } code } refusal)
            return $", {code}: {ShopWords.Short(refusal.Message)}";
        return answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Body)}"
            : answer.Status is 401 or 403 ? $" with what WordPress does not write: {ShopWords.Short(answer.Body)}" : "";
    }
}
