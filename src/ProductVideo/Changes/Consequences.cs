using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Changes;

/// <summary>What follows from a look, as the shop's policy says. Orders go the way of every order: its checks, its price and its caps.</summary>
internal sealed class Consequences(VideoGenerations generations, ClipSources sources, ILogger<Consequences> log)
{
    /// <summary>As whom orders are made and videos withdrawn.</summary>
    internal const string By = "changes in the shop";

    private const string Caller = "changes";

    /// <summary>Nothing is paid for a product that nobody lists: what was not sent yet is cancelled.</summary>
    internal async Task OfRemovalAsync(IReadOnlyList<Generation> videos, CancellationToken cancellationToken)
    {
        foreach (var video in videos.Where(video => video is { State: GenerationState.Planned, CancelRequestedBy: null }))
            await TryAsync(video, () => generations.CancelAsync(video.Id, By, cancellationToken));
    }

    /// <returns>Why something was left undone that may be done later; null if all is done.</returns>
    internal async Task<Problem?> OfChangeAsync(
        WatchedProductRow row, ChangePolicy policy, ListedProduct listed, Generation clip, Comparison found, IReadOnlyList<Generation> videos,
        CancellationToken cancellationToken)
    {
        var decision = Remaking.Decide(policy, found.Reasons, clip, videos, found.Now.Hash(), row.TriedFor, listed.IsPublished);
        var later = decision is RemakeDecision.Order ? await RemakeAsync(row, listed, clip, found, cancellationToken) : null;
        if (decision is RemakeDecision.NotWanted && found.Reasons.Any(ChangeReasons.IsOfProduct))
            row.TriedFor = found.Now.Hash();
        var unjudged = policy.WithdrawRemovedPictures ? await WithdrawAsync(listed, clip, found, videos, cancellationToken) : null;
        return later ?? unjudged;
    }

    internal async Task<string> StyleAsync(string shop, string template, CancellationToken cancellationToken) =>
        sources.StyleOf(template, await sources.LooksAsync(shop, cancellationToken));

    private async Task<Problem?> RemakeAsync(WatchedProductRow row, ListedProduct listed, Generation clip, Comparison found, CancellationToken cancellationToken)
    {
        var hash = found.Now.Hash();
        try
        {
            // The same change of the same clip is one order, however often, and on however many nodes, it is looked at.
            var created = await generations.CreateAsync(
                listed.Ref, Recipe.Of(found.Order, [.. listed.Images.Select(image => image.Id)]), new Requester(By, GenerationOrigin.Regeneration, Agreed: AgreedFor(clip)),
                new IdempotencyKey(Caller, $"{clip.Id:n}-{hash}"), $"remake of {clip.Id:n}", cancellationToken);
            (row.RemakeId, row.TriedFor) = (created.Generation.Id, hash);
            log.LogInformation("Ordered {Generation} because {Product} has changed: {Reasons}", created.Generation.Id, listed.Ref, found.Reasons);
            return null;
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.OverBudget or RefusalKind.Unavailable)
        {
            return e.Problem;
        }
        catch (RefusedException e) when (e.Passing is { } passing)
        {
            return passing;
        }
        catch (RefusedException e)
        {
            // It would be refused again: a person is told.
            (row.TriedFor, row.Problem) = (hash, Json.Write(e is { Problem.Code: Agreed.NotAgreed, Prices: { } prices } ? TooDear(clip, prices, e.Problem) : e.Problem));
            return null;
        }
    }

    /// <summary>Nobody is asked, so what was agreed to for the one that is made anew is all that may be paid; nothing where that was free.</summary>
    private static IReadOnlyList<Money> AgreedFor(Generation clip) => clip.Order.Price.Amount is { IsZero: false } price ? [price] : [];

    private static Problem TooDear(Generation clip, IReadOnlyList<Money> prices, Problem refused) => new(
        refused.Code,
        $"A new video costs {string.Join(" or ", prices)} now, and this one {(clip.Order.Price.Amount.IsZero ? "was free" : $"was ordered at {clip.Order.Price.Amount}")}. So none was ordered by itself. Make a new one by hand if it is worth that.",
        refused.OperatorText);

    /// <summary>Each clip is judged by its own pictures: an earlier one that was kept may show what the newest does not.</summary>
    /// <returns>Why one can't be judged now; null if all were.</returns>
    private async Task<Problem?> WithdrawAsync(
        ListedProduct listed, Generation clip, Comparison found, IReadOnlyList<Generation> videos, CancellationToken cancellationToken)
    {
        Problem? later = null;
        foreach (var video in videos.Where(video => video.State is GenerationState.Published))
        {
            try
            {
                var shows = video.Id == clip.Id ? found.Order.MadeFrom is not null && found.Reasons.Contains(ChangeReason.RemovedPicture)
                    : await sources.ShowsRemovedAsync(video, listed, cancellationToken);
                if (shows)
                    await TryAsync(video, () => generations.WithdrawAsync(video.Id, By, cancellationToken));
            }
            catch (RefusedException e)
            {
                later ??= e.Problem;
            }
        }

        return later;
    }

    private async Task TryAsync(Generation video, Func<Task<Generation>> follow)
    {
        try
        {
            await follow();
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.Conflict)
        {
            // It went on meanwhile; when that has ended the product is looked at again.
            log.LogInformation(e, "Generation {Generation} went on before the change could be followed", video.Id);
        }
    }
}
