using ProductVideo.Catalog;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A shop in memory that keeps its own ledger of what was asked of it.</summary>
internal sealed class MemoryShop : IStorefront, IHoldImages
{
    private int _edits = 1;

    public string Shop { get; init; } = "test";

    public string DisplayName => "Test shop";

    public StorefrontCapabilities Capabilities { get; } = new() { HostsVideo = true, TakesPoster = true };

    public Dictionary<string, ListedProduct> Products { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>Product and attach key of everything that is on a listing.</summary>
    public List<(string Product, string Key)> Media { get; } = [];

    /// <summary>Thrown by the next reading of a product, once.</summary>
    public Queue<StorefrontException> ReadFaults { get; } = new();

    /// <summary>Thrown by the next attach, once.</summary>
    public Queue<StorefrontException> AttachFaults { get; } = new();

    /// <summary>Thrown by the next detach, once.</summary>
    public Queue<StorefrontException> DetachFaults { get; } = new();

    /// <summary>Thrown by the next list, once.</summary>
    public Queue<StorefrontException> ListFaults { get; } = new();

    /// <summary>Whether a clip that is attached moves the product's version, which no shop's should.</summary>
    public bool AttachMovesVersion { get; set; }

    /// <summary>Pages that were listed, by their cursor.</summary>
    public List<string?> Listed { get; } = [];

    /// <summary>How often a product was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How often a picture's bytes were asked for.</summary>
    public int PictureReads { get; private set; }

    /// <summary>As the merchant does; the version follows.</summary>
    public ListedProduct Edit(string id, Func<ListedProduct, ListedProduct> edit) =>
        Products[id] = edit(Products[id]) with { Version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++_edits} of {id}") };

    public ListedProduct Add(string id, params (string Key, byte[] Bytes)[] pictures)
    {
        foreach (var (key, bytes) in pictures)
            Pictures[key] = bytes;
        return Products[id] = new ListedProduct
        {
            Ref = new ProductRef(Shop, id),
            Title = "Stoneware mug",
            DescriptionHtml = "<p>A <strong>stoneware</strong> mug.</p>",
            Version = "1",
            Images = [.. pictures.Select(p => new ListedImage(p.Key, new ImageSource.Held(p.Key), null))],
        };
    }

    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        Reads++;
        return ReadFaults.TryDequeue(out var fault) ? Task.FromException<ListedProduct?>(fault) : Task.FromResult(Products.GetValueOrDefault(productId));
    }

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (ListFaults.TryDequeue(out var fault))
            throw fault;
        Listed.Add(query.Cursor);
        var left = Products.Values.OrderBy(product => product.Ref.ProductId, StringComparer.Ordinal)
            .Where(product => string.CompareOrdinal(product.Ref.ProductId, query.Cursor) > 0).ToList();
        return Task.FromResult(new ProductPage([.. left.Take(query.Take)], left.Count > query.Take ? left[query.Take - 1].Ref.ProductId : null));
    }

    public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (AttachFaults.TryDequeue(out var fault))
            throw fault;
        var wasThere = Media.Contains((productId, clip.Key));
        if (!wasThere)
            Media.Add((productId, clip.Key));
        if (AttachMovesVersion)
            Edit(productId, product => product);
        return Task.FromResult(new AttachedMedia("media-" + clip.Key, "/listing/" + productId, wasThere));
    }

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        if (DetachFaults.TryDequeue(out var fault))
            throw fault;
        Media.Remove((productId, attachKey));
        return Task.CompletedTask;
    }

    public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken)
    {
        PictureReads++;
        return Pictures.TryGetValue(image.Key, out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new StorefrontException(StorefrontFault.Unavailable, $"The picture {image.Key} can't be fetched now.", $"{image.Key} is away.");
    }
}
