using System.Diagnostics.CodeAnalysis;
using ProductVideo.Spending;

namespace ProductVideo.Catalog;

/// <summary>What the catalogue index knows of a product: what narrows a backfill, what a price depends on, and how its video stands.</summary>
public sealed record CatalogProduct
{
    public required ProductRef Ref { get; init; }
    public required string Title { get; init; }

    /// <summary>See <see cref="ListedProduct.Handle"/>.</summary>
    public string? Handle { get; init; }

    public string? Vendor { get; init; }
    public string? ProductType { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Collections { get; init; } = [];
    public Money? Price { get; init; }

    /// <summary>See <see cref="ListedProduct.Stock"/>.</summary>
    public int? Stock { get; init; }

    /// <summary>See <see cref="ListedProduct.Sold"/>.</summary>
    public long? Sold { get; init; }

    public bool IsPublished { get; init; } = true;

    /// <summary>How many pictures are listed.</summary>
    public int Pictures { get; init; }

    /// <summary><see cref="ListedProduct.Version"/> as it was last seen.</summary>
    public required string Version { get; init; }

    /// <summary>When that version was first seen; what came with the shop's first scan, at that scan.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>See <see cref="ListedContent"/>; null until the product is seen again, of those that were known before it was written down.</summary>
    public string? Content { get; init; }

    /// <summary>When that content was first seen; null where it is not known yet.</summary>
    public DateTimeOffset? ContentAt { get; init; }

    /// <summary>When a scan or a look last saw it listed.</summary>
    public DateTimeOffset SeenAt { get; init; }

    public Lacks Lacks { get; init; } = Lacks.Video;

    /// <summary>The generation whose clip is on the listing; null if none is.</summary>
    public Guid? Video { get; init; }

    /// <summary>Key and version of that clip's prompt template.</summary>
    public string? Template { get; init; }

    /// <summary>The generation that is under way or awaits a decision; null if none does.</summary>
    public Guid? UnderWay { get; init; }

    /// <summary>How the last one ended that left no clip on the listing; null if none did, or one was published since.</summary>
    public VainEnd? EndedAs { get; init; }

    /// <summary>The <see cref="Version"/> for which it did.</summary>
    public string? EndedFor { get; init; }

    /// <summary>
    /// Until when that end speaks for the product: when a person said so, else when it was ordered, or when the listing was last seen as it was
    /// then; null where it is not known.
    /// </summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// Whether the last one ended in vain and nothing that a video is made from has changed since. Whatever else of the listing did, a sale or a
    /// new tag, makes no other video.
    /// </summary>
    public bool IsTried => EndedAs is not null && (EndedFor == Version || EndedAt >= ContentAt);

    /// <summary>Of a product as it is listed; how its video stands is not in there.</summary>
    public static CatalogProduct Of(ListedProduct listed, DateTimeOffset seen) => new()
    {
        Ref = listed.Ref,
        Title = Storable(listed.Title),
        Handle = Storable(listed.Handle),
        Vendor = Storable(listed.Vendor),
        ProductType = Storable(listed.ProductType),
        Tags = [.. listed.Tags.Select(tag => Storable(tag))],
        Collections = [.. listed.Collections.Select(collection => Storable(collection))],
        Price = listed.Price is { Amount: <= Micros.Largest and >= -Micros.Largest } price ? price : null,
        Stock = listed.Stock,
        Sold = listed.Sold,
        IsPublished = listed.IsPublished,
        Pictures = listed.Images.Count,
        Version = listed.Version,
        ChangedAt = seen,
        Content = ListedContent.Of(listed),
        ContentAt = seen,
        SeenAt = seen,
    };

    // One product with a sign that a database takes in no text, or a price beyond its numbers, would stop the scan of all others.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Storable(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);
}

/// <summary>What a product's listing lacks. Without <see cref="Video"/> it has one, and the other flags say why it would be another one today.</summary>
[Flags]
public enum Lacks
{
    None = 0,
    Video = 1,

    /// <summary>Its text changed.</summary>
    Text = 2,

    /// <summary>Its pictures changed.</summary>
    Pictures = 4,

    /// <summary>The clip shows a picture that left the listing.</summary>
    RemovedPicture = 8,

    /// <summary>The clip's prompt template was edited or taken away.</summary>
    Template = 16,

    /// <summary>The shop looks different.</summary>
    Brand = 32,
}

/// <summary>How a generation ended whose clip, or the lack of it, speaks against another one of the same product.</summary>
public enum VainEnd
{
    /// <summary>Or could not even be ordered, by what the listing lacks.</summary>
    Failed,
    Rejected,

    /// <summary>A person took it off.</summary>
    Withdrawn,
}
