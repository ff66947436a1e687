using ProductVideo.Catalog;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Picks the pictures that may be used, as places in the snapshot.</summary>
internal static class PictureChoice
{
    public static IReadOnlyList<int> Choose(ProductSnapshot product, IReadOnlyList<string>? wanted, ImageRule rule, ICollection<string> notes)
    {
        if (product.Images.Count == 0)
            throw new ComposeException("images", "This product has no pictures. Add at least one picture to the listing and try again.");
        var chosen = wanted is { Count: > 0 }
            ? wanted.Select(id => Find(product, id, "images")).ToList()
            : Enumerable.Range(0, product.Images.Count).ToList();
        var distinct = chosen.DistinctBy(i => product.Images[i].Sha256, StringComparer.Ordinal).ToList();
        var large = distinct.Where(i => Math.Min(product.Images[i].Width, product.Images[i].Height) >= rule.MinSide).ToList();
        if (large.Count == 0)
        {
            notes.Add("All pictures are smaller than this model wants; they are enlarged, and the clip may look soft.");
            return distinct;
        }

        if (large.Count < distinct.Count)
            notes.Add("Pictures that are too small for this model were left out.");
        return large;
    }

    /// <param name="product">Whose picture.</param>
    /// <param name="id">Its id in the listing.</param>
    /// <param name="field">Where it was named, for the refusal.</param>
    public static int Find(ProductSnapshot product, string id, string field)
    {
        for (var i = 0; i < product.Images.Count; i++)
        {
            if (string.Equals(product.Images[i].Id, id, StringComparison.Ordinal))
                return i;
        }

        throw new ComposeException(
            field, "One of the pictures you chose is no longer in the listing. Choose again.", $"The product has no picture '{id}'.");
    }
}
