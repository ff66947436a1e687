using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProductVideo.Catalog;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;

namespace ProductVideo.Feeds;

/// <summary>
/// <c>GET /feeds/{shop}/{token}/google.tsv</c>, <c>google.xml</c> and <c>meta.csv</c>: open to whoever has the address, for channels sign in
/// nowhere. All else is answered as if there were nothing.
/// </summary>
internal static class FeedEndpoint
{
    public const string Root = "/feeds";

    /// <summary>Changes when the same clips are written otherwise.</summary>
    private const string Edition = "1";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Root + "/{shop}/{token}/{file}", Reading, AnswerAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Where a request reached this installation.</summary>
    public static Uri OriginOf(HttpRequest request) => new($"{request.Scheme}://{request.Host}{request.PathBase}/");

    private static async Task<IResult> AnswerAsync(
        HttpContext http, FeedTokens tokens, FeedItems items, PublishedClips published, Shops shops, IOptions<FeedOptions> options, ProductVideoOptions installation,
        ILoggerFactory logs, string shop, string token, string file)
    {
        var cancelled = http.RequestAborted;
        var format = FeedFormat.All.FirstOrDefault(format => format.File == file);
        if (!await tokens.IsAsync(shop, token, cancelled) || format is null || shops.All.FirstOrDefault(one => one.Shop == shop) is not { } storefront)
            return Results.NotFound();
        var origin = installation.PublicAddress ?? OriginOf(http.Request);
        var stamp = await published.StampAsync(shop, cancelled);
        // Where items are named by variants, the shop changes the feed without anything being published.
        var ofClipsOnly = !options.Value.Of(shop).TemplateFor(format.Channel).NamesVariants;
        var head = new FeedHead(storefront.DisplayName, origin.AbsoluteUri, Math.Clamp(stamp.MostOfOne, 1, FeedRules.MostVideos));
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(
            target => WriteAsync(target, http, format, head, items.ReadAsync(shop, format.Channel, origin, _ => { }, cancelled), logs.CreateLogger("ProductVideo.Feeds")),
            format.ContentType, lastModified: ofClipsOnly ? stamp.ChangedAt : null, entityTag: ofClipsOnly ? Tag(format, head, stamp, options.Value.Of(shop)) : null);
    }

    private static async Task WriteAsync(Stream target, HttpContext http, FeedFormat format, FeedHead head, IAsyncEnumerable<FeedItem> items, ILogger log)
    {
        try
        {
            await format.WriteAsync(target, head, items, http.RequestAborted);
        }
        catch (StorefrontException e)
        {
            log.LogWarning(e, "Feed {File} broke off because the shop can't be asked for its variants", format.File);
            // A feed that lacks its end must not look whole: the channel would take the missing videos off.
            http.Abort();
        }
    }

    private static EntityTagHeaderValue Tag(FeedFormat format, FeedHead head, PublishedStamp stamp, ShopFeedOptions settings)
    {
        var all = string.Join('\n', Edition, format.File, head.Title, head.Link, head.Columns, stamp.Count, stamp.ChangedAt?.UtcTicks, settings.GoogleId, settings.MetaId, settings.Country);
        return new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32]}\""));
    }
}
