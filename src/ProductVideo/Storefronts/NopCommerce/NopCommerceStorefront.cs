using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>A nopCommerce shop, by the bridge plugin in it. Product ids are nopCommerce's numbers; pictures are fetched through the bridge.</summary>
internal sealed class NopCommerceStorefront : IStorefront, IHoldImages, IStorefrontWebhook, ICheckAccess
{
    /// <summary>More is refused by the bridge.</summary>
    private const int MostAtOnce = 100;

    private readonly NopCommerceOptions _options;
    private readonly NopCommerceApi _api;
    private readonly NopCommerceUploads _uploads;
    private readonly ILogger _log;

    private readonly ProductTurns _turns = new();

    /// <param name="options">Validated.</param>
    /// <param name="exchange">Asks the shop.</param>
    /// <param name="clock">Tells when a request is signed.</param>
    /// <param name="log">For the operator.</param>
    public NopCommerceStorefront(NopCommerceOptions options, ShopExchange exchange, TimeProvider clock, ILogger<NopCommerceStorefront> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        _api = new NopCommerceApi(options, exchange, clock);
        _uploads = new NopCommerceUploads(_api);
        Capabilities = new() { MaxClipBytes = options.MaxClipBytes, Tells = ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold };
    }

    public string Shop => _options.Shop;

    public string DisplayName => _options.Name;

    public StorefrontCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Headers { get; } = [StandardWebhooks.IdHeader, StandardWebhooks.TimestampHeader];

    public async Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) =>
        NopCommerceMapping.Id(productId) is { } id && await _api.FindAsync<NopProduct>(Product(id), NopCommerceFaults.UnknownProduct, cancellationToken) is { } product
            ? NopCommerceMapping.Listed(product, _options) : null;

    public async Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        if (query.Take is < 1 or > 250)
            throw new ArgumentOutOfRangeException(nameof(query), query.Take, "A page holds 1 to 250 products.");
        int? after = query.Cursor is null ? 0 : NopCommerceMapping.Id(query.Cursor) ?? throw ShopWords.BadCursor();
        var words = string.IsNullOrWhiteSpace(query.Search) ? "" : $"&search={Uri.EscapeDataString(query.Search.Trim())}";
        var found = new List<ListedProduct>();
        while (after is { } from && found.Count < query.Take)
        {
            var page = await _api.GetAsync<NopPage>(
                string.Create(CultureInfo.InvariantCulture, $"products?after={from}&take={Math.Min(MostAtOnce, query.Take - found.Count)}{words}"), cancellationToken);
            found.AddRange((page.Products ?? []).Select(product => NopCommerceMapping.Listed(product, _options)));
            // A walk that does not go on would never end.
            after = page.Next > from ? page.Next : null;
        }

        return new(found, after is { } next ? NopCommerceMapping.Id(next) : null);
    }

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (!AttachKey.IsSound(clip.Key))
            throw ShopWords.BadKey();
        var product = NopCommerceMapping.Id(productId) ?? throw ShopWords.Gone(productId, "nopCommerce");
        return await _turns.TakeAsync(
            productId,
            async () =>
            {
                var there = (await _api.GetAsync<List<NopVideo>>(Videos(product), cancellationToken)).Find(video => video.Key == clip.Key);
                return there is not null ? Attached(there) with { WasThere = true } : await AttachAsync(product, clip, cancellationToken);
            },
            cancellationToken);
    }

    public async Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken)
    {
        // A name that could never be attached can't be there to take off.
        if (NopCommerceMapping.Id(productId) is not { } product || !AttachKey.IsSound(attachKey))
            return;
        await _api.DeleteAsync<NopRemoved>($"{Videos(product)}/{attachKey}", cancellationToken);
        _log.LogInformation("Clip {Key} is not on {Product} of {Shop} any more", attachKey, productId, Shop);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken)
    {
        if (NopCommerceMapping.Id(image.Key) is not { } id)
            throw new StorefrontException(StorefrontFault.InvalidData, "The product's picture is no longer in the shop. Look at the product's pictures there.", "The key is no id of a picture of nopCommerce.");
        return new MemoryStream(await _api.FileAsync($"pictures/{NopCommerceMapping.Id(id)}", cancellationToken), writable: false);
    }

    /// <inheritdoc/>
    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken) => ValueTask.FromResult<WebhookVerdict>(
        call.Header(StandardWebhooks.IdHeader) is { Length: <= 100 } id && StandardWebhooks.Verify(call, _options.Secret) ? new WebhookVerdict.Accepted(id)
            : new WebhookVerdict.Refused("it is not signed with the shop's secret, or too old"));

    /// <inheritdoc/>
    public ShopNews Read(WebhookCall call)
    {
        var told = SnakeJson.Read<NopChange>(call.Body.Span) ?? throw new JsonException("The call is not what the bridge sends.");
        if (told.Topic is not ("products.changed" or "products.removed"))
            return new ShopNews.Other(told.Topic ?? "");
        string[] ids = [.. (told.ProductIds ?? []).Where(id => NopCommerceMapping.Id(id) is not null)];
        return ids.Length == 0 ? throw new JsonException("The call names no product.")
            : told.Topic == "products.removed" ? new ShopNews.ProductsRemoved(ids) : new ShopNews.ProductsChanged(ids);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken)
    {
        var status = await _api.GetAsync<NopStatus>("status", cancellationToken);
        var page = await _api.GetAsync<NopPage>("products?after=0&take=1", cancellationToken);
        return
        [
            new("Read products", page.Products is { Count: > 0 } ? null : "The shop shows no product of the store that is set in the plugin's settings. Choose another store there."),
            new("Store videos", status.CanStoreFiles ? null : "Let the shop's process write to wwwroot/files/productvideo."),
            new("Hear of changes", status.TellsChanges ? null : "Press “Make a connection code” on the shop's page here, and paste the code into the plugin's settings in nopCommerce."),
        ];
    }

    private async Task<AttachedMedia> AttachAsync(int product, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var (file, poster) = await _uploads.UploadAsync(clip, cancellationToken);
        var attached = await _api.PutAsync<NopVideo>(
            $"{Videos(product)}/{clip.Key}",
            new { File = file, Poster = poster, clip.Width, clip.Height, Seconds = (decimal)clip.Duration.TotalSeconds, Alt = clip.AltText, clip.MadeWithAi }, cancellationToken);
        _log.LogInformation("Attached clip {Key} to {Product} of {Shop}", clip.Key, product, Shop);
        return Attached(attached);
    }

    private static AttachedMedia Attached(NopVideo video) => new(NopCommerceMapping.Id(video.Id), video.ListingUrl, video.WasThere) { ClipUrl = video.Url };

    private static string Product(int id) => string.Create(CultureInfo.InvariantCulture, $"products/{id}");

    private static string Videos(int product) => Product(product) + "/videos";
}
