using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>A WooCommerce shop: products by <c>wc/v3</c>, files by <c>wp/v2</c>, the gallery by the companion plugin. Product ids are WordPress's numbers.</summary>
internal sealed partial class WooCommerceStorefront : IStorefront, IStorefrontWebhook, IKeepWebhooks, ICheckAccess
{
    private const string Topic = "X-WC-Webhook-Topic";
    private const string Delivery = "X-WC-Webhook-Delivery-ID";

    private readonly WooCommerceOptions _options;
    private readonly WooCommerceApi _api;
    private readonly WooCommerceCatalog _catalog;
    private readonly WooCommerceUploads _uploads;
    private readonly ILogger _log;

    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="log">For the operator.</param>
    public WooCommerceStorefront(WooCommerceOptions options, ShopExchange exchange, ILogger<WooCommerceStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        _api = new WooCommerceApi(options, exchange);
        (_catalog, _uploads) = (new WooCommerceCatalog(_api), new WooCommerceUploads(_api));
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes, Tells = ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold, ListsChanges = true };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Headers { get; } = [Topic, Delivery];

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken)
    {
        if (WooCommerceMapping.Id(productId) is not { } id || await _catalog.FindAsync(id, cancellationToken) is not { } product)
            return null;
        var variations = product is { Variations.Count: > 0 } ? await _catalog.VariationsAsync(id, cancellationToken) : null;
        return WooCommerceMapping.Listed(product, variations, _options);
    }

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var (products, next) = await _catalog.ListAsync(query, cancellationToken);
        return new([.. products.Select(product => WooCommerceMapping.Listed(product, variations: null, _options))], next);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        var product = WooCommerceMapping.Id(productId) ?? throw ShopWords.Gone(productId, "WooCommerce");
        return await _turns.TakeAsync(
            productId,
            async () =>
            {
                try
                {
                    var there = (await _api.GetAsync<List<WooVideo>>(Videos(product), cancellationToken)).FirstOrDefault(video => video.Key == clip.Key);
                    return there is not null ? Attached(there) with { WasThere = true } : await AttachAsync(product, clip, cancellationToken);
                }
                catch (StorefrontException e) when (e.Fault is StorefrontFault.ProductNotFound)
                {
                    // What was brought for it, now or by an earlier try, is of no use any more.
                    await TryTakeOffAsync(product, clip.Key, cancellationToken);
                    throw;
                }
            },
            cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (WooCommerceMapping.Id(productId) is not { } product || !AttachKey.IsSound(attachKey))
            return;
        await TakeOffAsync(product, attachKey, cancellationToken);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken) => new WooCommerceAccess(_options, _api).CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptWebhook>> KeepAsync(Uri deliveryAddress, CancellationToken cancellationToken) =>
        _turns.TakeAsync("webhooks", () => new WooCommerceWebhooks(_options, _api).KeepAsync(deliveryAddress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult(Verify(call));

    /// <inheritdoc/>
    public ShopNews Read(WebhookCall call)
    {
        var topic = call.Header(Topic) ?? "";
        if (topic is not ("product.created" or "product.updated" or "product.restored" or "product.deleted"))
            return new ShopNews.Other(topic);
        if (SnakeJson.Read<WooChanged>(call.Body.Span) is not { Id: > 0 } changed)
            throw new JsonException("The call names no product.");
        string[] ids = [WooCommerceMapping.Id(changed.Product)];
        return topic is "product.deleted" ? new ShopNews.ProductsRemoved(ids) : new ShopNews.ProductsChanged(ids);
    }

    /// <summary>WooCommerce sends one call without a signature, when a webhook is made; if that is refused it can't be.</summary>
    private WebhookVerdict Verify(WebhookCall call) =>
        call.Header(BodyHmacSignature.WooCommerceHeader) is null && Ping().IsMatch(Encoding.UTF8.GetString(call.Body.Span[..Math.Min(call.Body.Length, 40)]))
            ? new WebhookVerdict.Ignored("the ping of a new webhook")
        : _options.WebhookSecret is not { } secret ? new WebhookVerdict.Refused($"{WooCommerceOptions.Section}:{Shop}:WebhookSecret is not set")
        : !BodyHmacSignature.Verify(call, BodyHmacSignature.WooCommerceHeader, secret) ? new WebhookVerdict.Refused("the signature is not made with the webhook's secret")
        : new WebhookVerdict.Accepted(DeliveryOf(call));

    /// <summary>WooCommerce makes one id for all that a webhook tells within a second: products of a bulk edit differ in the body alone.</summary>
    private static string DeliveryOf(WebhookCall call)
    {
        var body = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
        return call.Header(Delivery) is { Length: > 0 and <= 100 } delivery ? $"{delivery}-{body[..16]}" : body;
    }

    /// <summary>Where the shop lets nothing be taken off it is said in the log only: that the product is gone counts, and what stays is two files in a library.</summary>
    private async Task TryTakeOffAsync(long product, string key, CancellationToken cancellationToken)
    {
        try
        {
            await TakeOffAsync(product, key, cancellationToken);
        }
        catch (StorefrontException left)
        {
            _log.LogWarning(left, "What was uploaded as {Key} for {Product} of {Shop}, which is gone, could not be taken out of the media library", key, product, Shop);
        }
    }

    private async Task<AttachedMedia> AttachAsync(long product, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var (video, poster) = await _uploads.UploadAsync(product, clip, cancellationToken);
        var attached = await _api.SendAsync<WooVideo>(
            HttpMethod.Put, $"{Videos(product)}/{clip.Key}",
            new { MediaId = video, PosterId = poster, clip.Width, clip.Height, Seconds = (decimal)clip.Duration.TotalSeconds, Alt = clip.AltText, clip.MadeWithAi }, cancellationToken);
        if (attached.MediaId != video)
            await DeleteAsync(video, poster == attached.PosterId ? null : poster, cancellationToken);
        _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, product, Shop);
        return Attached(attached);
    }

    /// <summary>Another process attached the same clip meanwhile, with a file of its own; the poster was perhaps found by both.</summary>
    private async Task DeleteAsync(long video, long? poster, CancellationToken cancellationToken)
    {
        await _uploads.DeleteAsync(video, cancellationToken);
        if (poster is { } picture)
            await _uploads.DeleteAsync(picture, cancellationToken);
    }

    /// <summary>With its files, and with those of a try that never got so far; also where the product is gone.</summary>
    private Task TakeOffAsync(long product, string key, CancellationToken cancellationToken) =>
        _api.DeleteAsync($"{Videos(product)}/{key}", gone: WooCommerceFaults.UnknownProduct, cancellationToken);

    private static AttachedMedia Attached(WooVideo video) => new(WooCommerceMapping.Id(video.MediaId), video.ListingUrl, video.WasThere) { ClipUrl = video.SourceUrl };

    private static string Videos(long product) => string.Create(CultureInfo.InvariantCulture, $"{WooCommerceApi.Companion}/products/{product}/videos");

    [GeneratedRegex(@"\Awebhook_id=[0-9]{1,20}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ping();
}
