using ProductVideo.Catalog;

namespace ProductVideo.Prompts;

/// <summary>A model that redraws the product must see one product: of variants that look different, those of one.</summary>
internal static class OneVariant
{
    /// <summary>Leaves out pictures that the shop says show other variants than the first picture does.</summary>
    /// <param name="product">Whose.</param>
    /// <param name="pictures">Places in its pictures, the main one first.</param>
    /// <param name="notes">Where the merchant is told.</param>
    /// <returns>At least the first picture. All of them where the shop does not say what that one shows.</returns>
    public static IReadOnlyList<int> Of(ProductSnapshot product, IReadOnlyList<int> pictures, ICollection<string> notes)
    {
        if (!IsOfVariant(product, pictures[0]))
            return pictures;
        var main = product.Images[pictures[0]].Id;
        var kept = pictures.Where(i => product.Images[i].Id == main || !IsOfVariant(product, i)).ToList();
        if (kept.Count < pictures.Count)
            notes.Add("Pictures of other variants were left out, so that the model does not mix them. Choose pictures to show another variant.");
        return kept;
    }

    private static bool IsOfVariant(ProductSnapshot product, int picture) => product.Variants.Any(variant => variant.ImageId == product.Images[picture].Id);
}
