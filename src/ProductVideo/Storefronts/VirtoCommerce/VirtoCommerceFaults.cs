using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>Turns what a VirtoCommerce platform refuses into the one exception of storefronts. Decides by status, never by words.</summary>
internal static class VirtoCommerceFaults
{
    public const string Permissions = "catalog:read, catalog:update, catalog:delete, platform:asset:read, platform:asset:create and platform:asset:delete";

    public static StorefrontException Of(ShopAnswer answer)
    {
        var (fault, merchant) = answer.Status switch
        {
            >= 300 and < 400 => (StorefrontFault.InvalidData, ShopWords.LeadsElsewhere(answer)),
            // A list that may not be read is answered 401 as well, though the token is good.
            401 or 403 => (
                StorefrontFault.Unauthorised,
                $"The shop does not let ProductVideo do that. Give its OAuth application these permissions in the platform under Security: {Permissions}."),
            404 => (
                StorefrontFault.InvalidData,
                "The shop does not answer as VirtoCommerce. Check that Url is the address of the platform, not of the storefront, and that its catalog and assets modules are installed."),
            405 when answer.Asked.Contains(VirtoCommerceAssets.Path, StringComparison.Ordinal) => (
                StorefrontFault.ClipRefused, "The shop stores no files of this kind. Allow .mp4 and .jpg in the platform's settings for file extensions, then approve the video again."),
            413 => (StorefrontFault.ClipRefused, ShopWords.TooLarge),
            429 => (StorefrontFault.RateLimited, ShopWords.Wait),
            >= 500 => (StorefrontFault.Unavailable, ShopWords.Unreachable),
            >= 200 and < 300 => (StorefrontFault.Unavailable, ShopWords.NotItsData),
            _ => (StorefrontFault.InvalidData, ShopWords.Refused),
        };
        return Told(fault, merchant, answer);
    }

    /// <summary>No token was given.</summary>
    public static StorefrontException NoToken(ShopAnswer answer) => answer.Status is 400 or 401 or 403
        ? Told(
            StorefrontFault.Unauthorised,
            "The shop does not know this client id and secret. Add an OAuth application in the platform under Security, and write its client id and secret into the settings.", answer)
        : Of(answer);

    public static StorefrontException ProductGone(string productId) => new(
        StorefrontFault.ProductNotFound, ShopWords.ProductGone, $"VirtoCommerce has no product '{productId}'.");

    public static StorefrontException NotInOrder() => new(
        StorefrontFault.InvalidData, "The shop does not list its products in the order asked for. Show the operator's text to whoever looks after the shop.",
        "POST api/catalog/listentries with sort createdDate:asc gave dates that descend.");

    public static StorefrontException NotStored() => new(
        StorefrontFault.Unavailable, ShopWords.NotItsData, "POST api/assets answered without naming the file that it stored.");

    private static StorefrontException Told(StorefrontFault fault, string merchant, ShopAnswer answer) =>
        new(fault, merchant, $"{answer.Asked} answered {answer.Status}{Said(answer)}.") { RetryAfter = answer.RetryAfter };

    private static string Said(ShopAnswer answer)
    {
        var refusal = SnakeJson.Read<VirtoRefusal>(answer.Body);
        if ((refusal?.Error ?? refusal?.Message) is { Length: > 0 } said)
            return $", {ShopWords.Short(said)}";
        return answer.IsSuccess ? $" with what is not the JSON expected: {ShopWords.Short(answer.Body)}" : "";
    }
}
