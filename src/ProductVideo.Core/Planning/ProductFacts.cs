using ProductVideo.Catalog;

namespace ProductVideo.Planning;

/// <summary>
/// What the listing itself says about a product, word for word; null where it says nothing or more than one thing. Nothing is
/// guessed, translated or completed: a clip must not claim what the merchant did not.
/// </summary>
/// <param name="Brand">From the attributes, else the vendor.</param>
/// <param name="Material">For example <c>Steinzeug</c>.</param>
/// <param name="Colour">Of the main picture's variant where variants differ.</param>
/// <param name="Size">A size or measure, for example <c>350 ml</c>.</param>
/// <param name="Use">What it is for.</param>
public sealed record ProductFacts(string? Brand, string? Material, string? Colour, string? Size, string? Use)
{
    /// <summary>Reads the facts from the options of the variant that is shown, then attributes, then options of all variants, then <c>name: value</c> lines of the description, then what the title says.</summary>
    /// <param name="product">The listing.</param>
    /// <param name="mainImage">The id of the picture that shows it; null for the first.</param>
    public static ProductFacts Of(ProductSnapshot product, string? mainImage = null)
    {
        var listing = new FactReader(product, mainImage ?? (product.Images.Count > 0 ? product.Images[0].Id : null));
        return new ProductFacts(
            listing.Attribute("brand") ?? listing.Vendor,
            // In running text a material, colour or measure may be the wrapping's, the delivery's or another product's.
            listing.Said("material") ?? listing.Titled("material"),
            listing.Said("colour") ?? listing.Titled("colour"),
            listing.Said("size") ?? FactReader.Measure(product.Title),
            listing.Said("use"));
    }
}
