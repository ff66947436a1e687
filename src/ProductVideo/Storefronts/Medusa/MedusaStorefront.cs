using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>A Medusa v2 shop: products by its admin interface, clips by the plugin's routes, which store and note them in one go.</summary>
internal sealed class MedusaStorefront : IStorefront, IStorefrontWebhook, ICheckAccess
{
    private readonly MedusaOptions _options;
    private readonly MedusaApi _api;
    private readonly MedusaCatalog _catalog;
    private readonly ILogger _log;

    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="log">For the operator.</param>
    public MedusaStorefront(MedusaOptions options, ShopExchange exchange, ILogger<MedusaStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        _api = new MedusaApi(options, exchange);
        _catalog = new MedusaCatalog(_api);
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes, Tells = ListedFacts.Collections | ListedFacts.Stock };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    /// <summary>What is said stands in the body, all of which is signed.</summary>
    public IReadOnlyList<string> Headers { get; } = [];

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) =>
        MedusaMapping.IsId(productId)
        && (await _api.FindAsync<MedusaProductAnswer>($"admin/products/{productId}?fields={MedusaProduct.Fields}", cancellationToken))?.Product is { } product
            ? MedusaMapping.Listed(product, _options) : null;

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        var (products, next) = await _catalog.ListAsync(query, cancellationToken);
        return new([.. products.Select(product => MedusaMapping.Listed(product, _options))], next);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        if (!MedusaMapping.IsId(productId))
            throw ShopWords.Gone(productId, "Medusa");
        return await _turns.TakeAsync(
            productId,
            async () =>
            {
                // A clip that is there is not sent again.
                var listing = await _api.GetAsync<MedusaListing>(Videos(productId), cancellationToken);
                var there = listing.Videos?.FirstOrDefault(video => video.Key == clip.Key);
                var put = there is not null ? new MedusaPut(there, WasThere: true) : await PutAsync(productId, clip, cancellationToken);
                return new AttachedMedia(put.Video?.File ?? clip.Key, MedusaMapping.ListingUrl(productId, listing.Handle, _options), put.WasThere)
                {
                    ClipUrl = put.Video?.Url is { } url ? new Uri(_options.Url!, url).AbsoluteUri : null,
                };
            },
            cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (!MedusaMapping.IsId(productId) || !AttachKey.IsSound(attachKey))
            return;
        await _api.DeleteAsync($"{Videos(productId)}/{attachKey}", cancellationToken);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken)
    {
        await _api.GetAsync<MedusaProductsAnswer>("admin/products?limit=1&fields=id", cancellationToken);
        var status = await _api.FindRouteAsync<MedusaStatus>($"{MedusaApi.Plugin}/status", cancellationToken);
        var checks = new List<AccessCheck>
        {
            new("Read products"),
            new("Put videos on products", status is null ? MedusaFaults.NoPlugin : null),
        };
        if (status is not null)
            checks.Add(new("Order videos in Medusa's admin", status.Connected ? null : "Make a connection code, set PRODUCTVIDEO_CONNECTION to it in Medusa's environment, and start Medusa again."));
        if (status is not null && _options.WebhookSecret is not null)
            checks.Add(new("Hear of changed products", status.TellsChanges ? null : "Set PRODUCTVIDEO_CONNECTION and PRODUCTVIDEO_WEBHOOK_SECRET in Medusa's environment, and start Medusa again."));
        return checks;
    }

    /// <inheritdoc/>
    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult<WebhookVerdict>(
        _options.WebhookSecret is not { } secret ? new WebhookVerdict.Refused($"{MedusaOptions.Section}:{Shop}:WebhookSecret is not set")
        : !StandardWebhooks.Verify(call, secret) ? new WebhookVerdict.Refused("the signature is not made with WebhookSecret, or is old")
        : new WebhookVerdict.Accepted(call.Header(StandardWebhooks.IdHeader)!));

    /// <inheritdoc/>
    public ShopNews Read(WebhookCall call)
    {
        var news = SnakeJson.Read<MedusaNews>(call.Body.Span) ?? throw new JsonException("The call names no product.");
        return news.Topic switch
        {
            _ when !MedusaMapping.IsId(news.Product) => throw new JsonException("The call names no product."),
            "product.created" or "product.updated" => new ShopNews.ProductsChanged([news.Product]),
            "product.deleted" => new ShopNews.ProductsRemoved([news.Product]),
            _ => new ShopNews.Other(news.Topic),
        };
    }

    private async Task<MedusaPut> PutAsync(string product, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var put = await _api.PutAsync<MedusaPut>($"{Videos(product)}/{clip.Key}", token => FormAsync(clip, token), cancellationToken);
        _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, product, Shop);
        return put;
    }

    private static async Task<HttpContent> FormAsync(ClipToAttach clip, CancellationToken cancellationToken)
    {
        var form = new MultipartFormDataContent
        {
            FormPart.Field("width", clip.Width.ToString(CultureInfo.InvariantCulture)),
            FormPart.Field("height", clip.Height.ToString(CultureInfo.InvariantCulture)),
            FormPart.Field("seconds", clip.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            FormPart.Field("alt", clip.AltText),
            FormPart.Field("made_with_ai", clip.MadeWithAi ? "true" : "false"),
        };
        try
        {
            form.Add(FormPart.File("clip", $"{clip.Key}.mp4", "video/mp4", await clip.OpenClip(cancellationToken)));
            if (clip.OpenPoster is { } open)
                form.Add(FormPart.File("poster", $"{clip.Key}-poster.jpg", "image/jpeg", await open(cancellationToken)));
            return form;
        }
        catch
        {
            form.Dispose();
            throw;
        }
    }

    private static string Videos(string product) => $"{MedusaApi.Plugin}/products/{product}/videos";
}
