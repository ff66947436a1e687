using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.CatalogIndex;

/// <summary>
/// How some products' videos stand, each ratio for itself; the index knows only the newest of whatever ratio. What is in the archive has no
/// ratio here.
/// </summary>
internal sealed class RatioVideos
{
    private readonly Dictionary<string, List<RatioVideo>> _videos;

    private RatioVideos(Dictionary<string, List<RatioVideo>> videos) => _videos = videos;

    /// <summary>Reads them: one walk along an index for all of them.</summary>
    /// <param name="db">Where.</param>
    /// <param name="shop">Whose.</param>
    /// <param name="products">Of which products.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="but">A generation that does not count: the one that is just being ordered.</param>
    public static async Task<RatioVideos> FindAsync(
        ProductVideoDb db, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken, Guid? but = null)
    {
        var videos = new Dictionary<string, List<RatioVideo>>(StringComparer.Ordinal);
        if (products.Count == 0)
            return new RatioVideos(videos);
        // One by one: an order is a long document, and a page of products may have many.
        await foreach (var row in CatalogVideos.Telling(db.Generations.AsNoTracking()).Where(row => row.Shop == shop && products.Contains(row.ProductId))
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Id == but)
                continue;
            if (!videos.TryGetValue(row.ProductId, out var ofProduct))
                videos[row.ProductId] = ofProduct = [];
            ofProduct.Add(RatioVideo.Of(GenerationRows.FromRow(row)));
        }

        return new RatioVideos(videos);
    }

    /// <summary>The product as it stands for one ratio, so that it is judged as if there were no other.</summary>
    /// <param name="product">As the index knows it.</param>
    /// <param name="ratio">As it was wished for.</param>
    /// <param name="made">As it would be made, where that is known and another one.</param>
    /// <param name="run">The run that asks, and when its dry run ended; null for a dry run.</param>
    public CatalogProduct Of(CatalogProduct product, string ratio, string? made = null, (Guid Id, DateTimeOffset QuotedAt)? run = null)
    {
        var all = _videos.GetValueOrDefault(product.Ref.ProductId, []);
        var videos = all.FindAll(video => video.Is(ratio, made));
        var published = videos.Find(video => video.IsPublished);
        var last = videos.Find(video => !video.IsActive);
        var ofRatio = product with
        {
            Video = published?.Id,
            Template = published?.Template,
            UnderWay = videos.Find(video => video.IsActive)?.Id,
            Lacks = published is null ? Lacks.Video : (product.Lacks & ~(Lacks.Video | Lacks.Template)) | OlderLacks(product, published, last, all, run),
        };
        // Where none of them ended as the index says, it alone remembers: that one is in the archive, or none could be ordered of the product at all.
        if (all.TrueForAll(video => video.IsActive) || (product.EndedAs is { } ended && !all.Exists(video => video.End is { } its && its.As == ended && its.For == product.EndedFor)))
            return ofRatio;
        var end = last?.End;
        // What was seen of the listing since is said of its version.
        var at = end?.For is { } version && version == product.EndedFor && product.EndedAt > end.At ? product.EndedAt : end?.At;
        return ofRatio with { EndedAs = end?.As, EndedFor = end?.For, EndedAt = at };
    }

    /// <summary>The generation that is under way; null if none is.</summary>
    /// <param name="product">Of which product.</param>
    /// <param name="ratio">As it was wished for.</param>
    /// <param name="made">As it would be made.</param>
    public Guid? UnderWay(string product, string ratio, string made) => _videos.GetValueOrDefault(product, []).Find(video => video.IsActive && video.Is(ratio, made))?.Id;

    /// <summary>
    /// What the product lacks is known of its newest clip. An earlier one of another ratio is out of date too where a new one of its ratio was
    /// ordered and came to nothing, while a run that was to replace both has replaced the newest, and where the newest alone was made anew
    /// since the listing changed.
    /// </summary>
    private static Lacks OlderLacks(CatalogProduct product, RatioVideo published, RatioVideo? last, List<RatioVideo> all, (Guid Id, DateTimeOffset QuotedAt)? run)
    {
        if (product.Video == published.Id)
            return Lacks.None;
        var newest = all.Find(video => video.Id == product.Video);
        if (run is var (id, quotedAt) && published.Run != id && published.OrderedAt < quotedAt && newest?.Run == id)
            return Lacks.Text | Lacks.Template;
        return last?.End is not null || (newest is not null && published.OrderedAt < product.ContentAt && IsBehind(published, newest, product.ContentAt)) ? Lacks.Text : Lacks.None;
    }

    /// <summary>
    /// Whether the listing changed for a clip between it and the newest one. Words and pictures of two that were made in the same way tell it;
    /// else it is believed only where the newest was ordered for what is listed now. What matters to no clip, another markup of the
    /// description for example, has none paid for again.
    /// </summary>
    private static bool IsBehind(RatioVideo earlier, RatioVideo newest, DateTimeOffset? contentAt) =>
        earlier.MadeFrom is { } its && newest.MadeFrom is { } from && (earlier.Template, earlier.Maker) == (newest.Template, newest.Maker)
            ? its.Hash() != from.Hash() : newest.OrderedAt >= contentAt;

    /// <param name="Id">The generation.</param>
    /// <param name="Ratio">As ordered of the provider.</param>
    /// <param name="Wished">As wished for; null where none was.</param>
    /// <param name="IsActive">Whether it is under way.</param>
    /// <param name="IsPublished">Whether its clip is on the listing.</param>
    /// <param name="OrderedAt">When it was ordered.</param>
    /// <param name="Template">Key and version of the prompt template.</param>
    /// <param name="Maker">Provider and model.</param>
    /// <param name="MadeFrom">Words and pictures; null where they were not written down, and of a change of another clip, which has its own words.</param>
    /// <param name="Run">The backfill's run that ordered it; null if none did.</param>
    /// <param name="End">How it ended, where that speaks against another one.</param>
    private sealed record RatioVideo(
        Guid Id, string Ratio, string? Wished, bool IsActive, bool IsPublished, DateTimeOffset OrderedAt, string Template, (string Provider, string Model) Maker,
        MadeFrom? MadeFrom, Guid? Run, VideoEnd? End)
    {
        public bool Is(string ratio, string? made) => Wished == ratio || Ratio == ratio || Ratio == made;

        public static RatioVideo Of(Generation video) => new(
            video.Id, video.Order.Request.Aspect, video.Order.Wishes.Aspect, video.State.IsActive, video.State is GenerationState.Published, video.CreatedAt,
            video.Order.Template, (video.Order.Provider, video.Order.Request.Model), Recipe.IsEdit(video.Order) ? null : video.Order.MadeFrom,
            video.Order.BackfillId, CatalogVideos.VainEndOf(video));
    }
}
