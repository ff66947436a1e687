using ProductVideo.Catalog;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A shop in memory that keeps its own ledger of what was asked of it.</summary>
internal sealed class MemoryShop : IStorefront, IHoldImages
{
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

    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) =>
        ReadFaults.TryDequeue(out var fault) ? Task.FromException<ListedProduct?>(fault) : Task.FromResult(Products.GetValueOrDefault(productId));

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new ProductPage([.. Products.Values], null));

    public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (AttachFaults.TryDequeue(out var fault))
            throw fault;
        var wasThere = Media.Contains((productId, clip.Key));
        if (!wasThere)
            Media.Add((productId, clip.Key));
        return Task.FromResult(new AttachedMedia("media-" + clip.Key, "/listing/" + productId, wasThere));
    }

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        if (DetachFaults.TryDequeue(out var fault))
            throw fault;
        Media.Remove((productId, attachKey));
        return Task.CompletedTask;
    }

    public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(Pictures[image.Key], writable: false));
}
