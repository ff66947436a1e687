using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>A product or a variation of <c>api/catalog/products</c>, as far as it is read. Any part may be missing.</summary>
/// <param name="Id">A GUID, or what an import gave it.</param>
/// <param name="Code">The SKU.</param>
/// <param name="Name">As the merchant wrote it.</param>
/// <param name="MainProductId">Of a variation: whose it is.</param>
/// <param name="IsActive">Whether shoppers see it; missing for yes.</param>
/// <param name="Path">Names of its categories with slashes between them.</param>
/// <param name="Images">By <see cref="VirtoImage.SortOrder"/>.</param>
/// <param name="Reviews">The descriptions; VirtoCommerce calls them so.</param>
/// <param name="Properties">Facts, by catalog, category, product and variation.</param>
/// <param name="Variations">Of a product.</param>
/// <param name="SeoInfos">Its addresses.</param>
internal sealed record VirtoProduct(
    string? Id, string? Code, string? Name, string? MainProductId, bool? IsActive, string? Path, IReadOnlyList<VirtoImage>? Images,
    IReadOnlyList<VirtoReview>? Reviews, IReadOnlyList<VirtoProperty>? Properties, IReadOnlyList<VirtoProduct>? Variations, IReadOnlyList<VirtoSeo>? SeoInfos)
{
    /// <summary>The parts asked for. Stock, prices and relations to other products are not among them.</summary>
    public const string Parts = "ItemInfo,ItemAssets,ItemProperties,ItemEditorialReviews,Variations,Seo,Outlines";

    /// <summary>The ways from a catalog to it: through its own category, and through those of virtual catalogs that it is linked to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VirtoOutline>? Outlines { get; init; }

    /// <summary>Its names in single languages, which shoppers see in the place of <see cref="Name"/>; there since April 2025.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VirtoTexts? LocalizedName { get; init; }
}

/// <param name="Values">By language, for example <c>de-DE</c>.</param>
internal sealed record VirtoTexts(IReadOnlyDictionary<string, string?>? Values);

/// <param name="Items">From the catalog down to the product.</param>
internal sealed record VirtoOutline(IReadOnlyList<VirtoOutlineItem>? Items);

/// <param name="SeoObjectType"><c>Catalog</c>, <c>Category</c> or <c>CatalogProduct</c>.</param>
/// <param name="Name">As the merchant named it.</param>
internal sealed record VirtoOutlineItem(string? SeoObjectType, string? Name);

/// <param name="Id">Missing where a variation shows its product's picture.</param>
/// <param name="Url">Absolute, or relative to the platform.</param>
/// <param name="AltText">The shop's words about it.</param>
/// <param name="SortOrder">The lowest is the main picture.</param>
internal sealed record VirtoImage(string? Id, string? Url, string? AltText, int SortOrder);

/// <param name="Content">HTML.</param>
/// <param name="ReviewType"><c>QuickReview</c> or <c>FullReview</c>; merchants add others.</param>
/// <param name="LanguageCode">For example <c>en-US</c>.</param>
internal sealed record VirtoReview(string? Content, string? ReviewType, string? LanguageCode);

/// <param name="Name">As the merchant named it.</param>
/// <param name="Type"><c>Variation</c> where variations differ in it.</param>
/// <param name="Values">One, or several; in several languages.</param>
internal sealed record VirtoProperty(string? Name, string? Type, IReadOnlyList<VirtoValue>? Values)
{
    /// <summary>Whether the merchant keeps it from shoppers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hidden { get; init; }
}

/// <param name="Value">A text, a number or a truth.</param>
/// <param name="LanguageCode">Missing where it is the same in all.</param>
internal sealed record VirtoValue(JsonElement Value, string? LanguageCode);

internal sealed record VirtoSeo(string? SemanticUrl, string? LanguageCode, bool? IsActive);

/// <summary>A page of <c>api/catalog/listentries</c>. Older modules name the list otherwise.</summary>
internal sealed record VirtoEntries(IReadOnlyList<VirtoEntry>? Results, IReadOnlyList<VirtoEntry>? ListEntries)
{
    public IReadOnlyList<VirtoEntry> All => Results ?? ListEntries ?? [];
}

/// <param name="Id">Of the product or category.</param>
/// <param name="Type"><c>product</c> or <c>category</c>.</param>
/// <param name="Name">Of the product.</param>
/// <param name="Code">Its SKU.</param>
/// <param name="CreatedDate">In UTC.</param>
internal sealed record VirtoEntry(string? Id, string? Type, string? Name, string? Code, DateTime CreatedDate)
{
    public bool IsProduct => Id is not null && Type is "product";
}

internal sealed record VirtoVideos(IReadOnlyList<VirtoVideo>? Results);

/// <summary>
/// A row of <c>api/catalog/videos</c>. The shop checks neither its owner nor whether it is there already. Its storefront asks for name, thumbnail
/// and <c>EmbedUrl</c> alone, which it shows in a frame.
/// </summary>
internal sealed record VirtoVideo(
    string? Id, string? Name, string? Description, int SortOrder, DateTime? UploadDate, string? ThumbnailUrl, string? ContentUrl, string? EmbedUrl, string? Duration,
    string? LanguageCode, string? OwnerId, string? OwnerType, DateTime? CreatedDate);

internal sealed record VirtoFiles(IReadOnlyList<VirtoFile>? Results);

/// <param name="Name">With its extension.</param>
/// <param name="Url">Absolute where the platform knows its public address.</param>
/// <param name="Size">Bytes; missing in the answer of an upload.</param>
internal sealed record VirtoFile(string? Name, string? Url, long? Size);

/// <summary>Of <c>connect/token</c>.</summary>
internal sealed record VirtoToken(string? AccessToken, long? ExpiresIn);

/// <summary>A refusal as the platform or its token service writes it.</summary>
internal sealed record VirtoRefusal(string? Message, string? Error, string? ErrorDescription);
