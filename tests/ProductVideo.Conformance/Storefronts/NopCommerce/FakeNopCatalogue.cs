using System.Globalization;
using ProductVideo.Bridge;

namespace ProductVideo.Conformance.Storefronts.NopCommerce;

/// <summary>A shop's products and pictures in memory.</summary>
public sealed class FakeNopCatalogue : IShopCatalogue
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, (ProductView Product, DateTime SavedAt)> _products = [];
    private readonly Dictionary<int, byte[]> _pictures = [];
    private int _ids = 10;

    public IReadOnlyList<ProductView> All
    {
        get
        {
            lock (_lock)
                return [.. _products.Values.Select(one => one.Product)];
        }
    }

    /// <param name="product">Makes it, given its id.</param>
    public int Add(Func<int, ProductView> product)
    {
        lock (_lock)
        {
            var id = ++_ids;
            _products[id] = (product(id), DateTime.UtcNow);
            return id;
        }
    }

    public PictureView AddPicture(string name, byte[] bytes)
    {
        lock (_lock)
        {
            var id = ++_ids;
            _pictures[id] = bytes;
            return new(id, "image/jpeg", name, Alt: null);
        }
    }

    /// <summary>As the merchant does in the admin.</summary>
    public void Edit(int id, Func<ProductView, ProductView> change)
    {
        lock (_lock)
            _products[id] = (change(_products[id].Product), DateTime.UtcNow);
    }

    public void Remove(int id)
    {
        lock (_lock)
            _products.Remove(id);
    }

    public Task<IReadOnlyList<ProductView>> ListAsync(CatalogueQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ProductView>>(
            [
                .. _products.Values.Where(one => one.Product.Id > query.After && (query.ChangedSince is not { } since || one.SavedAt >= since))
                    .Select(one => one.Product).Where(product => query.Search is null || Holds(product, query.Search)).Take(query.Take),
            ]);
        }
    }

    public Task<ProductView?> FindAsync(int productId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_products.TryGetValue(productId, out var found) ? found.Product : null);
    }

    public Task<(byte[] Bytes, string MimeType)?> PictureAsync(int pictureId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<(byte[], string)?>(_pictures.TryGetValue(pictureId, out var bytes) ? (bytes, "image/jpeg") : null);
    }

    private static bool Holds(ProductView product, string words) =>
        product.Id.ToString(CultureInfo.InvariantCulture) == words || product.Name.Contains(words, StringComparison.OrdinalIgnoreCase)
        || product.Manufacturers.Any(name => name.Contains(words, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The plugin's table in memory, with its unique index.</summary>
public sealed class FakeClipRows : IClipRows
{
    private readonly Lock _lock = new();
    private readonly List<ClipRow> _rows = [];
    private int _ids;

    /// <summary>How many names each question after used files held.</summary>
    public List<int> AskedFor { get; } = [];

    public IReadOnlyList<ClipRow> All
    {
        get
        {
            lock (_lock)
                return [.. _rows];
        }
    }

    public Task<IReadOnlyList<ClipRow>> OfProductAsync(int productId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ClipRow>>([.. All.Where(row => row.ProductId == productId)]);

    public Task<ClipRow?> FindAsync(int productId, string key, CancellationToken cancellationToken) =>
        Task.FromResult(All.FirstOrDefault(row => row.ProductId == productId && row.Key == key));

    public Task<ClipRow?> FindAsync(int id, CancellationToken cancellationToken) => Task.FromResult(All.FirstOrDefault(row => row.Id == id));

    public Task<ClipRow?> TryInsertAsync(ClipRow row, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_rows.Exists(one => one.ProductId == row.ProductId && one.Key == row.Key))
                return Task.FromResult<ClipRow?>(null);
            var added = row with { Id = ++_ids };
            _rows.Add(added);
            return Task.FromResult<ClipRow?>(added);
        }
    }

    public Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        lock (_lock)
            _rows.RemoveAll(row => row.Id == id);
        return Task.CompletedTask;
    }

    public Task<IReadOnlySet<string>> UsedAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        lock (_lock)
            AskedFor.Add(files.Count);
        return Task.FromResult<IReadOnlySet<string>>(All.SelectMany(row => new[] { row.VideoFile, row.PosterFile }).OfType<string>().Intersect(files).ToHashSet(StringComparer.Ordinal));
    }
}
