namespace ProductVideo.Admin.Products;

/// <summary>How a visitor left the list of each shop's products, while the pages are open: whoever looks at one product comes back to the same list.</summary>
internal sealed class ProductVisits
{
    private readonly Dictionary<string, Selection> _selections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);

    /// <summary>What is ticked of a shop.</summary>
    public Selection SelectionOf(string shop) => _selections.TryGetValue(shop, out var known) ? known : _selections[shop] = new Selection(shop);

    /// <summary>The address of a shop's list as it was narrowed last; of all of it where it was not seen yet.</summary>
    public string ListOf(string shop) => _lists.GetValueOrDefault(shop) ?? Paths.ProductsOf(shop);

    /// <summary>The list was seen so.</summary>
    public void See(string shop, string? search, string? needs) => _lists[shop] = Paths.ProductsOf(shop, search, needs);
}
