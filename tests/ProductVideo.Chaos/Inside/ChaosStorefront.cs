using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using ProductVideo.Catalog;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Http;

namespace ProductVideo.Chaos.Inside;

/// <summary>A shop's adapter as an honest one is: looks for its key before it writes, and takes away only what is its own.</summary>
internal sealed class ChaosStorefront(WorkerSettings settings) : IStorefront
{
    public const string ShopKey = "chaos";

    private readonly HttpClient _http = Outward.Client(settings);

    public string Shop => ShopKey;

    public string DisplayName => "Chaos shop";

    public StorefrontCapabilities Capabilities { get; } = new();

    /// <summary>Product ids are <c>m</c> and five digits; the title carries the id into the prompt.</summary>
    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => Task.FromResult<ListedProduct?>(new ListedProduct
    {
        Ref = new ProductRef(Shop, productId),
        Title = "Stoneware mug " + productId,
        DescriptionHtml = "<p>A stoneware mug, glazed by hand.</p>",
        Version = "1",
        Images = [new ListedImage("front", new ImageSource.Remote(settings.World + "/shop/picture.jpg"), "The mug from the front")],
    });

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken) => Task.FromResult(new ProductPage([], NextCursor: null));

    public async Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var key = settings.Has(BadHabit.FreshAttachKey) ? Guid.NewGuid().ToString("n") : clip.Key;
        var address = $"/shop/products/{productId}/media";
        return await AskAsync(async () =>
        {
            var there = (await _http.GetFromJsonAsync<ShopMedia[]>(address, cancellationToken))!;
            if (settings.Has(BadHabit.ClearsListing))
                await RemoveAsync(productId, there, cancellationToken);
            else if (!settings.Has(BadHabit.AttachesBlind) && await KeepFirstAsync(productId, there, key) is { } ours)
                return new AttachedMedia(ours.Id, address, WasThere: true);
            await using var content = await clip.OpenClip(cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StreamContent(content) };
            request.Headers.Add("X-Key", key);
            // Never cancelled from outside: what was stored after nobody listened any more could not be looked for.
            using var response = await _http.SendAsync(request, CancellationToken.None);
            if (!response.IsSuccessStatusCode)
                throw OfStatus(response);
            var media = (await response.Content.ReadFromJsonAsync<ShopMedia>(CancellationToken.None))!;
            Crash.At("P15");
            var first = settings.Has(BadHabit.AttachesBlind)
                ? media
                : await KeepFirstAsync(productId, (await _http.GetFromJsonAsync<ShopMedia[]>(address, CancellationToken.None))!, key) ?? media;
            return new AttachedMedia(first.Id, address, WasThere: first.Id != media.Id);
        }, cancellationToken);
    }

    /// <summary>Whoever slept between look and write finds that another one wrote meanwhile; whoever looks last takes the later copies away.</summary>
    private async Task<ShopMedia?> KeepFirstAsync(string productId, ShopMedia[] there, string key)
    {
        var ours = there.Where(media => media.Key == key).ToList();
        await RemoveAsync(productId, ours.Skip(1), CancellationToken.None);
        return ours.FirstOrDefault();
    }

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var there = (await _http.GetFromJsonAsync<ShopMedia[]>($"/shop/products/{productId}/media", cancellationToken))!;
        await RemoveAsync(productId, there.Where(media => media.Key == attachKey), cancellationToken);
        return true;
    }, cancellationToken);

    private async Task RemoveAsync(string productId, IEnumerable<ShopMedia> all, CancellationToken cancellationToken)
    {
        foreach (var media in all)
        {
            using var response = await _http.DeleteAsync(string.Create(CultureInfo.InvariantCulture, $"/shop/products/{productId}/media/{media.Id}"), cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (WireFault.Is(e, cancellationToken))
        {
            throw new StorefrontException(StorefrontFault.Unavailable, "The shop can't be reached.", e.Message, e);
        }
    }

    private static StorefrontException OfStatus(HttpResponseMessage response) => new(
        response.StatusCode switch
        {
            HttpStatusCode.NotFound => StorefrontFault.ProductNotFound,
            HttpStatusCode.Unauthorized => StorefrontFault.Unauthorised,
            HttpStatusCode.TooManyRequests => StorefrontFault.RateLimited,
            _ => StorefrontFault.Unavailable,
        },
        "The shop did not take the video.", $"The shop answered {(int)response.StatusCode}.")
    {
        RetryAfter = response.Headers.RetryAfter?.Delta,
    };
}
