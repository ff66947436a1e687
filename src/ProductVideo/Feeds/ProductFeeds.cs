using Microsoft.Extensions.Options;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;

namespace ProductVideo.Feeds;

/// <summary>What the admin and the API tell of a shop's feeds.</summary>
internal sealed class ProductFeeds
{
    private readonly FeedItems _items;
    private readonly FeedTokens _tokens;
    private readonly Shops _shops;
    private readonly IOptions<FeedOptions> _options;
    private readonly ProductVideoOptions _installation;

    internal ProductFeeds(FeedItems items, FeedTokens tokens, Shops shops, IOptions<FeedOptions> options, ProductVideoOptions installation) =>
        (_items, _tokens, _shops, _options, _installation) = (items, tokens, shops, options, installation);

    /// <summary>Where the shop's feeds are, and what is in them now. Makes the addresses if there are none.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="asked">Where this installation was reached just now; counts where <c>ProductVideo:PublicAddress</c> is not set.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Generations.RefusedException">There is no such shop.</exception>
    /// <exception cref="Catalog.StorefrontException">Items are named by variants, and the shop can't be asked for them now.</exception>
    public async Task<ShopFeeds> OfAsync(string shop, Uri asked, CancellationToken cancellationToken)
    {
        var storefront = _shops.Get(shop);
        var origin = _installation.PublicAddress ?? asked;
        var token = await _tokens.GetAsync(shop, cancellationToken);
        var settings = _options.Value.Of(shop);
        var channels = new List<ChannelFeed>();
        foreach (var (channel, itemId) in new[] { (FeedChannel.Google, settings.GoogleId), (FeedChannel.Meta, settings.MetaId) })
        {
            var gaps = new Dictionary<FeedGap, int>();
            var listed = await _items.ReadAsync(shop, channel, origin, gap => gaps[gap] = gaps.GetValueOrDefault(gap) + 1, cancellationToken).CountAsync(cancellationToken);
            channels.Add(new ChannelFeed(
                channel, itemId,
                [.. FeedFormat.All.Where(format => format.Channel == channel).Select(format => $"{origin.AbsoluteUri.TrimEnd('/')}{FeedEndpoint.Root}/{Uri.EscapeDataString(shop)}/{token}/{format.File}")],
                listed, [.. gaps.OrderBy(gap => gap.Key).Select(gap => new FeedShortfall(gap.Key, gap.Value, FeedTexts.Of(gap.Key, channel)))]));
        }

        return new ShopFeeds(storefront.Shop, channels);
    }

    /// <summary>Makes other addresses; who has the old ones gets nothing from now on.</summary>
    /// <exception cref="Generations.RefusedException">There is no such shop.</exception>
    public Task RenewAsync(string shop, CancellationToken cancellationToken) => _tokens.RenewAsync(_shops.Get(shop).Shop, cancellationToken);
}

/// <param name="Shop">Its key.</param>
/// <param name="Channels">One for each.</param>
internal sealed record ShopFeeds(string Shop, IReadOnlyList<ChannelFeed> Channels);

/// <param name="Channel">Who takes it.</param>
/// <param name="ItemId">How its items are named, as set.</param>
/// <param name="Addresses">The same feed in each form, absolute. Whoever has one can read it.</param>
/// <param name="Listed">Items in it now.</param>
/// <param name="LeftOut">What is published and not in it.</param>
internal sealed record ChannelFeed(FeedChannel Channel, string ItemId, IReadOnlyList<string> Addresses, int Listed, IReadOnlyList<FeedShortfall> LeftOut);

/// <param name="Gap">Why.</param>
/// <param name="Count">How many clips, or items.</param>
/// <param name="Text">For the merchant, with the way out.</param>
internal sealed record FeedShortfall(FeedGap Gap, int Count, string Text);

/// <summary>What the merchant is told.</summary>
internal static class FeedTexts
{
    public static string Of(FeedGap gap, FeedChannel channel) => gap switch
    {
        FeedGap.NoAddress => "The shop did not say where the video's file is. Videos published from now on are listed if the shop says it; publish an older one again.",
        FeedGap.BadAddress => "The address of the video's file is none that the channel takes. It must begin with https:// and be at most 2000 characters long.",
        FeedGap.TooShort => "Google takes videos of 6 seconds or more. Order a longer one.",
        FeedGap.TooLong => "Google takes videos of up to 4 minutes. Order a shorter one.",
        FeedGap.TooSmall => "Google takes videos of 720 pixels or more on the shorter side. Order a higher resolution.",
        FeedGap.TooLarge => channel is FeedChannel.Google ? "Google takes files of up to 500 MB. Order a shorter video." : "Meta takes files of up to 200 MB. Order a shorter video.",
        FeedGap.TooMany => "Only the ten newest videos of a product are listed.",
        FeedGap.NoId => "The id of the item can't be made, because the shop has no SKU for it. Give it one there, or name items otherwise in ProductVideo:Feeds.",
        FeedGap.BadId => "The id of the item is too long for the channel, or begins with or holds a character that feeds can't. Name items otherwise in ProductVideo:Feeds.",
        FeedGap.ProductGone => "The shop does not have the product any more. If it comes back, its videos do too.",
        _ => throw new ArgumentOutOfRangeException(nameof(gap), gap, message: null),
    };
}
