using ProductVideo.Spending;
using ProductVideo.Storefronts.Folder.Galleries;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>The shop around every page.</summary>
/// <param name="Name">As shoppers know it.</param>
/// <param name="Root">Path of the shop's first page, with the application's base path, without a closing slash.</param>
/// <param name="Origin">Scheme and host that the shopper asked, for addresses that leave the page.</param>
/// <param name="Shop">What <c>shop.json</c> says.</param>
internal sealed record ShopView(string Name, string Root, string Origin, ShopFile Shop)
{
    public bool HasLogo => Shop.Logo is not null;

    public string ProductUrl(string handle) => $"{Root}/products/{handle}";

    public string ImageUrl(string handle, FolderImage image) =>
        image.IsRemote ? new Uri(image.Src).AbsoluteUri : $"{ProductUrl(handle)}/images/{FolderMapping.ImageId(image.Src)}";

    public string ClipUrl(string handle, AttachedVideo video) => $"{ProductUrl(handle)}/videos/{video.Key}.mp4";

    public string PosterUrl(string handle, AttachedVideo video) => $"{ProductUrl(handle)}/videos/{video.Key}.jpg";

    public string Absolute(string url) => url.StartsWith('/') ? Origin + url : url;
}

/// <summary>One thing in a product's gallery: a picture, or a clip with its poster.</summary>
/// <param name="Url">Of the picture or of the clip.</param>
/// <param name="StillUrl">What to show before and beside it: the picture itself, or the clip's poster; null where there is none.</param>
/// <param name="Text">What it shows; blank where the shop does not say.</param>
/// <param name="Image">The picture; null for a clip.</param>
/// <param name="Video">The clip; null for a picture.</param>
internal sealed record MediaView(string Url, string? StillUrl, string Text, FolderImage? Image, AttachedVideo? Video);

/// <summary>A product as a page shows it.</summary>
internal sealed record ProductView(ShopView Shop, FolderProduct Product, IReadOnlyList<MediaView> Media)
{
    public string? Locale => Product.Locale ?? Shop.Shop.Locale;

    public Words Words => Words.For(Locale);

    public string Title => PlainText.Clean(Product.Title, 300);

    public string? Vendor => Product.Vendor is null ? null : PlainText.Clean(Product.Vendor, 100);

    public string Url => Shop.ProductUrl(Product.Handle);

    public Money? Price => Product.Variants.Select(PriceOf).FirstOrDefault(p => p is not null);

    public static ProductView Of(ShopView shop, FolderProduct product, Gallery? gallery)
    {
        var images = product.Images.ToDictionary(m => FolderMapping.ImageId(m.Src), StringComparer.Ordinal);
        var arranged = (gallery ?? Gallery.Of(product.Handle, [])).Arrange([.. images.Keys]);
        var main = product.Images.Count > 0 ? shop.ImageUrl(product.Handle, product.Images[0]) : null;
        return new(shop, product, [.. arranged.Select(m => m.Video is { } video
            ? new MediaView(
                shop.ClipUrl(product.Handle, video), video.PosterSha256 is null ? main : shop.PosterUrl(product.Handle, video),
                PlainText.Clean(video.AltText, 300), null, video)
            : PictureOf(shop, product.Handle, images[m.Image!]))]);
    }

    public Money? PriceOf(FolderVariant variant) => FolderMapping.Price(variant, Shop.Shop);

    /// <summary>The price before a reduction; null where it is none.</summary>
    public Money? WasOf(FolderVariant variant) =>
        PriceOf(variant) is { } price && variant.CompareAt > price.Amount ? price with { Amount = variant.CompareAt.Value } : null;

    public string PriceText(Money money) => Planning.PriceText.Format(money, Locale);

    private static MediaView PictureOf(ShopView shop, string handle, FolderImage image)
    {
        var url = shop.ImageUrl(handle, image);
        return new(url, url, PlainText.Clean(image.Alt, 300), image, null);
    }
}
