using System.Collections.Concurrent;
using ProductVideo.Catalog;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A shop in memory that keeps its own ledger of what was asked of it, by many at the same time.</summary>
internal sealed class MemoryShop : IStorefront, IHoldImages
{
    private readonly Lock _lock = new();
    private readonly List<(string Product, string Key)> _media = [];
    private int _edits = 1;
    private int _reads;
    private int _reading;
    private int _pictureReads;

    public string Shop { get; init; } = "test";

    public string DisplayName { get; init; } = "Test shop";

    public StorefrontCapabilities Capabilities { get; set; } = new();

    public Dictionary<string, ListedProduct> Products { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>Product and attach key of everything that is on a listing.</summary>
    public IReadOnlyList<(string Product, string Key)> Media
    {
        get
        {
            lock (_lock)
                return [.. _media];
        }
    }

    /// <summary>Thrown by the next reading of a product, once.</summary>
    public ConcurrentQueue<StorefrontException> ReadFaults { get; } = new();

    /// <summary>Until this has come to its end, no reading of a product is answered.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>Run by the next reading of a product before it is answered, once each.</summary>
    public ConcurrentQueue<Func<Task>> BeforeReads { get; } = new();

    /// <summary>Thrown by the next attach, once.</summary>
    public ConcurrentQueue<StorefrontException> AttachFaults { get; } = new();

    /// <summary>Run by the next attach or detach between its look at the listing and its write, once each.</summary>
    public ConcurrentQueue<Func<Task>> BeforeWrites { get; } = new();

    /// <summary>Thrown by the next write of an attach when it is done, once: its answer is lost, and with it the look that follows it.</summary>
    public ConcurrentQueue<StorefrontException> LostAnswers { get; } = new();

    /// <summary>Thrown by the next detach, once.</summary>
    public ConcurrentQueue<StorefrontException> DetachFaults { get; } = new();

    /// <summary>Until this has come to its end, no list is answered.</summary>
    public Task Listing { get; set; } = Task.CompletedTask;

    /// <summary>Thrown by the next list, once.</summary>
    public ConcurrentQueue<StorefrontException> ListFaults { get; } = new();

    /// <summary>Whether a clip that is attached moves the product's version, which no shop's should.</summary>
    public bool AttachMovesVersion { get; set; }

    /// <summary>Pages that were listed, by their cursor.</summary>
    public ConcurrentQueue<string?> Listed { get; } = [];

    /// <summary>When each product was edited, by the shop's clock; those that never were are not in it.</summary>
    public Dictionary<string, DateTimeOffset> Edited { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists of what changed, by since when.</summary>
    public ConcurrentQueue<DateTimeOffset> Asked { get; } = [];

    /// <summary>How often a product was read.</summary>
    public int Reads => _reads;

    /// <summary>How long each reading of a product takes.</summary>
    public TimeSpan ReadTakes { get; set; }

    /// <summary>How many readings of products went on at the same time.</summary>
    public int MostReadsAtOnce { get; private set; }

    /// <summary>How often a picture's bytes were asked for.</summary>
    public int PictureReads => _pictureReads;

    /// <summary>As the merchant does; the version follows.</summary>
    public ListedProduct Edit(string id, Func<ListedProduct, ListedProduct> edit)
    {
        lock (_lock)
            return Products[id] = edit(Products[id]) with { Version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++_edits} of {id}") };
    }

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

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await Reading.WaitAsync(cancellationToken);
        if (BeforeReads.TryDequeue(out var before))
            await before();
        lock (_lock)
            MostReadsAtOnce = Math.Max(MostReadsAtOnce, ++_reading);
        try
        {
            if (ReadTakes > TimeSpan.Zero)
                await Task.Delay(ReadTakes, cancellationToken);
            lock (_lock)
                return ReadFaults.TryDequeue(out var fault) ? throw fault : Products.GetValueOrDefault(productId);
        }
        finally
        {
            lock (_lock)
                _reading--;
        }
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        await Listing.WaitAsync(cancellationToken);
        if (ListFaults.TryDequeue(out var fault))
            throw fault;
        if (query.ChangedSince is { } asked)
            Asked.Enqueue(asked);
        else
            Listed.Enqueue(query.Cursor);
        var left = Products.Values.Where(product => query.ChangedSince is not { } since || Edited.GetValueOrDefault(product.Ref.ProductId) >= since).OrderBy(product => product.Ref.ProductId, StringComparer.Ordinal)
            .Where(product => string.CompareOrdinal(product.Ref.ProductId, query.Cursor) > 0).ToList();
        return new ProductPage([.. left.Take(query.Take)], left.Count > query.Take ? left[query.Take - 1].Ref.ProductId : null);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (AttachFaults.TryDequeue(out var fault))
            throw fault;
        var wasThere = KeepOne((productId, clip.Key));
        if (!wasThere)
        {
            if (BeforeWrites.TryDequeue(out var before))
                await before();
            lock (_lock)
                _media.Add((productId, clip.Key));
            if (LostAnswers.TryDequeue(out var lost))
                throw lost;
            KeepOne((productId, clip.Key));
        }

        if (AttachMovesVersion)
            Edit(productId, product => product);
        return new AttachedMedia("media-" + clip.Key, "/listing/" + productId, wasThere);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        if (DetachFaults.TryDequeue(out var fault))
            throw fault;
        if (BeforeWrites.TryDequeue(out var before))
            await before();
        lock (_lock)
            _media.RemoveAll(media => media == (productId, attachKey));
    }

    /// <summary>Of copies that were written at once, one stays.</summary>
    /// <returns>Whether there was one.</returns>
    private bool KeepOne((string Product, string Key) media)
    {
        lock (_lock)
        {
            var there = _media.RemoveAll(one => one == media) > 0;
            if (there)
                _media.Add(media);
            return there;
        }
    }

    public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pictureReads);
        return Pictures.TryGetValue(image.Key, out var bytes)
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new StorefrontException(StorefrontFault.Unavailable, $"The picture {image.Key} can't be fetched now.", $"{image.Key} is away.");
    }
}
