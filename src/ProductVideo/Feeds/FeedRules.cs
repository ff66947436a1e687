using ProductVideo.Clips;
using ProductVideo.Http;

namespace ProductVideo.Feeds;

/// <summary>What the channels take, as of November 2026. Checked here so that a channel refuses no feed for one clip.</summary>
internal static class FeedRules
{
    /// <summary>Google takes ten of one product; Meta's further columns cost every row a comma, so it gets no more.</summary>
    public const int MostVideos = 10;

    private const int LongestAddress = 2000;

    /// <returns>What is wrong with the clip for that channel; null for nothing.</returns>
    public static FeedGap? Judge(FeedChannel channel, Clip clip) => channel switch
    {
        FeedChannel.Google => clip switch
        {
            { Seconds: < 6 } => FeedGap.TooShort,
            { Seconds: > 240 } => FeedGap.TooLong,
            _ when Math.Min(clip.Width, clip.Height) < 720 => FeedGap.TooSmall,
            { Length: > 500_000_000 } => FeedGap.TooLarge,
            _ => null,
        },
        FeedChannel.Meta => clip.Length > 200_000_000 ? FeedGap.TooLarge : null,
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, message: null),
    };

    /// <param name="channel">Who takes it.</param>
    /// <param name="clipUrl">As the shop told it: absolute, or relative to this installation; null where it told none.</param>
    /// <param name="origin">Where this installation is reached.</param>
    /// <returns>The address in ASCII, or why there is none.</returns>
    public static (string? Address, FeedGap? Gap) Address(FeedChannel channel, string? clipUrl, Uri origin)
    {
        if (string.IsNullOrWhiteSpace(clipUrl))
            return (null, FeedGap.NoAddress);
        var whole = clipUrl.StartsWith('/') && !clipUrl.StartsWith("//", StringComparison.Ordinal) ? origin.AbsoluteUri.TrimEnd('/') + clipUrl : clipUrl;
        if (!WebAddress.TryRead(whole, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
            return (null, FeedGap.BadAddress);
        // The host as DNS has it, and no comma where commas stand between addresses.
        var address = new UriBuilder(uri) { Host = uri.IdnHost, Port = uri.IsDefaultPort ? -1 : uri.Port, Fragment = "" }.Uri.AbsoluteUri;
        if (channel is FeedChannel.Google)
            address = address.Replace(",", "%2C", StringComparison.Ordinal);
        return address.Length <= LongestAddress && address.All(c => c is > ' ' and < '\x7f' and not '"' and not '<' and not '>') ? (address, null) : (null, FeedGap.BadAddress);
    }

    /// <summary>
    /// Whether an id may stand in every form. A channel matches it letter by letter, so one that a spreadsheet would run as a formula is left
    /// out instead of being marked with an apostrophe.
    /// </summary>
    public static bool IsId(FeedChannel channel, string id) =>
        id.Length > 0 && id.Length <= (channel is FeedChannel.Google ? 50 : 100)
        && id[0] is not ('=' or '+' or '-' or '@') && !char.IsWhiteSpace(id[0]) && !char.IsWhiteSpace(id[^1])
        && id.All(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('"' or ',' or '\uFFFE' or '\uFFFF'));
}
