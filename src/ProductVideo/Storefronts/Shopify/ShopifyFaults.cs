using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>Turns what Shopify refuses into the one exception of storefronts. Decides by status and code, never by words.</summary>
internal static class ShopifyFaults
{
    /// <summary>The one code of the schema that tells of the weekly quota.</summary>
    public const string Quota = "VIDEO_THROTTLE_EXCEEDED";

    private const string NoRight =
        "The shop does not let ProductVideo do that. Give its app the access scopes read_products, write_products and write_files, release that version and accept it in the shop.";

    /// <summary>The code of what passes: something else is at the same media, the shop's people in the product's gallery or the change before.</summary>
    public const string BeingModified = "MEDIA_CANNOT_BE_MODIFIED";

    private static readonly TimeSpan Converting = TimeSpan.FromSeconds(20);

    /// <summary>Each new try costs one of the week's videos.</summary>
    private static readonly TimeSpan AfterConversionBroke = TimeSpan.FromHours(1);

    /// <summary>Of an answer that holds nothing of what was asked for.</summary>
    /// <param name="answer">The whole of it.</param>
    /// <param name="document">What was asked.</param>
    public static StorefrontException Of(ShopifyAnswer answer, string document)
    {
        var (fault, merchant) = answer switch
        {
            { Throttled: not null } => (StorefrontFault.RateLimited, ShopWords.Wait),
            { Status: >= 300 and < 400 } => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer.Answer)),
            { Status: 401 } => (StorefrontFault.Unauthorised, "The shop does not let ProductVideo in. Check that its app is installed in the shop, and its client id and secret in the settings."),
            { Status: 402 } => (StorefrontFault.Unauthorised, "Shopify has frozen the shop over an unpaid bill. Once it is paid, the shop can be used again."),
            { Status: 403 } => (StorefrontFault.Unauthorised, NoRight),
            { Status: 404 } => (StorefrontFault.InvalidData, "There is no such shop at Shopify. Check its address in Url: the one that ends in myshopify.com."),
            { Status: 423 } => (StorefrontFault.Unauthorised, "Shopify has locked the shop. Ask Shopify's support what to do."),
            { Status: >= 500 } => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            _ => OfCodes(answer),
        };
        return new StorefrontException(fault, merchant, $"{document}: {answer.Answer.Asked} answered {answer.Status}{Said(answer)}.")
        {
            RetryAfter = answer.Throttled ?? answer.Answer.RetryAfter,
        };
    }

    /// <summary>Of the token endpoint.</summary>
    public static StorefrontException NoToken(ShopAnswer answer)
    {
        var (fault, merchant) = answer.Status switch
        {
            400 or 401 or 403 => (
                StorefrontFault.Unauthorised,
                "Shopify does not let ProductVideo's app into the shop. Check the client id and client secret in the settings and that the app is installed; an app of another organisation must be connected again."),
            404 => (StorefrontFault.InvalidData, "There is no such shop at Shopify. Check its address in Url: the one that ends in myshopify.com."),
            429 => (StorefrontFault.RateLimited, ShopWords.Wait),
            >= 300 and < 400 => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer)),
            _ => (StorefrontFault.Unavailable, ShopWords.Unreachable),
        };
        // The body may hold half a token.
        return new StorefrontException(fault, merchant, $"{answer.Asked} answered {answer.Status}{(answer.IsSuccess ? " without a token" : "")}.") { RetryAfter = answer.RetryAfter };
    }

    /// <summary>Of the errors that a mutation tells with 200: the same will be refused again, but for what Shopify is still at.</summary>
    public static StorefrontException Of(IReadOnlyList<UserError> errors, string document)
    {
        if (errors.Count == 0)
            return new StorefrontException(StorefrontFault.Unavailable, ShopWords.NotItsData, $"{document} gave neither what was asked for nor an error.");
        var code = errors.Select(error => error.Code).FirstOrDefault(one => one is not null);
        var (fault, merchant) = code switch
        {
            "NON_READY_STATE" or "NON_READY_MEDIA" or "FILE_LOCKED" => (StorefrontFault.Unavailable, "Shopify is still converting the video. It goes on the listing as soon as that is done; nothing is lost."),
            BeingModified => (StorefrontFault.Unavailable, "Something else is changing the product's pictures in Shopify just now. The video goes on the listing as soon as that is done; nothing is lost."),
            "REFERENCE_TARGET_DOES_NOT_EXIST" or "PRODUCT_DOES_NOT_EXIST" => (StorefrontFault.ProductNotFound, ShopWords.ProductGone),
            "FILE_DOES_NOT_EXIST" or "MEDIA_DOES_NOT_EXIST" => (StorefrontFault.Unavailable, "Somebody deleted the video's file in Shopify meanwhile. We bring it again by ourselves."),
            "PRODUCT_MEDIA_LIMIT_EXCEEDED" => (StorefrontFault.ClipRefused, "The product holds as many pictures and videos as Shopify allows. Take one off, then approve the video again."),
            "NON_IMAGE_MEDIA_PER_SHOP_LIMIT_EXCEEDED" or "SHOP_MEDIA_LIMIT_EXCEEDED" => (
                StorefrontFault.ClipRefused, "The shop holds as many videos as its Shopify plan allows. Delete some under Content → Files or move to a larger plan, then approve the video again."),
            "UNACCEPTABLE_TRIAL_ASSET" or "UNACCEPTABLE_UNVERIFIED_TRIAL_ASSET" => (StorefrontFault.ClipRefused, "Shopify takes no videos from a shop on trial. Choose a plan, then approve the video again."),
            "PRODUCT_SUSPENDED" => (StorefrontFault.InvalidData, "Shopify has suspended the product. Ask Shopify's support what to do."),
            "ALT_VALUE_LIMIT_EXCEEDED" or "UNACCEPTABLE_ASSET" or "INVALID_FILENAME" => (StorefrontFault.ClipRefused, "Shopify does not take this video. Make it again."),
            _ => (StorefrontFault.InvalidData, ShopWords.Refused),
        };
        return new StorefrontException(fault, merchant, $"{document}: {string.Join("; ", errors.Select(error => $"{error.Code}: {ShopWords.Short(error.Message)}"))}.")
        {
            RetryAfter = fault is StorefrontFault.Unavailable ? Converting : null,
        };
    }

    /// <summary>Of a file that Shopify could not convert; it is deleted, so that the next try brings it afresh.</summary>
    public static StorefrontException OfConversion(IReadOnlyList<UserError> errors)
    {
        var codes = errors.Select(error => error.Code).OfType<string>().ToList();
        var (fault, merchant) = codes.FirstOrDefault() switch
        {
            "VIDEO_MAX_DURATION_ERROR" => (StorefrontFault.ClipRefused, "The video is longer than Shopify allows. Order a shorter one."),
            "VIDEO_MIN_DURATION_ERROR" => (StorefrontFault.ClipRefused, "The video is shorter than Shopify allows. Order a longer one."),
            "VIDEO_MAX_WIDTH_ERROR" or "VIDEO_MAX_HEIGHT_ERROR" => (StorefrontFault.ClipRefused, "The video has more pixels than Shopify allows. Order it in a lower resolution."),
            "VIDEO_MIN_WIDTH_ERROR" or "VIDEO_MIN_HEIGHT_ERROR" => (StorefrontFault.ClipRefused, "The video has fewer pixels than Shopify allows. Order it in a higher resolution."),
            "VIDEO_INVALID_FILETYPE_ERROR" or "VIDEO_METADATA_READ_ERROR" or "VIDEO_VALIDATION_ERROR" => (StorefrontFault.ClipRefused, "Shopify can't read the video. Make it again."),
            "FILE_STORAGE_LIMIT_EXCEEDED" => (
                StorefrontFault.ClipRefused, "The shop's storage at Shopify is full. Delete files under Content → Files or move to a larger plan, then approve the video again."),
            _ => (StorefrontFault.Unavailable, "Shopify could not convert the video just now. We bring it again by ourselves in an hour; nothing is lost."),
        };
        return new StorefrontException(fault, merchant, $"Shopify could not convert the file: {string.Join(", ", codes)}.")
        {
            RetryAfter = fault is StorefrontFault.Unavailable ? AfterConversionBroke : null,
        };
    }

    public static StorefrontException StillConverting(string file) => new(
        StorefrontFault.Unavailable, "Shopify is still converting the video. It goes on the listing as soon as that is done; nothing is lost.", $"{file} is not READY yet.") { RetryAfter = Converting };

    /// <param name="videos">As many a week.</param>
    /// <param name="wait">Until there is room for the next.</param>
    public static StorefrontException QuotaUsedUp(int videos, TimeSpan wait) => new(
        StorefrontFault.RateLimited,
        $"Shopify lets apps add {videos} videos a week to a shop, and this week's are used up. We go on by ourselves as soon as there is room again.",
        $"{videos} videos were added in the last seven days; room again in {wait:c}.") { RetryAfter = wait };

    /// <summary>Of the place where files are put, which is not the shop.</summary>
    public static StorefrontException OfUpload(ShopAnswer answer)
    {
        var (fault, merchant) = answer.Status is 429 or >= 500 or 408
            ? (StorefrontFault.Unavailable, ShopWords.Unreachable)
            : answer.Status is 413 ? (StorefrontFault.ClipRefused, ShopWords.TooLarge)
            : (StorefrontFault.Unavailable, "Shopify did not take the file. We try again by ourselves; nothing is lost.");
        return new StorefrontException(fault, merchant, $"{answer.Asked} answered {answer.Status}: {ShopWords.Short(answer.Body)}.") { RetryAfter = answer.RetryAfter };
    }

    private static (StorefrontFault Fault, string Merchant) OfCodes(ShopifyAnswer answer) => answer.Codes.FirstOrDefault() switch
    {
        "ACCESS_DENIED" => (StorefrontFault.Unauthorised, NoRight),
        "SHOP_INACTIVE" => (StorefrontFault.Unauthorised, "The shop is closed at Shopify. Open it again, or disconnect it here."),
        "MAX_COST_EXCEEDED" => (StorefrontFault.InvalidData, ShopWords.Refused),
        "INTERNAL_SERVER_ERROR" => (StorefrontFault.Unavailable, ShopWords.Unreachable),
        _ when answer.Answer.IsSuccess && answer.Errors.Count == 0 => (StorefrontFault.Unavailable, ShopWords.NotItsData),
        _ => (StorefrontFault.InvalidData, ShopWords.Refused),
    };

    private static string Said(ShopifyAnswer answer) => answer.Errors is [{ } error, ..]
        ? $", {error.Extensions?.Code}: {ShopWords.Short(error.Message)}"
        : answer.Answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Answer.Body)}" : "";
}
