using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>An answer of the shop.</summary>
/// <param name="Asked">Method and path, for the operator.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole of it.</param>
/// <param name="RetryAfter">As asked for.</param>
/// <param name="MovedTo">Where a redirection leads, without its query.</param>
internal sealed record WooAnswer(string Asked, int Status, byte[] Body, TimeSpan? RetryAfter, string? MovedTo)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>WordPress's own code of the refusal; empty where the body is not in its words.</summary>
    public string Code => Refusal?.Code ?? "";

    public WooRefusal? Refusal => SnakeJson.Read<WooRefusal>(Body);
}

/// <summary>Turns what a WooCommerce shop refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class WooCommerceFaults
{
    public const string NoRoute = "rest_no_route";
    public const string UnknownProduct = "productvideo_unknown_product";

    public static StorefrontException Of(WooAnswer answer)
    {
        var (fault, merchant) = answer switch
        {
            { Status: >= 300 and < 400 } => (
                StorefrontFault.InvalidData, $"The shop's address leads elsewhere{(answer.MovedTo is null ? "" : $", to {answer.MovedTo}")}. Write the address that a browser ends up at into Url."),
            { Status: 401 or 403 } => (
                StorefrontFault.Unauthorised,
                "The shop does not let ProductVideo in. Make a new application password for a WordPress user who may edit products and upload files, and write it into the settings."),
            { Status: 404, Code: UnknownProduct } => (StorefrontFault.ProductNotFound, "The product is no longer in the shop. Put it back, or leave it be."),
            { Status: 404, Code: NoRoute } when answer.Asked.Contains(WooCommerceApi.Companion, StringComparison.Ordinal) => (
                StorefrontFault.InvalidData, "The shop lacks the ProductVideo plugin. Install it in WordPress under Plugins and switch it on; the video is kept."),
            { Status: 404 } => (
                StorefrontFault.InvalidData,
                "The shop does not answer as WooCommerce. Check its address in Url, that WooCommerce is switched on, and that WordPress's permalinks are not set to Plain."),
            { Status: 413 } or { Code: "rest_upload_file_too_big" or "rest_upload_limited_space" } => (
                StorefrontFault.ClipRefused, "The shop takes no file of this size. Have its web server's limit raised, or order a shorter video."),
            { Code: "rest_upload_sideload_error" or "rest_upload_no_data" } => (
                StorefrontFault.ClipRefused, "The shop did not take the file. Check that WordPress may store MP4 videos and that its disk has room, then approve the video again."),
            { Status: 429 } => (StorefrontFault.RateLimited, "The shop asks us to wait a little. We go on by ourselves."),
            { Status: >= 500 } => (StorefrontFault.Unavailable, "The shop can't be reached just now. We try again by ourselves; nothing is lost."),
            { IsSuccess: true } => (
                StorefrontFault.Unavailable,
                "The shop answers with something other than its data, perhaps a maintenance page or an error of another plugin. We try again by ourselves."),
            _ => (StorefrontFault.InvalidData, "The shop refused that. Show the operator's text to whoever looks after the shop."),
        };
        return new StorefrontException(fault, merchant, $"{answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.RetryAfter };
    }

    public static StorefrontException Unreachable(string asked, Exception inner) => new(
        StorefrontFault.Unavailable, "The shop can't be reached just now. We try again by ourselves; nothing is lost.",
        $"{asked} had no answer: {inner.GetType().Name}: {inner.Message}", inner);

    public static StorefrontException BadCursor() => new(
        StorefrontFault.InvalidData, "The list changed meanwhile. Start it again from the top.", "The cursor was not made by this storefront.");

    public static StorefrontException NotInOrder() => new(
        StorefrontFault.InvalidData, "The shop does not list its products in the order asked for; another plugin changes it. Switch that plugin's sorting off for WooCommerce's interface.",
        "GET wc/v3/products?orderby=id&order=asc gave ids that do not ascend.");

    public static StorefrontException Gone(string productId) => new(
        StorefrontFault.ProductNotFound, "The product is no longer in the shop. Put it back, or leave it be.", $"'{productId}' is no id of a WooCommerce product.");

    public static StorefrontException BadKey() => new(
        StorefrontFault.ClipRefused, "The clip can't be attached because its name isn't sound. Make the clip again.",
        "The attach key is not 1 to 64 characters of [a-z0-9-].");

    private static string Said(WooAnswer answer)
    {
        if (answer.Refusal is { Code: { Length: > 0 } code } refusal)
            return $", {code}: {Short(refusal.Message)}";
        return answer.IsSuccess ? $" with what is not the JSON expected: {Short(System.Text.Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 200))))}" : "";
    }

    private static string Short(string? text) => text is null ? "" : text.Length <= 200 ? text : text[..200] + "…";
}
