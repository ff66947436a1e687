using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Galleries;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder;

/// <summary>A shop that lives in a folder. Product ids are handles; the folder is read and never written.</summary>
internal sealed class FolderStorefront : IStorefront, IHoldImages, IHaveBrand, IReportProblems, IDisposable
{
    private readonly FolderOptions _options;
    private readonly ILogger<FolderStorefront> _log;

    /// <param name="options">Validated.</param>
    /// <param name="clock">For the time of an attach.</param>
    /// <param name="log">For the operator.</param>
    public FolderStorefront(FolderOptions options, TimeProvider clock, ILogger<FolderStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Shop = options.Shop;
        _log = log;
        Products = new(options, clock);
        Galleries = new(options.StatePath, clock);
    }

    public string Shop { get; }

    public string DisplayName => _options.DisplayName ?? Products.WrittenName() ?? Shop;

    public StorefrontCapabilities Capabilities { get; } = new()
    {
        Tells = ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold,
    };

    internal FolderShop Products { get; }

    internal GalleryStore Galleries { get; }

    /// <summary>Everything in the folder that a person must mend, in the order of the files. Nothing of it is listed; all else is.</summary>
    public async Task<IReadOnlyList<FolderProblem>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var catalog = await Products.CatalogAsync(cancellationToken);
        return [.. catalog.Problems, .. catalog.Products.SelectMany(Products.PictureProblems)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ShopProblem>> ReportAsync(CancellationToken cancellationToken) =>
        [.. (await ProblemsAsync(cancellationToken)).Select(problem => new ShopProblem(problem.ProductId, problem.ToString()))];

    /// <inheritdoc/>
    public async Task<ListedBrand> ReadBrandAsync(CancellationToken cancellationToken)
    {
        var shop = (await Products.CatalogAsync(cancellationToken)).Shop;
        return new(_options.DisplayName ?? shop.Name ?? Shop, shop.BrandColor, shop.Logo is { } logo ? new ImageSource.Held(logo) : null);
    }

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        var catalog = await Products.CatalogAsync(cancellationToken);
        return Find(catalog, productId) is { } product ? await Products.ListedAsync(product, catalog.Shop, cancellationToken) : null;
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var after = query.Cursor is null ? "" : FolderMapping.LastHandle(query.Cursor) ?? throw FolderFaults.BadCursor();

        var catalog = await Products.CatalogAsync(cancellationToken);
        var found = catalog.Products
            .Where(p => string.CompareOrdinal(p.Handle, after) > 0 && FolderMapping.Matches(p, query.Search) && Products.PictureProblems(p).Count == 0)
            .Take(query.Take + 1).ToList();
        var page = new List<ListedProduct>();
        foreach (var product in found.Take(query.Take))
            page.Add(await Products.ListedAsync(product, catalog.Shop, cancellationToken));
        return new(page, found.Count > query.Take ? FolderMapping.Cursor(page[^1].Ref.ProductId) : null);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw FolderFaults.BadKey(clip.Key);
        var catalog = await Products.CatalogAsync(cancellationToken);
        var product = Find(catalog, productId) ?? throw FolderFaults.Gone(productId);

        var wasThere = await Galleries.AttachAsync(product.Handle, [.. product.Images.Select(m => FolderMapping.ImageId(m.Src))], clip, cancellationToken);
        if (!wasThere)
            _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, productId, Shop);
        var address = product.IsPublished ? FolderMapping.ListingUrl(Products.ListingPath, product.Handle) : null;
        return new(clip.Key, address, wasThere) { ClipUrl = address is null ? null : FolderMapping.ClipUrl(Products.ListingPath, product.Handle, clip.Key) };
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (!Field.IsHandle(productId) || !AttachKey.IsSound(attachKey))
            return;
        if (await Galleries.DetachAsync(productId, attachKey, cancellationToken))
            _log.LogInformation("Detached clip {Key} from {Product} of {Shop}", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream>(new FileStream(
                Products.PathOf(image.Key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81_920, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FolderFaults.NoPicture(image.Key, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFaults.CannotRead(e);
        }
    }

    public void Dispose()
    {
        Products.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Null only where the folder certainly has no such product.</summary>
    private static FolderProduct? Find(FolderCatalog catalog, string productId)
    {
        if (catalog.Find(productId) is { } product)
            return product;
        var problems = catalog.ProblemsOf(productId).ToList();
        if (problems.Count == 0 && catalog.IsPartial)
            problems.AddRange(catalog.Problems.Where(p => p.ProductId is null));
        return problems.Count == 0 ? null : throw FolderFaults.Invalid(problems);
    }
}
