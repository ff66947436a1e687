using System.Globalization;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// The videos of the last seven days. Where Shopify refuses a video and names no code, whether the week's are used up is counted instead of
/// guessed from its words.
/// </summary>
internal sealed class ShopifyQuota(ShopifyOptions options, ShopifyApi api, TimeProvider clock)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>What a refused video is to be answered with.</summary>
    /// <exception cref="StorefrontException">The shop refused to be asked.</exception>
    public async Task<StorefrontException> OfAsync(IReadOnlyList<UserError> errors, string document, CancellationToken cancellationToken)
    {
        var named = errors.Any(error => error.Code == ShopifyFaults.Quota);
        if (!named && errors.Any(error => error.Code is not null))
            return ShopifyFaults.Of(errors, document);
        var wait = await RoomInAsync(cancellationToken) ?? (named ? TimeSpan.FromHours(1) : null);
        return wait is { } known ? ShopifyFaults.QuotaUsedUp(options.WeeklyVideos, known) : ShopifyFaults.Of(errors, document);
    }

    /// <returns>null where there is room now.</returns>
    private async Task<TimeSpan?> RoomInAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var query = string.Create(CultureInfo.InvariantCulture, $"media_type:VIDEO created_at:>='{now - Week:yyyy-MM-ddTHH:mm:ssZ}'");
        var seen = 0;
        PageInfo? page = null;
        do
        {
            var files = (await api.AskAsync<FileList>("RecentVideos", new { query, after = page?.EndCursor }, cancellationToken)).Files;
            if (seen + files.Nodes.Count >= options.WeeklyVideos)
            {
                var wait = files.Nodes[options.WeeklyVideos - seen - 1].CreatedAt + Week - now;
                return wait > TimeSpan.FromMinutes(1) ? wait : TimeSpan.FromMinutes(1);
            }

            (seen, page) = (seen + files.Nodes.Count, files.PageInfo);
        }
        while (page is { HasNextPage: true, EndCursor: not null });
        return null;
    }
}
