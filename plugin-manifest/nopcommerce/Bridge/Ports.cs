namespace ProductVideo.Bridge;

/// <summary>The shop's catalogue, as far as the bridge shows it. Products of stores that are not connected are as good as gone.</summary>
public interface IShopCatalogue
{
    /// <summary>Products by id, the lowest first.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ProductView>> ListAsync(CatalogueQuery query, CancellationToken cancellationToken);

    Task<ProductView?> FindAsync(int productId, CancellationToken cancellationToken);

    /// <summary>The bytes of a picture of some product; null for any other.</summary>
    Task<(byte[] Bytes, string MimeType)?> PictureAsync(int pictureId, CancellationToken cancellationToken);
}

/// <param name="After">Only ids above it.</param>
/// <param name="Take">The most to give.</param>
/// <param name="ChangedSince">Only those saved since; null for all.</param>
/// <param name="Search">Words that the name, the SKU or the manufacturer's name contain, or the id itself; null for all.</param>
public sealed record CatalogueQuery(int After, int Take, DateTime? ChangedSince, string? Search);

/// <summary>The clips on products: one row each, unique by product and key.</summary>
public interface IClipRows
{
    /// <summary>The oldest first.</summary>
    Task<IReadOnlyList<ClipRow>> OfProductAsync(int productId, CancellationToken cancellationToken);

    Task<ClipRow?> FindAsync(int productId, string key, CancellationToken cancellationToken);

    Task<ClipRow?> FindAsync(int id, CancellationToken cancellationToken);

    /// <returns>Null where a row of that product and key is there already.</returns>
    Task<ClipRow?> TryInsertAsync(ClipRow row, CancellationToken cancellationToken);

    Task DeleteAsync(int id, CancellationToken cancellationToken);

    /// <summary>Those of the names that some row uses.</summary>
    Task<IReadOnlySet<string>> UsedAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken);
}

/// <param name="Id">0 for one that is not stored yet.</param>
/// <param name="ProductId">Whose clip.</param>
/// <param name="Key">The service's name for it.</param>
/// <param name="VideoFile">In the folder of clips.</param>
/// <param name="PosterFile">In the folder of clips; null for none.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Seconds">How long it plays.</param>
/// <param name="Alt">What it shows.</param>
/// <param name="MadeWithAi">Whether shoppers are told that a model drew it.</param>
/// <param name="CreatedAt">When it was attached, UTC.</param>
public sealed record ClipRow(
    int Id, int ProductId, string Key, string VideoFile, string? PosterFile, int Width, int Height, decimal Seconds, string Alt, bool MadeWithAi, DateTime CreatedAt);

/// <summary>What the bridge must know of the shop.</summary>
public interface IShopFacts
{
    /// <summary>As the merchant set it; read anew for each request.</summary>
    Task<BridgeConnection> ConnectionAsync(CancellationToken cancellationToken);

    /// <summary>Of the shop, with a slash at its end.</summary>
    Task<Uri> AddressAsync(CancellationToken cancellationToken);

    Task<(string ShopVersion, string ShopName)> DescribeAsync(CancellationToken cancellationToken);
}

/// <summary>What connects shop and service.</summary>
/// <param name="Secret">Signs what goes both ways; empty where none was made.</param>
/// <param name="ServiceUrl">Where the service is; empty where the shop is not connected.</param>
/// <param name="ServiceKey">The service's API key for this shop.</param>
/// <param name="ServiceShop">This shop's key in the service.</param>
/// <param name="MaxClipBytes">The most that an upload may hold.</param>
public sealed record BridgeConnection(string Secret, string ServiceUrl, string ServiceKey, string ServiceShop, long MaxClipBytes)
{
    public bool IsConnected => ServiceUrl.Length > 0 && ServiceKey.Length > 0 && ServiceShop.Length > 0;
}
