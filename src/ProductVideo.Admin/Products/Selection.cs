using ProductVideo.Catalog;

namespace ProductVideo.Admin.Products;

/// <summary>Products of one shop that a merchant ticked, in the order in which that was done.</summary>
public sealed class Selection
{
    private readonly List<string> _ids = [];

    public string? Shop { get; private set; }

    public IReadOnlyList<string> Ids => _ids;

    public bool Holds(ProductRef product) => product.Shop == Shop && _ids.Contains(product.ProductId, StringComparer.Ordinal);

    /// <summary>Ticks it, or takes the tick away. A selection is of one shop: one of another begins anew.</summary>
    public void Set(ProductRef product, bool chosen)
    {
        if (product.Shop != Shop)
        {
            _ids.Clear();
            Shop = product.Shop;
        }

        _ids.Remove(product.ProductId);
        if (chosen)
            _ids.Add(product.ProductId);
    }

    public void Clear() => _ids.Clear();
}
