using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>How the bridge in the shop stands.</summary>
internal sealed record NopStatus(string? Version, string? ShopVersion, string? ShopName, bool CanStoreFiles, bool TellsChanges, long MaxClipBytes);

internal sealed record NopPage(IReadOnlyList<NopProduct>? Products, int? Next);

/// <summary>A product as the bridge gives it. Any part may be missing.</summary>
internal sealed record NopProduct(
    int Id, string? Name, string? ShortDescription, string? FullDescription, string? Sku, decimal? Price, string? Currency, string? Language, bool Published, string? Url,
    IReadOnlyList<string>? Manufacturers, IReadOnlyList<string>? Categories, IReadOnlyList<string>? Tags, IReadOnlyList<NopValue>? Specifications,
    IReadOnlyList<NopPicture>? Pictures, IReadOnlyList<NopVariant>? Variants)
{
    /// <summary>Pieces in stock; null where the shop does not count them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Stock { get; init; }

    /// <summary>Pieces in orders that were not cancelled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sold { get; init; }
}

internal sealed record NopValue(string? Name, string? Value);

/// <summary>A picture; another file in its place has another id.</summary>
internal sealed record NopPicture(int Id, string? MimeType, string? Name, string? Alt);

internal sealed record NopVariant(int Id, string? Sku, decimal? Price, IReadOnlyList<NopValue>? Options, int? PictureId);

/// <param name="File">Named by the shop for the hash of its bytes.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record NopFile(string? File, long Bytes);

/// <summary>A clip on a product.</summary>
internal sealed record NopVideo(int Id, string? Key, string? Url, string? ListingUrl, bool WasThere);

internal sealed record NopRemoved(bool Removed);

/// <summary>A refusal as the bridge writes all of them.</summary>
internal sealed record NopRefusal(string? Code, string? Message);

/// <summary>What the shop tells of.</summary>
internal sealed record NopChange(string? Topic, IReadOnlyList<string>? ProductIds);
