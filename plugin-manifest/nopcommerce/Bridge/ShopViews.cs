namespace ProductVideo.Bridge;

/// <summary>How the shop stands, for whoever connects it.</summary>
/// <param name="Version">Of the plugin.</param>
/// <param name="ShopVersion">Of nopCommerce.</param>
/// <param name="ShopName">Of the store.</param>
/// <param name="CanStoreFiles">Whether clips can be written.</param>
/// <param name="TellsChanges">Whether the shop knows where to tell what changes.</param>
/// <param name="MaxClipBytes">The most that an upload may hold.</param>
public sealed record StatusView(string Version, string ShopVersion, string ShopName, bool CanStoreFiles, bool TellsChanges, long MaxClipBytes);

/// <param name="Products">By id, the lowest first.</param>
/// <param name="Next">Continues the list as <c>after</c>; null at its end.</param>
public sealed record ProductPageView(IReadOnlyList<ProductView> Products, int? Next);

/// <summary>A product as shoppers see it.</summary>
public sealed record ProductView
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string? ShortDescription { get; init; }
    public string? FullDescription { get; init; }
    public string? Sku { get; init; }

    /// <summary>As shoppers see it, of the cheapest variant; null where the shop shows none.</summary>
    public decimal? Price { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>For example <c>en-US</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Whether shoppers find it by itself.</summary>
    public bool Published { get; init; }

    public string? Url { get; init; }
    public IReadOnlyList<string> Manufacturers { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<NamedValue> Specifications { get; init; } = [];
    public IReadOnlyList<PictureView> Pictures { get; init; } = [];
    public IReadOnlyList<VariantView> Variants { get; init; } = [];

    /// <summary>Pieces in stock, over all warehouses and variants; null where the shop does not count them.</summary>
    public int? Stock { get; init; }

    /// <summary>Pieces in orders that were not cancelled.</summary>
    public long Sold { get; init; }
}

public sealed record NamedValue(string Name, string Value);

/// <param name="Id">Of the picture; its bytes are at <c>pictures/{id}</c>.</param>
/// <param name="MimeType">As the shop keeps it.</param>
/// <param name="Name">Of its file.</param>
/// <param name="Alt">The shop's words about it.</param>
public sealed record PictureView(int Id, string? MimeType, string? Name, string? Alt);

/// <summary>A combination of attributes.</summary>
/// <param name="Id">Of the combination.</param>
/// <param name="Sku">The merchant's own number of it.</param>
/// <param name="Price">As shoppers see it once they chose it; null where the shop shows none.</param>
/// <param name="Options">What is chosen with it.</param>
/// <param name="PictureId">Of the picture that shows it.</param>
public sealed record VariantView(int Id, string? Sku, decimal? Price, IReadOnlyList<NamedValue> Options, int? PictureId);

/// <summary>A file that was stored.</summary>
/// <param name="File">Its name, which <see cref="AttachBody"/> takes.</param>
/// <param name="Bytes">All of it.</param>
public sealed record FileView(string File, long Bytes);

/// <summary>What puts a clip on a product.</summary>
/// <param name="File">Of the clip, as <see cref="FileView"/> named it.</param>
/// <param name="Poster">Likewise; null for none.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Seconds">How long it plays.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="MadeWithAi">Whether shoppers are told that a model drew it.</param>
public sealed record AttachBody(string? File, string? Poster, int Width, int Height, decimal Seconds, string? Alt, bool MadeWithAi);

/// <summary>A clip on a product.</summary>
public sealed record VideoView(
    int Id, string Key, string Url, string? PosterUrl, int Width, int Height, decimal Seconds, string Alt, bool MadeWithAi, string? ListingUrl, bool WasThere);

public sealed record RemovedView(bool Removed);
