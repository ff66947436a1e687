using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>A VirtoCommerce platform: products and rows of videos by its catalog module, files by its assets module. Product ids are the platform's.</summary>
internal sealed class VirtoCommerceStorefront : IStorefront, ICheckAccess
{
    /// <summary>The shop's column for an owner holds no more.</summary>
    private const int LongestId = 128;

    /// <summary>Products that are asked for at once.</summary>
    private const int Together = 50;

    private readonly VirtoCommerceOptions _options;
    private readonly TimeProvider _clock;
    private readonly VirtoCommerceApi _api;
    private readonly VirtoCommerceCatalog _catalog;
    private readonly VirtoCommerceAssets _assets;
    private readonly VirtoCommerceVideos _videos;
    private readonly ILogger _log;

    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="clock">When a token ends, and a clip went up.</param>
    /// <param name="log">For the operator.</param>
    public VirtoCommerceStorefront(VirtoCommerceOptions options, ShopExchange exchange, TimeProvider clock, ILogger<VirtoCommerceStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock, _log) = (options, clock, log);
        _api = new VirtoCommerceApi(options, exchange, clock);
        (_catalog, _assets, _videos) = (new VirtoCommerceCatalog(_api, options.CatalogIds), new VirtoCommerceAssets(_api, options), new VirtoCommerceVideos(_api));
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes, Tells = ListedFacts.Collections };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        if (!IsId(productId))
            return null;
        // A list of one: whatever stands before the platform may say 404 to everything. That there is no such product, only a list without it tells.
        var product = (await TogetherAsync([productId], cancellationToken)).FirstOrDefault();
        return product is { MainProductId: null } ? VirtoCommerceMapping.Listed(product with { Id = productId }, _options) : null;
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var (ids, next) = await _catalog.ListAsync(query, cancellationToken);
        var products = new Dictionary<string, VirtoProduct>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(Together))
        {
            // A list holds too little of a product to tell whether it changed.
            foreach (var product in await TogetherAsync(some, cancellationToken))
            {
                if (product.MainProductId is null)
                    products[product.Id!] = product;
            }
        }

        return new([.. ids.Where(products.ContainsKey).Select(id => VirtoCommerceMapping.Listed(products[id], _options))], next);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        return await _turns.TakeAsync(
            productId,
            async () =>
            {
                // The shop would take a video for a product that it does not have.
                var product = await ReadAsync(productId, cancellationToken) ?? throw VirtoCommerceFaults.ProductGone(productId);
                var all = await _videos.OfAsync(productId, cancellationToken);
                await _videos.MendAsync(all, cancellationToken);
                return await _videos.SettleAsync(all, clip.Key, cancellationToken) is { } there
                    ? Attached(there, product, wasThere: true) : await AttachAsync(product, clip, all, cancellationToken);
            },
            cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (!IsId(productId) || !AttachKey.IsSound(attachKey))
            return;
        // Attaching another clip writes older rows anew: one that goes meanwhile would be back.
        await _turns.TakeAsync(
            productId,
            async () =>
            {
                await _videos.DeleteAsync([.. (await _videos.OfAsync(productId, cancellationToken)).Where(video => VirtoCommerceMapping.Shows(video, attachKey))], cancellationToken);
                await _assets.DeleteAsync(productId, attachKey, cancellationToken);
                return true;
            },
            cancellationToken);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken) =>
    [
        Check("Read products", "catalog:read", await _catalog.TryAsync(cancellationToken)),
        // What follows names nothing to be written: whatever is said against that was said after the right was looked at.
        Check("Put videos on products", "catalog:update", await _api.PostAsync(VirtoCommerceVideos.Path, Array.Empty<VirtoVideo>(), cancellationToken), 400, 500),
        Check("Take videos off products", "catalog:delete", await _api.DeleteAsync(VirtoCommerceVideos.Path, cancellationToken), 400, 500),
        Check("See stored files", "platform:asset:read", await _api.AnswerAsync($"{VirtoCommerceAssets.Path}?folderUrl={VirtoCommerceAssets.Folder}", cancellationToken)),
        Check("Store files", "platform:asset:create", await _api.PostAsync($"{VirtoCommerceAssets.Path}?folderUrl={VirtoCommerceAssets.Folder}", new { }, cancellationToken), 400),
        Check("Delete its own files", "platform:asset:delete", await _api.DeleteAsync(VirtoCommerceAssets.Path, cancellationToken), 400),
    ];

    /// <summary>Those that the shop has, each with its id.</summary>
    private async Task<IReadOnlyList<VirtoProduct>> TogetherAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        [.. (await _api.PostAsync<List<VirtoProduct?>>($"api/catalog/products/plenty?respGroup={VirtoProduct.Parts}", ids, cancellationToken))
            .OfType<VirtoProduct>().Where(product => product.Id is not null && ids.Contains(product.Id, StringComparer.OrdinalIgnoreCase))];

    private static AccessCheck Check(string right, string permission, ShopAnswer answer, params int[] alsoGood) => answer switch
    {
        { Status: 401 or 403 } => new(right, $"Give the OAuth application the permission {permission} in the platform under Security."),
        _ when answer.IsSuccess || alsoGood.Contains(answer.Status) => new(right),
        _ => throw VirtoCommerceFaults.Of(answer),
    };

    private async Task<AttachedMedia> AttachAsync(ListedProduct product, ClipToAttach clip, IReadOnlyList<VirtoVideo> others, CancellationToken cancellationToken)
    {
        var (content, poster) = await _assets.UploadAsync(product.Ref.ProductId, clip, cancellationToken);
        var last = others.Count == 0 ? 0 : others.Max(video => video.SortOrder);
        var (video, wasThere) = await _videos.AddAsync(VirtoCommerceMapping.Row(product, clip, content, poster, last + 1, _clock.GetUtcNow()), clip.Key, cancellationToken);
        _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, product.Ref.ProductId, Shop);
        return Attached(video, product, wasThere);
    }

    private AttachedMedia Attached(VirtoVideo video, ListedProduct product, bool wasThere) =>
        new(video.Id!, product.ListingUrl, wasThere) { ClipUrl = VirtoCommerceMapping.Absolute(video.ContentUrl!, _options) };

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id is not "." and not "..";
}
