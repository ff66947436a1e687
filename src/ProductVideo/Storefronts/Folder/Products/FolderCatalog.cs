namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>All that the folder's files say at one moment.</summary>
internal sealed class FolderCatalog
{
    private readonly Dictionary<string, FolderProduct> _byHandle;

    private FolderCatalog(ShopFile shop, List<FolderProduct> products, List<FolderProblem> problems, bool isPartial)
    {
        Shop = shop;
        Products = products;
        Problems = problems;
        IsPartial = isPartial;
        _byHandle = products.ToDictionary(p => p.Handle, StringComparer.Ordinal);
    }

    public ShopFile Shop { get; }

    /// <summary>In ordinal order of their handles.</summary>
    public IReadOnlyList<FolderProduct> Products { get; }

    public IReadOnlyList<FolderProblem> Problems { get; }

    /// <summary>A whole file could not be understood: a product that is not found here may stand in it.</summary>
    public bool IsPartial { get; }

    public static FolderCatalog Of(ShopFile shop, IReadOnlyList<FolderProblem> shopProblems, IReadOnlyList<FolderSource> sources)
    {
        var problems = shopProblems.Concat(sources.SelectMany(s => s.Problems)).ToList();
        var products = new List<FolderProduct>();
        foreach (var named in sources.SelectMany(s => s.Products).GroupBy(p => p.Handle, StringComparer.Ordinal))
        {
            products.Add(named.First());
            problems.AddRange(named.Skip(1).Select(twin => new FolderProblem(
                twin.Place.File, twin.Place.Row, "handle", twin.Handle,
                $"“{twin.Handle}” stands in {named.First().Place.File} already; take one of the two away or give it another handle.")));
        }

        if (shop.Currency is null && products.Exists(p => p.Variants.Any(v => v is { Price: not null, Currency: null })))
        {
            problems.Add(new(ShopFile.FileName, null, "currency", null,
                "Products have prices and no currency, so no price is shown; write the shop's currency, like EUR."));
        }

        // Which of two twins is meant nobody can tell, so neither is listed.
        products.RemoveAll(p => problems.Exists(q => q.ProductId == p.Handle));
        products.Sort((a, b) => string.CompareOrdinal(a.Handle, b.Handle));
        return new(shop, products, problems, sources.Any(s => s.IsUnreadable));
    }

    public FolderProduct? Find(string handle) => _byHandle.GetValueOrDefault(handle);

    public IEnumerable<FolderProblem> ProblemsOf(string handle) => Problems.Where(p => p.ProductId == handle);
}
