using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Spending;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder;

/// <summary>From the folder's products to listed ones: pure, so that the same files always give the same product and version.</summary>
internal static class FolderMapping
{
    /// <param name="product">A sound product.</param>
    /// <param name="shop">What its shop says.</param>
    /// <param name="key">The shop's key.</param>
    /// <param name="listingPath">Where the shop is served.</param>
    /// <param name="digests">SHA-256 of the held pictures by <see cref="FolderImage.Src"/>.</param>
    public static ListedProduct Listed(
        FolderProduct product, ShopFile shop, string key, string listingPath, IReadOnlyDictionary<string, string> digests)
    {
        var listed = new ListedProduct
        {
            Ref = new(key, product.Handle),
            Title = product.Title,
            DescriptionHtml = product.BodyHtml,
            Vendor = product.Vendor,
            ProductType = product.ProductType,
            Tags = product.Tags,
            Attributes = product.Attributes,
            Variants = [.. product.Variants.Select(v => new ProductVariant(
                v.Id, v.Options, Price(v, shop), v.ImageSrc is null ? null : ImageId(v.ImageSrc)) { Sku = v.Sku })],
            Images = [.. product.Images.Select(m => new ListedImage(
                ImageId(m.Src), m.IsRemote ? new ImageSource.Remote(m.Src) : new ImageSource.Held(m.Src), m.Alt) { Digest = digests.GetValueOrDefault(m.Src) })],
            Price = product.Variants.Select(v => Price(v, shop)).MinBy(price => price?.Amount),
            Locale = product.Locale ?? shop.Locale,
            IsPublished = product.IsPublished,
            Collections = product.Collections,
            Stock = product.Stock,
            Sold = product.Sold,
            Version = "",
        };
        return listed with
        {
            Version = Version(listed, digests),
            ListingUrl = product.IsPublished ? ListingUrl(listingPath, product.Handle) : null,
        };
    }

    public static string ListingUrl(string listingPath, string handle) => $"{listingPath}/products/{handle}";

    public static string ClipUrl(string listingPath, string handle, string key) => $"{ListingUrl(listingPath, handle)}/videos/{key}.mp4";

    public static Money? Price(FolderVariant variant, ShopFile shop) =>
        variant.Price is { } amount && (variant.Currency ?? shop.Currency) is { } currency ? new Money(amount, currency) : null;

    /// <summary>Stays the same when the gallery is reordered.</summary>
    public static string ImageId(string src) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(src)))[..16];

    /// <summary>Every word stands in the title, the vendor, the type or the id.</summary>
    public static bool Matches(FolderProduct product, string? search) =>
        search is null || search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word =>
            Holds(product.Title, word) || Holds(product.Vendor, word) || Holds(product.ProductType, word) || Holds(product.Handle, word));

    public static string Cursor(string lastHandle) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastHandle));

    /// <summary>The handle after which the list goes on; null where the cursor is none of ours.</summary>
    public static string? LastHandle(string cursor)
    {
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
            return null;
        var handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return Field.IsHandle(handle) ? handle : null;
    }

    /// <summary>Over what the listing says and the bytes it shows, not over the rows: a column that nobody lists changes nothing.</summary>
    private static string Version(ListedProduct listed, IReadOnlyDictionary<string, string> digests)
    {
        var pictures = listed.Images.Select(m => m.Source switch
        {
            ImageSource.Held held => new { Src = held.Key, Sha256 = digests[held.Key], m.AltText },
            ImageSource.Remote remote => new { Src = remote.Address, Sha256 = "", m.AltText },
            _ => throw new InvalidOperationException($"{m.Source.GetType()} is not a kind of picture that a folder has."),
        });
        var everything = new { Listed = listed, Pictures = pictures, Attributes = listed.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal) };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(everything)));
    }

    private static bool Holds(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
