using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>A product of <c>wc/v3</c>, as far as it is read. Any part may be missing: other plugins take parts away.</summary>
internal sealed record WooProduct(
    long Id, string? Name, string? Type, string? Status, string? Permalink, string? Description, string? ShortDescription, string? Price,
    IReadOnlyList<WooImage>? Images, IReadOnlyList<WooTerm>? Categories, IReadOnlyList<WooTerm>? Tags, IReadOnlyList<WooTerm>? Brands,
    IReadOnlyList<WooAttribute>? Attributes, IReadOnlyList<long>? Variations)
{
    /// <summary>What is asked for, so that a shop does not work out prices in HTML and related products for nothing.</summary>
    public const string Fields = "id,name,slug,type,status,permalink,description,short_description,price,images,categories,tags,brands,attributes,variations,manage_stock,stock_quantity,stock_status,total_sales,sku,productvideo_stock,productvideo_price";

    /// <summary>The last part of its address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slug { get; init; }

    /// <summary><c>true</c> where the shop counts the pieces of the product as a whole; <c>parent</c> of a variant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ManageStock { get; init; }

    /// <summary>Below nothing where more was sold than there was; plugins that sell by weight have parts of pieces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StockQuantity { get; init; }

    /// <summary><c>instock</c>, <c>onbackorder</c> or <c>outofstock</c>; of a product with variants, of all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StockStatus { get; init; }

    /// <summary>Pieces of the variants that are counted each for itself, as the companion plugin adds it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductvideoStock { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TotalSales { get; init; }

    /// <summary>The merchant's own number of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sku { get; init; }

    /// <summary>What shoppers see, as the companion plugin adds it; null where that is <see cref="Price"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductvideoPrice { get; init; }
}

/// <param name="Id">Of the attachment; 0 for the placeholder of a product without pictures.</param>
/// <param name="Src">Where its bytes are.</param>
/// <param name="Alt">The shop's words about it.</param>
/// <param name="DateModifiedGmt">Changes when the file is exchanged by a plugin that keeps its address.</param>
internal sealed record WooImage(long Id, string? Src, string? Alt, string? DateModifiedGmt);

internal sealed record WooTerm(string? Name);

/// <param name="Name">As the merchant named it.</param>
/// <param name="Option">Of a variation.</param>
/// <param name="Options">Of a product.</param>
/// <param name="Variation">Whether variants differ in it.</param>
internal sealed record WooAttribute(string? Name, string? Option, IReadOnlyList<string?>? Options, bool Variation);

internal sealed record WooVariation(long Id, string? Status, string? Sku, string? Price, string? ProductvideoPrice, WooImage? Image, IReadOnlyList<WooAttribute>? Attributes)
{
    public const string Fields = "id,status,sku,price,productvideo_price,image,attributes";

    /// <summary>One that the merchant switched off is <c>private</c>, and no shopper sees it.</summary>
    public bool IsEnabled => Status is null or "publish";
}

/// <summary>An uploaded file of <c>wp/v2</c>.</summary>
/// <param name="Id">Of the attachment.</param>
/// <param name="MimeType">For example <c>video/mp4</c>.</param>
/// <param name="MediaDetails">What WordPress measured.</param>
internal sealed record WooMedia(long Id, string? MimeType, WooMediaDetails? MediaDetails)
{
    public const string Fields = "id,mime_type,media_details";
}

/// <param name="Filesize">Bytes; null where WordPress did not measure.</param>
internal sealed record WooMediaDetails(long? Filesize);

/// <summary>A clip on a product, as the companion plugin keeps it.</summary>
internal sealed record WooVideo(string? Key, long MediaId, long? PosterId, string? SourceUrl, string? ListingUrl, bool WasThere);

/// <summary>A refusal as WordPress writes all of them.</summary>
internal sealed record WooRefusal(string? Code, string? Message);

/// <summary>What a webhook carries that is of use. A variant that changes is told of as a product of its own.</summary>
/// <param name="Id">Of the product, or of the variant.</param>
/// <param name="Type">For example <c>simple</c>, or <see cref="Variation"/>; null where something is gone.</param>
/// <param name="ParentId">The product of a variant.</param>
internal sealed record WooChanged(long Id, string? Type, long? ParentId)
{
    public const string Variation = "variation";

    public long Product => Type is Variation && ParentId is > 0 and { } parent ? parent : Id;
}

/// <summary>A webhook of <c>wc/v3</c>; its secret is never shown.</summary>
/// <param name="Id">Ascending.</param>
/// <param name="Name">As it was given, or as WooCommerce made one up.</param>
/// <param name="Status"><c>active</c>, <c>paused</c> by the merchant, or <c>disabled</c> by WooCommerce.</param>
/// <param name="Topic">For example <c>product.updated</c>.</param>
/// <param name="DeliveryUrl">Where it goes.</param>
internal sealed record WooWebhook(long Id, string? Name, string? Status, string? Topic, string? DeliveryUrl)
{
    public const string Fields = "id,name,status,topic,delivery_url";
}

/// <param name="Capabilities">What the user may do, by WordPress's names.</param>
internal sealed record WooUser(Dictionary<string, bool>? Capabilities);

/// <param name="Version">Of the companion plugin.</param>
/// <param name="EditsAllProducts">Whether the user may edit products that are not its own.</param>
/// <param name="DeletesUploads">Whether the user may delete what it uploaded; null where an older plugin does not say.</param>
internal sealed record WooPlugin(string? Version, bool EditsAllProducts, bool? DeletesUploads);

/// <summary>What a WordPress says of itself to everybody.</summary>
/// <param name="Authentication">A <see cref="WooAuthentication"/>; PHP writes an empty one as a list.</param>
internal sealed record WooSite(JsonElement Authentication);

/// <param name="ApplicationPasswords">null where WordPress offers none.</param>
internal sealed record WooAuthentication([property: JsonPropertyName("application-passwords")] WooApplicationPasswords? ApplicationPasswords);

internal sealed record WooApplicationPasswords(WooEndpoints? Endpoints);

/// <param name="Authorization">The page where a user agrees.</param>
internal sealed record WooEndpoints(string? Authorization);
