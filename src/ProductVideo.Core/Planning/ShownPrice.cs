using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Planning;

/// <summary>The price that a film may show: that of what is seen in it.</summary>
internal static class ShownPrice
{
    /// <summary>
    /// The product's price where all its variants cost the same; else that of the variants that the main picture shows, where the shop says which
    /// these are and they agree. A shop's price of a product is that of its cheapest variant.
    /// </summary>
    /// <param name="product">The listing.</param>
    /// <param name="mainImage">The id of the picture that shows it; null where none does.</param>
    /// <returns>Null where there is none that is surely right.</returns>
    public static Money? Of(ProductSnapshot product, string? mainImage)
    {
        if (!Differ(product))
            return product.Price;
        var shown = product.Variants.Where(variant => mainImage is not null && variant.ImageId == mainImage).Select(variant => variant.Price).Distinct().ToList();
        return shown.Count == 1 ? shown[0] : null;
    }

    /// <summary>Whether a picture shows a variant that costs something else, or whose price is not known where others differ.</summary>
    /// <param name="price">That of what else is seen.</param>
    /// <param name="product">The listing.</param>
    /// <param name="image">The picture's id.</param>
    public static bool IsDenied(Money price, ProductSnapshot product, string image) =>
        Differ(product) && product.Variants.Any(variant => variant.ImageId == image && variant.Price != price);

    private static bool Differ(ProductSnapshot product) => product.Variants.Select(variant => variant.Price).OfType<Money>().Distinct().Count() > 1;
}
