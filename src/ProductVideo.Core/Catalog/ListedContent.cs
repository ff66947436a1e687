using System.Security.Cryptography;
using System.Text.Json;

namespace ProductVideo.Catalog;

/// <summary>
/// Stands for what of a listing a video can be made from: words and pictures. Other than <see cref="ListedProduct.Version"/> it stays the same
/// when a price, a tag, a variant, the state or the listing's own address changes; and when the shop moves to another domain.
/// </summary>
public static class ListedContent
{
    /// <summary>As many pictures as every shop's list holds, so that a product in a list and the product itself are the same.</summary>
    private const int PicturesThatTell = 20;

    /// <summary>32 characters of lower-case hex; compared for equality only.</summary>
    /// <param name="listed">As its shop lists it.</param>
    public static string Of(ListedProduct listed) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        listed.Title, listed.DescriptionHtml, listed.Vendor, listed.ProductType,
        Attributes = listed.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal),
        Images = listed.Images.Take(PicturesThatTell).Select(image => new { image.Id, Source = PlaceOf(image.Source), image.Digest }),
    })))[..32];

    private static string PlaceOf(ImageSource source) => source switch
    {
        ImageSource.Held held => held.Key,
        ImageSource.Remote remote => Uri.TryCreate(remote.Address, UriKind.Absolute, out var address) ? address.PathAndQuery : remote.Address,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, message: null),
    };
}
