using ProductVideo.Spending;

namespace ProductVideo.Catalog;

/// <summary>A product at one moment with its text cleaned and its pictures fetched, checked and hashed: all that a plan is made from.</summary>
public sealed record ProductSnapshot
{
    public required ProductRef Ref { get; init; }

    /// <summary>Plain text without control, bidi-override and zero-width characters; at most 300 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text, paragraphs parted by line feeds; at most 5,000 characters.</summary>
    public string Description { get; init; } = "";

    public string? Vendor { get; init; }
    public string? ProductType { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>By lower-case English name; see <see cref="ListedProduct.Attributes"/>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ProductVariant> Variants { get; init; } = [];

    /// <summary>At least one, in the gallery's order.</summary>
    public required IReadOnlyList<ProductImage> Images { get; init; }

    public Money? Price { get; init; }
    public string? Locale { get; init; }
    public required string Version { get; init; }
}

/// <summary>A picture whose bytes were fetched and found sound; they lie in the blob store under <see cref="BlobKey"/>.</summary>
/// <param name="Id">The listing's id of the picture.</param>
/// <param name="BlobKey">Content-addressed key of the original bytes.</param>
/// <param name="Sha256">Lower-case hex of the original bytes.</param>
/// <param name="Width">Pixels, after orientation.</param>
/// <param name="Height">Pixels, after orientation.</param>
/// <param name="Format"><c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>avif</c>.</param>
/// <param name="HasAlpha">Whether it has a transparency channel.</param>
/// <param name="AltText">The shop's own words about it, cleaned.</param>
public sealed record ProductImage(
    string Id, string BlobKey, string Sha256, int Width, int Height, string Format, bool HasAlpha, string? AltText);
