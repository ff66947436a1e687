using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>An answer of the shop, with what Vendure says is wrong.</summary>
/// <param name="Answer">As it came.</param>
/// <param name="Operation">What was asked.</param>
internal sealed record VendureAnswer(ShopAnswer Answer, string Operation)
{
    private readonly IReadOnlyList<VendureError> _errors = CamelJson.Read<VendureBody<object>>(Answer.Body)?.Errors ?? [];

    public int Status => Answer.Status;

    /// <summary>Whether something is wrong, whatever the status says.</summary>
    public bool IsRefusal => !Answer.IsSuccess || _errors.Count > 0;

    /// <summary>Vendure's code of the first thing that is wrong; empty where it has none.</summary>
    public string Code => _errors.Select(error => error.Extensions?.Code).FirstOrDefault(code => code is not null) ?? "";

    /// <summary>Whether it concerns what the plugin adds.</summary>
    public bool IsOfPlugin => Operation.StartsWith(VendureDocuments.OfPlugin, StringComparison.Ordinal);

    public string? Said => _errors.Count > 0 ? _errors[0].Message : null;

    public T? Read<T>() where T : class => CamelJson.Read<VendureBody<T>>(Answer.Body)?.Data;
}

/// <summary>Turns what a Vendure shop refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class VendureFaults
{
    public const string Forbidden = "FORBIDDEN";
    public const string NotInSchema = "GRAPHQL_VALIDATION_FAILED";

    private const string Roles = "Check that its role may read and update products and read and create assets, and that the password still holds.";

    public static StorefrontException Of(VendureAnswer answer)
    {
        var (fault, merchant) = answer switch
        {
            { Status: >= 300 and < 400 } => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer.Answer)),
            { Status: 401 or 403 } or { Code: Forbidden or "UNAUTHORIZED" } => (StorefrontFault.Unauthorised, $"The shop does not let ProductVideo do that. {Roles}"),
            { Code: "ENTITY_NOT_FOUND" } => (StorefrontFault.ProductNotFound, ShopWords.ProductGone),
            { Code: "PRODUCT_VIDEO_ELSEWHERE" } => (
                StorefrontFault.InvalidData,
                "The product is not in this shop's channel any more, and shoppers of other channels still see its video. Put it back into the channel, or name one that has it in Channel; then the video comes off."),
            { Code: "CHANNEL_NOT_FOUND" } => (StorefrontFault.InvalidData, "The shop has no channel with the token in Channel. Write the token that the dashboard shows under Settings, Channels."),
            { Code: NotInSchema, IsOfPlugin: true } => (
                StorefrontFault.InvalidData, "The shop lacks the ProductVideo plugin, or has an old one. Add it to the plugins of vendure-config and start the shop again; the video is kept."),
            { Code: NotInSchema } => (StorefrontFault.InvalidData, "The shop's Vendure does not know what ProductVideo asks. It needs Vendure 3.5.2 or later."),
            { Status: 404 or 405 } => (StorefrontFault.InvalidData, "There is no admin API of Vendure at that address. Write the one that ends as apiOptions.adminApiPath does, such as https://shop.example/admin-api."),
            { Status: 413 } => (StorefrontFault.ClipRefused, "What stands before the shop takes no file of this size. Have its limit raised, or order a shorter video."),
            { Status: 429 } => (StorefrontFault.RateLimited, ShopWords.Wait),
            { Status: >= 500 } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            { Status: >= 400 } or { Code: "USER_INPUT_ERROR" or "BAD_USER_INPUT" or "ILLEGAL_OPERATION" } => (StorefrontFault.InvalidData, ShopWords.Refused),
            { Said: not null } => (StorefrontFault.Unavailable, ShopWords.FailedInside),
            _ => (StorefrontFault.Unavailable, ShopWords.NotItsData),
        };
        return new StorefrontException(fault, merchant, $"{answer.Operation}: {answer.Answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.Answer.RetryAfter };
    }

    public static StorefrontException WrongPassword(string? code) => new(
        StorefrontFault.Unauthorised, "The shop does not take the administrator's name and password. Write them anew as they sign in to the dashboard.", $"Login answered {ShopWords.Short(code)}.");

    public static StorefrontException NoToken() => new(
        StorefrontFault.InvalidData, "The shop signs in browsers only. Add 'bearer' to authOptions.tokenMethod in vendure-config, or give an API key.",
        "Login was taken, but the answer has no vendure-auth-token header.");

    public static StorefrontException TooLarge(long bytes, double limit) => new(
        StorefrontFault.ClipRefused,
        string.Create(CultureInfo.InvariantCulture, $"The clip has {bytes / 1e6:0.0} MB, and the shop takes files of {limit / 1e6:0.0} MB at most. Have assetOptions.uploadMaxFileSize raised in vendure-config, or order a shorter video."),
        string.Create(CultureInfo.InvariantCulture, $"assetOptions.uploadMaxFileSize is {limit:0}, the clip has {bytes} bytes."));

    public static StorefrontException WrongType(string? code) => new(
        StorefrontFault.ClipRefused, "The shop does not take MP4 videos or JPEG pictures. Have 'video/*' and 'image/*' put back into assetOptions.permittedFileTypes in vendure-config, then approve the video again.",
        $"The upload was refused: {ShopWords.Short(code)}.");

    public static StorefrontException NotInOrder() => new(
        StorefrontFault.InvalidData, "The shop does not list its products by their ids; its ids are of a kind that ProductVideo can't walk through. Show the operator's text to whoever looks after the shop.",
        "products(options: { sort: { id: ASC } }) gave ids that do not ascend.");

    private static string Said(VendureAnswer answer) =>
        answer.Said is { } said ? $", {(answer.Code.Length > 0 ? answer.Code : "no code")}: {ShopWords.Short(said)}"
        : answer.Answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Answer.Body)}" : "";
}
