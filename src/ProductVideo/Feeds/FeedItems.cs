using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Pipeline;

namespace ProductVideo.Feeds;

/// <summary>Makes the items of a feed of what is published now.</summary>
internal sealed class FeedItems(PublishedClips published, Shops shops, IOptions<FeedOptions> options, TimeProvider clock)
{
    /// <summary>Products that are taken from what is published in one go.</summary>
    private const int AtOnce = 8;

    /// <summary>Products whose variants are asked for side by side: shops let in a few requests a second.</summary>
    private const int Together = 2;

    /// <summary>A shop that is busy so often in a row for one product is not waited for any more.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>A channel that fetches a feed does not wait for ever.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <param name="shop">Whose.</param>
    /// <param name="channel">Who takes it.</param>
    /// <param name="origin">Where this installation is reached, for clips that it serves itself.</param>
    /// <param name="leftOut">Told of each clip and each item that is not in it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorefrontException">The variants of a product can't be asked for now.</exception>
    public async IAsyncEnumerable<FeedItem> ReadAsync(string shop, FeedChannel channel, Uri origin, Action<FeedGap> leftOut, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = options.Value.Of(shop);
        var template = settings.TemplateFor(channel);
        await foreach (var some in ChunksAsync(published.ReadAsync(shop, cancellationToken)))
        {
            var videos = some.ToDictionary(product => product.ProductId, product => Videos(product, channel, origin, leftOut), StringComparer.Ordinal);
            var listed = template.NamesVariants
                ? await ListedAsync(shop, [.. some.Select(product => product.ProductId).Where(id => videos[id].Count > 0)], cancellationToken) : null;
            foreach (var id in some.Select(product => product.ProductId).Where(id => videos[id].Count > 0))
            {
                if (listed is not null && listed[id] is null)
                    leftOut(FeedGap.ProductGone);
                foreach (var item in ItemIds(template, id, listed?[id], listed is not null, settings.Country))
                {
                    if (item is null || !FeedRules.IsId(channel, item))
                        leftOut(item is null ? FeedGap.NoId : FeedGap.BadId);
                    else
                        yield return new FeedItem(item, videos[id]);
                }
            }
        }
    }

    /// <summary>What else there is of a product than its id is asked of the shop, and only where the items' ids hold it.</summary>
    private static IEnumerable<string?> ItemIds(ItemIdTemplate template, string product, ListedProduct? listed, bool wasAsked, string? country)
    {
        if (!wasAsked)
            return [template.Fill(product, product, sku: null, country)];
        if (listed is null)
            return [];
        // WooCommerce gives a variant without a SKU its product's; an id that stands in a feed twice is refused.
        return listed.Variants.Count == 0
            ? [template.Fill(product, product, listed.Sku, country)]
            : listed.Variants.Select(variant => template.Fill(product, variant.Id, variant.Sku, country)).DistinctBy(item => item ?? new object());
    }

    private static List<string> Videos(PublishedProduct product, FeedChannel channel, Uri origin, Action<FeedGap> leftOut)
    {
        var videos = new List<string>();
        if (product.IsGone)
        {
            leftOut(FeedGap.ProductGone);
            return videos;
        }

        foreach (var clip in product.Clips)
        {
            var (address, gap) = FeedRules.Address(channel, clip.ClipUrl, origin);
            gap ??= FeedRules.Judge(channel, clip.Clip);
            if (gap is null && videos.Count == FeedRules.MostVideos)
                gap = FeedGap.TooMany;
            if (gap is { } why)
                leftOut(why);
            else
                videos.Add(address!);
        }

        return videos;
    }

    private async Task<IReadOnlyDictionary<string, ListedProduct?>> ListedAsync(string shop, IReadOnlyList<string> products, CancellationToken cancellationToken)
    {
        var storefront = shops.Get(shop);
        var listed = new ConcurrentDictionary<string, ListedProduct?>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            products, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken },
            async (id, token) => listed[id] = await ReadAsync(storefront, id, token));
        return listed;
    }

    /// <summary>What broke off here would have to begin anew, and meet the same limit at the same place.</summary>
    private async Task<ListedProduct?> ReadAsync(IStorefront storefront, string id, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await storefront.ReadAsync(id, cancellationToken);
            }
            catch (StorefrontException e) when (e.Fault is StorefrontFault.RateLimited && tries < Tries && WaitOf(e, tries) <= LongestWait)
            {
                await Task.Delay(WaitOf(e, tries), clock, cancellationToken);
            }
        }
    }

    private static TimeSpan WaitOf(StorefrontException busy, int tries) =>
        busy.RetryAfter is not { } asked ? TimeSpan.FromSeconds(1 << tries) : asked > ShortestWait ? asked : ShortestWait;

    private static async IAsyncEnumerable<List<PublishedProduct>> ChunksAsync(IAsyncEnumerable<PublishedProduct> products)
    {
        var some = new List<PublishedProduct>();
        await foreach (var product in products)
        {
            some.Add(product);
            if (some.Count < AtOnce)
                continue;
            yield return some;
            some = [];
        }

        if (some.Count > 0)
            yield return some;
    }
}
