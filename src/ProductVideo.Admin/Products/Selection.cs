using ProductVideo.Catalog;

namespace ProductVideo.Admin.Products;

/// <summary>Products of one shop that a merchant ticked, in the order in which that was done.</summary>
public sealed class Selection(string shop)
{
    private readonly List<string> _ids = [];

    public string Shop => shop;

    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Of the backfill that is made of them: however often it is asked for, one is made. Other ticks make another.</summary>
    public Guid BackfillId { get; private set; } = Guid.CreateVersion7();

    public bool Holds(ProductRef product) => product.Shop == Shop && _ids.Contains(product.ProductId, StringComparer.Ordinal);

    /// <summary>Ticks one of the shop's, or takes the tick away.</summary>
    public void Set(ProductRef product, bool chosen)
    {
        _ids.Remove(product.ProductId);
        if (chosen)
            _ids.Add(product.ProductId);
        BackfillId = Guid.CreateVersion7();
    }

    public void Clear()
    {
        _ids.Clear();
        BackfillId = Guid.CreateVersion7();
    }
}
