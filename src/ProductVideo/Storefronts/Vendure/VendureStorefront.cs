using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>A Vendure shop, by its admin API and the plugin in it.</summary>
internal sealed class VendureStorefront : IStorefront, IStorefrontWebhook, ICheckAccess
{
    private readonly VendureOptions _options;
    private readonly VendureApi _api;
    private readonly VendureCatalog _catalog;
    private readonly ILogger _log;
    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="log">For the operator.</param>
    public VendureStorefront(VendureOptions options, ShopExchange exchange, ILogger<VendureStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        _api = new VendureApi(options, exchange);
        _catalog = new VendureCatalog(_api);
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes, Tells = ListedFacts.Collections | ListedFacts.Stock };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Headers { get; } = [StandardWebhooks.IdHeader, StandardWebhooks.TimestampHeader, StandardWebhooks.SignatureHeader];

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        if (!VendureMapping.IsId(productId))
            return null;
        var answer = await _api.AskAsync<VendureOne>(VendureDocuments.Product, new { id = productId }, cancellationToken);
        return answer.Product is { } product ? VendureMapping.Listed(product, answer.GlobalSettings, _options) : null;
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var (products, settings, next) = await _catalog.ListAsync(query, cancellationToken);
        return new([.. products.Select(product => VendureMapping.Listed(product, settings, _options))], next);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        if (!VendureMapping.IsId(productId))
            throw ShopWords.Gone(productId, "Vendure");
        return await _turns.TakeAsync(
            productId,
            async () =>
            {
                var look = await _api.AskAsync<VendureLook>(VendureDocuments.Look, new { id = productId }, cancellationToken);
                var product = look.Product ?? throw ShopWords.Gone(productId, "Vendure");
                return look.ProductVideos?.FirstOrDefault(video => video.Key == clip.Key) is { } there
                    ? Attached(product, there, wasThere: true) : await AttachAsync(product, look.ProductVideoShop, clip, cancellationToken);
            },
            cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (!VendureMapping.IsId(productId) || !AttachKey.IsSound(attachKey))
            return;
        await _api.AskAsync<VendureDetached>(VendureDocuments.Detach, new { id = productId, key = attachKey }, cancellationToken);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult<WebhookVerdict>(
        _options.WebhookSecret is not { } secret ? new WebhookVerdict.Refused($"{VendureOptions.Section}:{Shop}:WebhookSecret is not set")
        : StandardWebhooks.Verify(call, secret) ? new WebhookVerdict.Accepted(call.Header(StandardWebhooks.IdHeader)!)
        : new WebhookVerdict.Refused("the signature is not made with the plugin's secret, or its time is not near"));

    /// <inheritdoc/>
    public ShopNews Read(WebhookCall call)
    {
        if (CamelJson.Read<VendureNews>(call.Body.Span) is not { Type: { } type } news)
            throw new JsonException("The call has no type.");
        if (type is not ("product.created" or "product.updated" or "product.deleted"))
            return new ShopNews.Other(type);
        if (news.Data?.Ids is not { Count: > 0 } ids || !ids.All(VendureMapping.IsId))
            throw new JsonException("The call names no product.");
        return type is "product.deleted" ? new ShopNews.ProductsRemoved(ids) : new ShopNews.ProductsChanged(ids);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken)
    {
        var languages = _options.Locale is null ? [] : await _api.LanguagesAsync(cancellationToken);
        var reading = await _api.TryAsync(VendureDocuments.MayRead, variables: null, cancellationToken);
        if (reading.IsRefusal && reading.Code != VendureFaults.Forbidden)
            throw VendureFaults.Of(reading);
        var asked = await _api.TryAsync(VendureDocuments.Shop, variables: null, cancellationToken);
        if (asked.IsRefusal && asked.Code is not (VendureFaults.Forbidden or VendureFaults.NotInSchema))
            throw VendureFaults.Of(asked);
        var shop = asked.IsRefusal ? null : asked.Read<VendureShopAnswer>()?.ProductVideoShop;
        List<AccessCheck> checks =
        [
            Check("Read products and their pictures", !reading.IsRefusal, "Give the administrator's role the permissions ReadProduct and ReadAsset, or ReadCatalog."),
            Check("The plugin of ProductVideo", asked.Code != VendureFaults.NotInSchema, "Add ProductVideoPlugin to the plugins of vendure-config, write the database migration and start the shop again."),
            Check("Put clips on products", shop is null or { MayAttach: true }, "Give the administrator's role the permissions UpdateProduct and CreateAsset, or UpdateCatalog and CreateCatalog."),
            Check("Upload MP4 videos", shop is null or { TakesVideo: true }, "Put 'video/*' back into assetOptions.permittedFileTypes of vendure-config."),
        ];
        if (_options.Locale is { } locale)
            checks.Add(Check($"Listings in {locale}", VendureLanguage.Of(locale, languages) is not null, $"The shop has no such language, so it answers in its default one. It has {string.Join(", ", languages)}: write one of them as the language of the listings, or leave it empty."));
        if (shop is not null && _options.WebhookSecret is not null)
            checks.Add(Check("Hear of changed products", shop.TellsOfChanges, "Give ProductVideoPlugin.init a connection code and the webhookSecret in vendure-config, and start the shop again."));
        return checks;
    }

    private static AccessCheck Check(string right, bool granted, string wayOut) => new(right, granted ? null : wayOut);

    private async Task<AttachedMedia> AttachAsync(VendureProduct product, VendureShop? shop, ClipToAttach clip, CancellationToken cancellationToken)
    {
        // Refused before it is sent: what the shop says about it afterwards has no code.
        if (shop is not null && clip.Length > shop.UploadMaxFileSize)
            throw VendureFaults.TooLarge(clip.Length, shop.UploadMaxFileSize);
        List<VendureFile> files = [new("variables.input.clip", $"{clip.Key}.mp4", "video/mp4", clip.OpenClip)];
        if (clip.OpenPoster is { } poster)
            files.Add(new("variables.input.poster", $"{clip.Key}-poster.jpg", "image/jpeg", poster));
        var input = new
        {
            productId = product.Id, clip.Key, clip = (object?)null, poster = (object?)null, clip.Width, clip.Height,
            seconds = clip.Duration.TotalSeconds, alt = clip.AltText, clip.MadeWithAi, inGallery = _options.UseGallery,
        };
        // The plugin looks again and writes in one transaction: sent once more after a lost answer, it finds what is there.
        var attached = (await _api.UploadAsync<VendureAttached>(VendureDocuments.Attach, new { input }, files, cancellationToken)).AttachProductVideo;
        if (attached?.Video is not { } video)
            throw VendureFaults.WrongType(attached?.ErrorCode ?? attached?.__typename);
        _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, product.Id, Shop);
        return Attached(product, video, attached.WasThere);
    }

    private AttachedMedia Attached(VendureProduct product, VendureVideo video, bool wasThere) =>
        new(video.AssetId, VendureMapping.ListingUrl(product, _options), wasThere) { ClipUrl = video.Url is { } url ? new Uri(_options.Url!, url).AbsoluteUri : null };
}
