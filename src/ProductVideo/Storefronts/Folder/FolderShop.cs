using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder;

/// <summary>The reading side of a folder: its products with their pictures looked at. Both the storefront and the listing pages read through it.</summary>
internal sealed class FolderShop(FolderOptions options, TimeProvider clock) : IDisposable
{
    private readonly CatalogReader _catalog = new(options.Path, clock);
    private readonly ContentDigests _digests = new(clock);
    private readonly HeldFiles _files = new(options.Path);

    private Written? _written;

    public string Key => options.Shop;

    public string ListingPath { get; } = options.ListingPath;

    /// <summary>The name in <c>shop.json</c>; null where it gives none or can't be read, which <see cref="CatalogAsync"/> reports.</summary>
    public string? WrittenName()
    {
        var path = Path.Combine(options.Path, ShopFile.FileName);
        if (FileStamp.Of(path) is not { } stamp)
            return null;
        if (_written is { } known && known.Stamp == stamp)
            return known.Name;
        try
        {
            var name = ShopFile.Parse(File.ReadAllText(path)).Shop.Name;
            _written = stamp.IsSettled(clock.GetUtcNow()) ? new Written(stamp, name) : null;
            return name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public async Task<FolderCatalog> CatalogAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _catalog.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFaults.CannotRead(e);
        }
    }

    /// <summary>The product as listed.</summary>
    /// <exception cref="StorefrontException">A picture of it is missing.</exception>
    public async Task<ListedProduct> ListedAsync(FolderProduct product, ShopFile shop, CancellationToken cancellationToken)
    {
        var problems = PictureProblems(product);
        if (problems.Count > 0)
            throw FolderFaults.Invalid(problems);

        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in product.Images.Where(m => !m.IsRemote))
            digests[image.Src] = await Sha256Async(image.Src, cancellationToken);
        return FolderMapping.Listed(product, shop, Key, ListingPath, digests);
    }

    /// <summary>What is wrong with the pictures that the product names.</summary>
    public IReadOnlyList<FolderProblem> PictureProblems(FolderProduct product) =>
        [.. product.Images.Where(m => !m.IsRemote).Select(m => PictureProblem(product, m)).OfType<FolderProblem>()];

    /// <summary>Lower-case hex of a held picture's bytes.</summary>
    public async Task<string> Sha256Async(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await _digests.Sha256Async(PathOf(key), cancellationToken) ?? throw FolderFaults.NoPicture(key, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFaults.CannotRead(e);
        }
    }

    /// <summary>The real path of a held picture, inside the folder for certain.</summary>
    public string PathOf(string key) => _files.TryResolve(key, out var path) ? path : throw FolderFaults.OutsideShop(key);

    public void Dispose() => _catalog.Dispose();

    private FolderProblem? PictureProblem(FolderProduct product, FolderImage image)
    {
        var text = !_files.TryResolve(image.Src, out var path)
            ? $"“{Field.Shorten(image.Src)}” leads out of the shop's folder over a link; put the picture itself into the folder."
            : File.Exists(path) ? null : $"The picture “{Field.Shorten(image.Src)}” isn't in the folder; add it, or take it off the product.";
        return text is null ? null : new(image.Place.File, image.Place.Row, image.Place.Column, product.Handle, text);
    }

    private sealed record Written(FileStamp Stamp, string? Name);
}
