using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Clips;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// Approvals of videos that a person looked at beside others. What the page of a single video would make them look at more closely, or choose,
/// is not approved so: it says why it is to be opened.
/// </summary>
internal sealed class SideBySide(VideoGenerations generations, WatchedProducts watched)
{
    /// <summary>The most videos that are approved at once.</summary>
    public const int Most = 200;

    // A product has a handful; whoever has more must look at each.
    private const int MostOfProducts = 2_000;

    /// <summary>Those of these videos that must be opened to be approved, each with the reason, which goes on a sentence that begins with "Open it:".</summary>
    /// <param name="videos">That await review; any number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyDictionary<Guid, string>> ToOpenAsync(IReadOnlyCollection<Generation> videos, CancellationToken cancellationToken)
    {
        var toOpen = new Dictionary<Guid, string>();
        foreach (var ofShop in videos.GroupBy(video => video.Product.Shop, StringComparer.Ordinal))
        {
            var ids = ofShop.Select(video => video.Product.ProductId).Distinct(StringComparer.Ordinal).ToList();
            var states = new[] { nameof(GenerationState.Published), nameof(GenerationState.Publishing), nameof(GenerationState.AwaitingReview) };
            var others = new List<Generation>();
            foreach (var state in states)
                others.AddRange(await generations.ListAsync(new GenerationFilter(ofShop.Key, ids, state, Take: MostOfProducts), cancellationToken));
            var byProduct = others.ToLookup(other => other.Product.ProductId, StringComparer.Ordinal);
            var changes = (await watched.FindAsync(ofShop.Key, ids, cancellationToken)).ToDictionary(one => one.Product.ProductId, StringComparer.Ordinal);
            foreach (var video in ofShop)
            {
                if (WhyToOpen(video, byProduct[video.Product.ProductId], changes.GetValueOrDefault(video.Product.ProductId)) is { } why)
                    toOpen[video.Id] = why;
            }
        }

        return toOpen;
    }

    /// <summary>Approves a video as it was looked at, as <see cref="VideoGenerations.ApproveAsync"/> does.</summary>
    /// <param name="seen">As it was shown.</param>
    /// <param name="by">Who approves.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">Somebody decided about it meanwhile, or it must be opened.</exception>
    public async Task<Generation> ApproveAsync(Generation seen, string by, CancellationToken cancellationToken)
    {
        var video = await generations.GetAsync(seen.Id, cancellationToken);
        // What was published and taken off again could be approved as well, and nobody who looked at it here means that.
        if (video.State is not GenerationState.AwaitingReview { Clip: var clip } || clip.Sha256 != GenerationFacts.Clip(seen)?.Sha256)
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                new Problem(
                    "decided_meanwhile", "Somebody else decided about this video meanwhile, and that stands. Nothing was changed.",
                    $"Generation {video.Id} is {video.State.Name}, and was looked at as {seen.State.Name}."));
        }

        return (await ToOpenAsync([video], cancellationToken)).TryGetValue(video.Id, out var why)
            ? throw new RefusedException(
                RefusalKind.Conflict,
                new Problem("needs_a_closer_look", $"Open this video to approve it: {why}.", $"Generation {video.Id} is not approved beside others: {why}."))
            : await generations.ApproveAsync(video.Id, by, keepEarlier: null, cancellationToken);
    }

    private static string? WhyToOpen(Generation video, IEnumerable<Generation> ofProduct, WatchedProduct? product)
    {
        var others = ofProduct.Where(other => other.Id != video.Id).ToList();
        return video.FromBackup ? "it comes from a backup, and may have been on its listing since"
            : GenerationFacts.Problem(video) is { } doubt ? doubt.Code == Likeness.LooksDifferent ? "it may show another product, or change yours" : "it is not quite as ordered"
            : video.Order.MadeWithAi && GenerationFacts.Clip(video)?.Checks.Any(IsComparison) is not true ? "it was not compared with your product’s pictures"
            : product is { State: WatchState.Gone } ? "its product is gone from the shop"
            : product is { ChangedAgain: true } && product.NewVideo == video.Id ? "its product has changed since it was ordered"
            : others.Exists(other => other.State is GenerationState.Published && !StandsBeside(video, other)) ? video.Order.Wishes.KeepEarlier
                ? "its listing has a video already, beside which it would stand" : "its listing has a video already, whose place it would take"
            : others.Exists(other => !StandsBeside(video, other)) ? "another video of its product waits too"
            : null;
    }

    private static bool IsComparison(ClipCheck check) => check is { Passed: true, Name: Likeness.FirstPicture or Likeness.Colours or Likeness.NoNewColour };

    /// <summary>Several ratios of a product that were ordered together do not take each other's place.</summary>
    private static bool StandsBeside(Generation video, Generation other) =>
        video.Order.Backfill is not null && video.Order.Backfill == other.Order.Backfill && video.Order.Request.Aspect != other.Order.Request.Aspect;
}
