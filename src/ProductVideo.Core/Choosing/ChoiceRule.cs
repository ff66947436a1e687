using System.Text.Json.Serialization;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Choosing;

/// <summary>For which products and clips a line of the list counts; all that is set must hold, and what is not set always does.</summary>
public sealed record ChoiceRule
{
    public static ChoiceRule Any { get; } = new();

    /// <summary>Whether it counts for every product and clip.</summary>
    [JsonIgnore]
    public bool IsAny => (MinPrice, MaxPrice, MinSeconds, MaxSeconds) == default && ProductTypes.Count + Aspects.Count + Origins.Count == 0;

    /// <summary>The product's type is one of these, in whatever capitals.</summary>
    public IReadOnlyList<string> ProductTypes { get; init; } = [];

    /// <summary>The product costs at least this, in the shop's currency. A product without a price does not fit.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>The product costs at most this, in the shop's currency. A product without a price does not fit.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>The clip is at least so many seconds long.</summary>
    public decimal? MinSeconds { get; init; }

    /// <summary>The clip is at most so many seconds long.</summary>
    public decimal? MaxSeconds { get; init; }

    /// <summary>The clip has one of these ratios, by which the channels differ that show it: <c>9:16</c> for reels, <c>1:1</c> for a listing.</summary>
    public IReadOnlyList<string> Aspects { get; init; } = [];

    /// <summary>It was ordered in one of these ways.</summary>
    public IReadOnlyList<GenerationOrigin> Origins { get; init; } = [];

    /// <summary>Whether a product and the way of ordering fit.</summary>
    public bool FitsProduct(ProductSnapshot product, GenerationOrigin origin) =>
        (ProductTypes.Count == 0 || ProductTypes.Contains(product.ProductType?.Trim() ?? "", StringComparer.OrdinalIgnoreCase))
        && FitsOrigin(origin)
        && FitsPrice(product.Price);

    /// <summary>Whether the way of ordering fits, whatever the product.</summary>
    public bool FitsOrigin(GenerationOrigin origin) => Origins.Count == 0 || Origins.Contains(origin);

    /// <summary>Whether a clip fits that would be made.</summary>
    /// <param name="seconds">As wished for, else as planned.</param>
    /// <param name="aspect">As planned.</param>
    public bool FitsClip(decimal seconds, string aspect) =>
        (MinSeconds ?? 0) <= seconds && seconds <= (MaxSeconds ?? decimal.MaxValue) && (Aspects.Count == 0 || Aspects.Contains(aspect, StringComparer.Ordinal));

    private bool FitsPrice(Money? price) =>
        (MinPrice is null || price?.Amount >= MinPrice) && (MaxPrice is null || price?.Amount <= MaxPrice);
}
