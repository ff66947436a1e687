using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>A Shopify shop, by its Admin API. Product ids are Shopify's numbers.</summary>
internal sealed class ShopifyStorefront : IStorefront, IStorefrontWebhook, ICheckAccess, IVouchForVisitors
{
    /// <summary>What a single request may cost is limited, and a product with its pictures and collections costs about 90 points of 1,000.</summary>
    private const int MostAtOnce = 10;

    private const long MostBytes = 1_000_000_000;

    private const int Moves = 3;

    private static readonly TimeSpan BetweenMoves = TimeSpan.FromSeconds(2);

    private readonly ShopifyOptions _options;
    private readonly ShopifyApi _api;
    private readonly ShopifyVideos _videos;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="tokens">Keeps refresh tokens.</param>
    /// <param name="clock">For the life of tokens and for pauses.</param>
    /// <param name="log">For the operator.</param>
    public ShopifyStorefront(ShopifyOptions options, ShopExchange exchange, IKeepShopTokens tokens, TimeProvider clock, ILogger<ShopifyStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock, _log) = (options, clock, log);
        _api = new ShopifyApi(options, exchange, new ShopifyTokens(options, exchange, tokens, clock), clock);
        _videos = new ShopifyVideos(options, _api, exchange, new ShopifyQuota(options, _api, clock), clock);
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes ?? MostBytes, WeeklyQuota = options.WeeklyVideos, Tells = ListedFacts.Collections | ListedFacts.Stock, ListsChanges = true };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Headers => ShopifyWebhooks.Headers;

    /// <inheritdoc/>
    public IReadOnlyList<string> Origins => _options.AdminMayOrder ? ["https://extensions.shopifycdn.com", "https://admin.shopify.com"] : [];

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        if (ShopifyMapping.Gid(productId) is not { } id || (await _api.AskAsync<OneProduct>("ReadProduct", new { id }, cancellationToken)).Product is not { } product)
            return null;
        var variants = new List<ShopifyVariant>(product.Variants?.Nodes ?? []);
        for (var page = product.Variants?.PageInfo; page is { HasNextPage: true, EndCursor: { } after };)
        {
            var more = (await _api.AskAsync<OneProduct>("MoreVariants", new { id, after }, cancellationToken)).Product?.Variants;
            variants.AddRange(more?.Nodes ?? []);
            page = more?.PageInfo;
        }

        return ShopifyMapping.Listed(await WithCollectionsAsync(product with { Variants = new(variants) }, cancellationToken), _options);
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var (found, after, search) = (new List<ShopifyProduct>(), query.Cursor, ShopifyMapping.Search(query.Search, query.ChangedSince));
        PageInfo? page;
        do
        {
            var first = Math.Min(MostAtOnce, query.Take - found.Count);
            var products = (await _api.AskAsync<ProductList>("ListProducts", new { first, after, query = search }, cancellationToken)).Products;
            foreach (var product in products.Nodes)
                found.Add(await WithCollectionsAsync(product, cancellationToken));
            page = products.PageInfo;
            after = page is { HasNextPage: true } ? page.EndCursor : null;
        }
        while (after is not null && found.Count < query.Take);

        return new([.. found.Select(product => ShopifyMapping.Listed(product, _options))], after);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        var product = ShopifyMapping.Gid(productId) ?? throw ShopWords.Gone(productId, "Shopify");
        return await _turns.TakeAsync(productId, () => AttachInTurnAsync(product, productId, clip, cancellationToken), cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (ShopifyMapping.Gid(productId) is not { } product || !AttachKey.IsSound(attachKey))
            return;
        await _turns.TakeAsync(
            productId,
            async () =>
            {
                await DetachInTurnAsync(product, attachKey, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult(ShopifyWebhooks.Verify(call, _options));

    /// <inheritdoc/>
    public ShopNews Read(WebhookCall call) => ShopifyWebhooks.Read(call);

    /// <inheritdoc/>
    public ShopVisitor? Vouch(string token, DateTimeOffset now) => _options.AdminMayOrder ? ShopifySessionToken.Read(token, _options, now) : null;

    public async Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken)
    {
        var granted = (await _api.AskAsync<Installation>("AccessScopes", new { }, cancellationToken)).CurrentAppInstallation.AccessScopes.Select(scope => scope.Handle).ToHashSet(StringComparer.Ordinal);
        return
        [
            // Who may write products may read them.
            Check("Read products", "read_products", granted.Contains("read_products") || granted.Contains("write_products")),
            Check("Put videos on products", "write_products", granted.Contains("write_products")),
            Check("Upload videos", "write_files", granted.Contains("write_files")),
        ];

        static AccessCheck Check(string right, string scope, bool isGranted) => isGranted ? new(right) : new(
            right, $"Add the access scope {scope} to the app in Shopify's Dev Dashboard, release that version, and accept it in the shop.");
    }

    /// <summary>All of its collections, however it was read: what a backfill is for must not depend on whether a list or a look saw the product last.</summary>
    private async Task<ShopifyProduct> WithCollectionsAsync(ShopifyProduct product, CancellationToken cancellationToken)
    {
        if (product.Collections is not { PageInfo.HasNextPage: true } first)
            return product;
        var collections = new List<ShopifyCollection>(first.Nodes);
        for (var page = first.PageInfo; page is { HasNextPage: true, EndCursor: { } after };)
        {
            var more = (await _api.AskAsync<OneProduct>("MoreCollections", new { id = product.Id, after }, cancellationToken)).Product?.Collections;
            collections.AddRange(more?.Nodes ?? []);
            page = more?.PageInfo;
        }

        return product with { Collections = new(collections) };
    }

    private async Task<AttachedMedia> AttachInTurnAsync(string product, string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var gallery = await GalleryAsync(product, cancellationToken) ?? throw new StorefrontException(
            StorefrontFault.ProductNotFound, ShopWords.ProductGone, $"{product} is not in {Shop}.");
        var there = gallery.Media?.Nodes.FirstOrDefault(one => one.Filename == ShopifyVideos.NameOf(clip.Key));
        var file = there is null ? await _videos.BringAsync(clip, cancellationToken) : await _videos.WatchAsync(there.Id, cancellationToken);
        var media = there?.Id ?? file!.Id!;
        if (there is null)
        {
            await LinkOrForgetAsync(product, media, clip.Key, cancellationToken);
            _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, productId, Shop);
        }

        if (_options.Place is ClipPlace.AfterFirst)
            await MoveAsync(product, media, [.. (gallery.Media?.Nodes ?? []).Select(one => one.Id)], cancellationToken);
        return new(ShopifyMapping.Id(media), gallery.OnlineStoreUrl, WasThere: there is not null) { ClipUrl = file?.Url };
    }

    /// <summary>First off the product, then away if nothing else uses it: a merchant may have put it elsewhere too.</summary>
    private async Task DetachInTurnAsync(string product, string key, CancellationToken cancellationToken)
    {
        var there = (await GalleryAsync(product, cancellationToken))?.Media?.Nodes.FirstOrDefault(media => media.Filename == ShopifyVideos.NameOf(key));
        if (there is not null)
            await LinkAsync(new { id = there.Id, referencesToRemove = new[] { product } }, cancellationToken);
        var file = there?.Id ?? (await _videos.FindAsync(key, cancellationToken))?.Id;
        if (file is not null && !await _videos.DeleteUnusedAsync(file, key, cancellationToken))
            _log.LogInformation("The file of clip {Key} stays in {Shop}, for something else there uses it", key, Shop);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", key, ShopifyMapping.Id(product), Shop);
    }

    private async Task<ShopifyProduct?> GalleryAsync(string product, CancellationToken cancellationToken) =>
        (await _api.AskAsync<OneProduct>("ProductGallery", new { id = product }, cancellationToken)).Product;

    /// <summary>Of a product that went while its clip was brought, the file is of no use any more, and would count among the videos that the shop's plan allows.</summary>
    private async Task LinkOrForgetAsync(string product, string media, string key, CancellationToken cancellationToken)
    {
        try
        {
            await LinkAsync(new { id = media, referencesToAdd = new[] { product } }, cancellationToken);
        }
        catch (StorefrontException e) when (e.Fault is StorefrontFault.ProductNotFound)
        {
            await TryDeleteAsync(media, key, cancellationToken);
            throw;
        }
    }

    private async Task TryDeleteAsync(string media, string key, CancellationToken cancellationToken)
    {
        try
        {
            if (await _videos.DeleteUnusedAsync(media, key, cancellationToken))
                return;
            _log.LogInformation("The file of clip {Key}, whose product is gone, stays in {Shop}, for something else there uses it", key, Shop);
        }
        catch (StorefrontException left)
        {
            _log.LogWarning(left, "The file of clip {Key}, whose product is gone, could not be deleted in {Shop}", key, Shop);
        }
    }

    private async Task LinkAsync(object file, CancellationToken cancellationToken)
    {
        if ((await _api.AskAsync<Linked>("LinkVideo", new { files = new[] { file } }, cancellationToken)).FileUpdate?.UserErrors is { Count: > 0 } errors)
            throw ShopifyFaults.Of(errors, "LinkVideo");
    }

    /// <param name="product">Its gid.</param>
    /// <param name="media">What goes behind the first.</param>
    /// <param name="order">As it was before our media was added at its end, or with it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    private async Task MoveAsync(string product, string media, List<string> order, CancellationToken cancellationToken)
    {
        var stands = order.IndexOf(media) is >= 0 and var place ? place : order.Count;
        if (stands == 1 || order.TrueForAll(id => id == media))
            return;
        var moves = new[] { new { id = media, newPosition = "1" } };
        var errors = await MoveAsync(product, moves, cancellationToken);
        // That it was put there a moment ago may itself be what Shopify is still at.
        for (var look = 1; look < Moves && errors.Any(error => error.Code == ShopifyFaults.BeingModified); look++)
        {
            await Task.Delay(BetweenMoves, _clock, cancellationToken);
            errors = await MoveAsync(product, moves, cancellationToken);
        }

        // The clip is on the listing; where it stands is not worth failing for.
        if (errors.Count > 0)
            _log.LogWarning("Clip {Media} stays behind the other media of {Product}: {Errors}", media, product, string.Join(", ", errors.Select(error => error.Code)));
    }

    private async Task<IReadOnlyList<UserError>> MoveAsync(string product, object moves, CancellationToken cancellationToken) =>
        (await _api.AskAsync<Moved>("MoveMedia", new { id = product, moves }, cancellationToken)).ProductReorderMedia?.MediaUserErrors ?? [];
}
