using System.Text.Json.Serialization;
using ProductVideo.Spending;

namespace ProductVideo.Catalog;

/// <summary>Names one product of one shop.</summary>
/// <param name="Shop">The key of the shop as configured, for example <c>sample</c>.</param>
/// <param name="ProductId">The shop's own id of the product; opaque.</param>
public readonly record struct ProductRef(string Shop, string ProductId)
{
    public override string ToString() => $"{Shop}/{ProductId}";
}

/// <summary>A product as its shop lists it now: text as the shop wrote it (HTML), images not yet fetched. Everything in it is untrusted.</summary>
public sealed record ListedProduct
{
    public required ProductRef Ref { get; init; }
    public required string Title { get; init; }

    /// <summary>The description as the shop stores it, HTML or plain text.</summary>
    public string DescriptionHtml { get; init; } = "";

    public string? Vendor { get; init; }

    /// <summary>The shop's own word for the kind of product, for example <c>Mugs</c>.</summary>
    public string? ProductType { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Structured facts that the shop keeps, by lower-case name: <c>material</c>, <c>color</c>, <c>size</c> …</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ProductVariant> Variants { get; init; } = [];

    /// <summary>In the gallery's order; the first is the listing's main picture.</summary>
    public IReadOnlyList<ListedImage> Images { get; init; } = [];

    public Money? Price { get; init; }

    /// <summary>BCP 47, for example <c>de</c>; null where the shop does not say.</summary>
    public string? Locale { get; init; }

    /// <summary>Changes whenever something above changes; compared for equality only.</summary>
    public required string Version { get; init; }

    /// <summary>The merchant's own number of a product without variants; null where the shop does not say. No part of <see cref="Version"/>.</summary>
    [JsonIgnore]
    public string? Sku { get; init; }

    /// <summary>What its page is called in addresses, where that is not its id; null where the shop does not say. No part of <see cref="Version"/>.</summary>
    [JsonIgnore]
    public string? Handle { get; init; }

    /// <summary>Names of the collections or categories that it stands in; no part of <see cref="Version"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>Pieces that can be sold now, over all variants; null where the shop does not say or does not count. No part of <see cref="Version"/>.</summary>
    [JsonIgnore]
    public int? Stock { get; init; }

    /// <summary>Pieces sold so far; null where the shop does not say. No part of <see cref="Version"/>.</summary>
    [JsonIgnore]
    public long? Sold { get; init; }

    /// <summary>False for drafts and archived products, which are never backfilled.</summary>
    public bool IsPublished { get; init; } = true;

    /// <summary>Where shoppers see it; null where the shop does not say.</summary>
    public string? ListingUrl { get; init; }
}

/// <summary>One buyable form of a product.</summary>
/// <param name="Id">The shop's id of the variant.</param>
/// <param name="Options">Option name to value, for example <c>Color</c> to <c>Sage</c>.</param>
/// <param name="Price">Its price, where the shop gives one.</param>
/// <param name="ImageId">The <see cref="ListedImage.Id"/> that shows it, where the shop says so.</param>
public sealed record ProductVariant(string Id, IReadOnlyDictionary<string, string> Options, Money? Price, string? ImageId)
{
    /// <summary>The merchant's own number of it; null where the shop does not say. No part of <see cref="ListedProduct.Version"/>.</summary>
    [JsonIgnore]
    public string? Sku { get; init; }
}

/// <summary>A picture of a listing, not yet fetched.</summary>
/// <param name="Id">Stable within the product.</param>
/// <param name="Source">Where its bytes are.</param>
/// <param name="AltText">The shop's own words about it.</param>
public sealed record ListedImage(string Id, ImageSource Source, string? AltText)
{
    /// <summary>Another one when its bytes are, where the shop tells so without giving them; null where they then come under another id or address.</summary>
    [JsonIgnore]
    public string? Digest { get; init; }
}

/// <summary>Where the bytes of a listed picture are.</summary>
public abstract record ImageSource
{
    private ImageSource()
    {
    }

    /// <summary>At an address that came from the shop: fetched only by the guarded download.</summary>
    public sealed record Remote(string Address) : ImageSource;

    /// <summary>Inside the shop's own storage: opened by <see cref="IHoldImages.OpenImageAsync"/>.</summary>
    public sealed record Held(string Key) : ImageSource;
}
