using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>Compares a product's clip with its listing. Pictures are fetched only where the listing says that it changed.</summary>
internal sealed class Comparing(ClipSources sources, GenerationStore store)
{
    /// <summary>More than a product has under way at once.</summary>
    private const int Newest = 30;

    /// <summary>The product's newest generations, and what is on its listing however many came after it; newest first.</summary>
    internal async Task<IReadOnlyList<Generation>> VideosAsync(ProductRef product, CancellationToken cancellationToken)
    {
        var ofProduct = new GenerationFilter(product.Shop, [product.ProductId], Take: Newest);
        var newest = await store.ListAsync(ofProduct, cancellationToken);
        if (newest.Count < Newest)
            return newest;
        var published = await store.ListAsync(ofProduct with { State = nameof(GenerationState.Published) }, cancellationToken);
        return [.. newest, .. published.ExceptBy(newest.Select(video => video.Id), video => video.Id)];
    }

    /// <summary>What is compared: the newest clip on the listing, else what is on its way there; null if there is neither.</summary>
    internal static Generation? ClipOf(IReadOnlyList<Generation> videos) =>
        videos.FirstOrDefault(video => video.State is GenerationState.Published) ?? videos.FirstOrDefault(video => video.State.IsActive);

    /// <summary>
    /// What was taken off since one of its pictures left, where nothing came after it: another one may be owed, that a cap or a pause kept from being
    /// ordered with it.
    /// </summary>
    internal static Generation? TakenOffOf(IReadOnlyList<Generation> videos) =>
        videos.FirstOrDefault(video => video.State is not GenerationState.Cancelled) is
            { State: GenerationState.Withdrawing { By: Consequences.By, ReplacedBy: null } or GenerationState.Withdrawn { By: Consequences.By, ReplacedBy: null } } last
            ? last : null;

    /// <param name="listed">The product as it is now.</param>
    /// <param name="clip">Which clip.</param>
    /// <param name="known">What the last look found; null where there was none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">It can't be told now.</exception>
    internal async Task<Comparison> CompareAsync(ListedProduct listed, Generation clip, WatchedProductRow? known, CancellationToken cancellationToken)
    {
        var order = await sources.RootAsync(clip, cancellationToken);
        var same = known?.ClipId == clip.Id ? known : null;
        // Of a clip from before that was written down the first look counts: from then on it is compared.
        var from = order.MadeFrom ?? (same?.MadeFrom is { } kept ? Json.Read<MadeFrom>(kept) : null);
        var now = await NowAsync(listed, order, from, same, cancellationToken);
        from ??= now.Sources;
        return new Comparison(order, from, now.Sources, ChangeReasons.Of(from, now.Sources, now.Listed));
    }

    private async Task<SourcesNow> NowAsync(
        ListedProduct listed, GenerationOrder order, MadeFrom? from, WatchedProductRow? same, CancellationToken cancellationToken)
    {
        if (from is not null && from.Version == listed.Version)
            return new SourcesNow(await sources.InStyleAsync(from, listed.Ref.Shop, order, cancellationToken), from.Pictures);
        if (from is null || same is not { Sources: { } found } || same.Version != listed.Version)
            return await sources.NowAsync(listed, order, from, cancellationToken);
        // A clip is taken off for a picture that left: never by ids alone, for the same picture may be listed under another one.
        if (same.Reasons.Contains(nameof(ChangeReason.RemovedPicture), StringComparison.Ordinal))
            return await sources.NowAsync(listed, order, from, cancellationToken);
        return new SourcesNow(await sources.InStyleAsync(Json.Read<MadeFrom>(found), listed.Ref.Shop, order, cancellationToken), from.Pictures);
    }
}

/// <param name="Order">By whose recipe the clip was made.</param>
/// <param name="From">What it was made from.</param>
/// <param name="Now">What it would be made from now.</param>
/// <param name="Reasons">What differs; empty if nothing that matters does.</param>
internal sealed record Comparison(GenerationOrder Order, MadeFrom From, MadeFrom Now, IReadOnlyList<ChangeReason> Reasons);
