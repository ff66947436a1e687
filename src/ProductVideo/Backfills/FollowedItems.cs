using Microsoft.EntityFrameworkCore;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>Follows each video of a backfill in its item, in the transaction that changes the video.</summary>
internal sealed class FollowedItems(Shops shops, ProductJudge judge, IDatabaseClock clock) : IWrittenTogether
{
    /// <summary>The code of what is refused because a person paused or cancelled meanwhile.</summary>
    public const string NotRunning = "backfill_not_running";

    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (after.Order.BackfillId is not { } backfill)
            return;
        var (state, product, aspect) = (ItemStates.Of(after.State), after.Product.ProductId, after.Order.Wishes.Aspect ?? "");
        var item = db.BackfillItems.Where(row => row.BackfillId == backfill && row.ProductId == product && row.Aspect == aspect);
        if (before is null)
        {
            var first = after.Order.InsteadOf is null;
            var run = await DemandAsync(db, backfill, after, cancellationToken);
            if (first && run is not null)
            {
                await DemandMissingAsync(db, run, after, cancellationToken);
                await DemandWeekAsync(db, run, cancellationToken);
            }

            var (price, currency, name) = (Micros.Of(after.Order.Price.Amount.Amount), after.Order.Price.Amount.Currency, state.ToString());
            await item.Where(row => !first || row.State == nameof(ItemState.Waiting)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.GenerationId, after.Id).SetProperty(row => row.State, name).SetProperty(row => row.OrderedAt, after.CreatedAt)
                    .SetProperty(row => row.Reason, (string?)null)
                    .SetProperty(row => row.Provider, after.Order.Provider).SetProperty(row => row.Price, price).SetProperty(row => row.Currency, currency),
                cancellationToken);
        }
        else if (ItemStates.Of(before.State) is var was && (was != state || state is ItemState.InDoubt))
        {
            await ChangeAsync(db, item.Where(row => row.GenerationId == after.Id), backfill, was, state, after, cancellationToken);
        }
    }

    /// <summary>A first order needs a run that goes on; who stands in was agreed to with the first, but must cost nothing once the run is over and its caps are gone.</summary>
    private static async Task<BackfillRow?> DemandAsync(ProductVideoDb db, Guid backfill, Generation order, CancellationToken cancellationToken)
    {
        var run = await db.HoldBackfillAsync(backfill, cancellationToken);
        var state = run?.State;
        var isOver = state is nameof(BackfillState.Done) or nameof(BackfillState.Cancelled);
        if (order.Order.InsteadOf is null ? state is not nameof(BackfillState.Running) : isOver && !order.Order.Price.Amount.IsZero)
        {
            throw new RefusedException(
                RefusalKind.Conflict, new Problem(NotRunning, "The backfill was paused, cancelled or has ended.", $"Backfill {backfill} is {state}, so nothing is ordered for it."));
        }

        return run;
    }

    /// <summary>Here and not only where a batch is begun: a click may have ordered for the product, and be paid for it, while the batch was being ordered.</summary>
    private async Task DemandMissingAsync(ProductVideoDb db, BackfillRow run, Generation order, CancellationToken cancellationToken)
    {
        var (shop, id, plan) = (order.Product.Shop, order.Product.ProductId, Json.Read<BackfillPlan>(run.Plan));
        var row = await db.HoldProductAsync(shop, id, cancellationToken);
        if (await ReasonAsync() is { } skip)
            throw new NotMissingException(skip);

        async Task<SkipReason?> ReasonAsync()
        {
            if (plan.MakesSeveral && order.Order.Wishes.Aspect is { } ratio)
            {
                var (videos, made) = (await RatioVideos.FindAsync(db, shop, [id], cancellationToken, but: order.Id), order.Order.Request.Aspect);
                return row is not null ? judge.Now(videos.Of(CatalogRows.ToProduct(row), ratio, made, (run.Id, run.QuotedAt ?? run.CreatedAt)), plan.Scope)
                    : videos.UnderWay(id, ratio, made) is null ? null : SkipReason.UnderWay;
            }

            // The index shows this very order already.
            var underWay = await db.Generations.AsNoTracking().Where(other => other.Shop == shop && other.ProductId == id && other.Active && other.Id != order.Id)
                .Select(other => (Guid?)other.Id).FirstOrDefaultAsync(cancellationToken);
            return row is not null ? judge.Now(CatalogRows.ToProduct(row) with { UnderWay = underWay }, plan.Scope) : underWay is null ? null : SkipReason.UnderWay;
        }
    }

    /// <summary>Here and not only where a node looks how many it may order: another node may order for the same shop at the same moment.</summary>
    private async Task DemandWeekAsync(ProductVideoDb db, BackfillRow run, CancellationToken cancellationToken)
    {
        if (WeekQuota.Of(Json.Read<BackfillPlan>(run.Plan).Caps.VideosPerWeek, shops.Find(run.Shop)) is not { } quota)
            return;
        await db.LockWeekAsync(run.Shop, cancellationToken);
        var (left, moreAt) = await quota.LeftAsync(db, run.Shop, await clock.NowAsync(db, cancellationToken), cancellationToken);
        if (left == 0)
            throw new RefusedException(RefusalKind.Conflict, quota.Full(moreAt));
    }

    private static async Task ChangeAsync(
        ProductVideoDb db, IQueryable<BackfillItemRow> item, Guid backfill, ItemState was, ItemState state, Generation after, CancellationToken cancellationToken)
    {
        var (name, problem) = (state.ToString(), state is ItemState.Failed or ItemState.InDoubt ? GenerationFacts.Problem(after) : null);
        var text = problem is null ? null : Json.Write(problem);
        if (await item.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, name).SetProperty(row => row.Problem, text), cancellationToken) == 0)
            return;
        // One in doubt was counted when it came there; that somebody gives it up is no failure more.
        if (problem is not null && was is not ItemState.InDoubt)
            await BackfillFailures.CountAsync(db, backfill, problem.Code, cancellationToken);
        else if (state is ItemState.Review or ItemState.Publishing or ItemState.Published)
            await BackfillFailures.ForgetAsync(db, backfill, cancellationToken);
    }
}
