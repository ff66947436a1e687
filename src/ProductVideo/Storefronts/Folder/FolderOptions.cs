namespace ProductVideo.Storefronts.Folder;

/// <summary>One shop that lives in a folder of this machine.</summary>
public sealed class FolderOptions
{
    /// <summary>The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>. Set by <c>AddFolderStorefront</c>.</summary>
    public string Shop { get; set; } = "";

    /// <summary>The folder with <c>products.csv</c>, <c>products/*.json</c> and <c>shop.json</c>. It is read and never written.</summary>
    public string Path { get; set; } = "";

    /// <summary>A writable folder outside <see cref="Path"/> for attached clips and the galleries' state; made when first needed.</summary>
    public string StatePath { get; set; } = "";

    /// <summary>The name that merchants and shoppers see.</summary>
    /// <value>Null: the <c>name</c> of <c>shop.json</c>, or the key of the shop.</value>
    public string? DisplayName { get; set; }

    /// <summary>Where <c>MapFolderShop</c> serves the listing; <c>{shop}</c> stands for the key.</summary>
    /// <value><c>/shop/{shop}</c></value>
    public string ListingPrefix { get; set; } = "/shop/{shop}";

    internal string ListingPath => ListingPrefix.Replace("{shop}", Shop, StringComparison.Ordinal);
}
