using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// Orders the videos of a running backfill, a few ahead of what is finished, in the way of every order: with its checks, its price and its
/// caps. What a node left in the middle another one goes on with; the same video is never ordered twice.
/// </summary>
internal sealed class BackfillRun(
    BackfillStore store, BackfillItems items, VideoGenerations generations, ProviderAccounts accounts, Shops shops, Catalogue catalogue, ProductJudge judge, Outages outages,
    BackfillsOptions options, IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, ILogger<BackfillRun> log)
{
    private const string Caller = "backfill";

    /// <summary>After so many the claim is renewed and the word of a person heard. Where that takes longer than the claim lives, another node's orders are the same ones.</summary>
    private const int Batch = 16;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CapWait = TimeSpan.FromMinutes(15);

    public async Task RunAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var backfill = claim.Backfill;
        var now = await clock.NowAsync(cancellationToken);
        var next = await items.NextAsync(backfill.Id, Batch, cancellationToken);
        if (next.Count == 0)
        {
            await EndAsync(claim, now, cancellationToken);
            return;
        }

        if (claim.FailureCode is { } code && claim.Failures >= BackfillFailures.LimitOf(code, options))
        {
            await PauseAsync(claim, BackfillFailures.TooMany(code, claim.Failures, await LastProblemAsync(backfill.Id, code, cancellationToken)), now, cancellationToken);
            return;
        }

        if (BackfillTimes.WaitUntil(backfill.Plan.Schedule, now) is { } morning)
        {
            await WaitAsync(claim, morning, Blackout(morning), cancellationToken);
            return;
        }

        var account = (await accounts.StandingsAsync(cancellationToken)).FirstOrDefault(account => account.Account == next[0].Provider);
        if (account is { State: BreakerState.NeedsPerson })
        {
            await PauseAsync(claim, Refused(account), now, cancellationToken);
            return;
        }

        var (room, until, why) = await RoomAsync(backfill, account, now, cancellationToken);
        if (room == 0)
            await WaitAsync(claim, until, why, cancellationToken);
        else
            await OrderAsync(claim, [.. next.Take(room)], cancellationToken);
    }

    /// <summary>How many may be ordered now; where none may, until when and why.</summary>
    private async Task<(int Room, DateTimeOffset Until, Problem? Why)> RoomAsync(Backfill backfill, AccountStanding? account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ahead = Ahead(account) - await items.CountAsync(backfill.Id, ItemState.UnderWay, cancellationToken);
        if (ahead <= 0)
            return (0, now + Look, null);
        if (WeekQuota.Of(backfill.Plan.Caps.VideosPerWeek, shops.Find(backfill.Shop)) is not { } quota)
            return (ahead, now, null);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (left, moreAt) = await quota.LeftAsync(db, backfill.Shop, now, cancellationToken);
        return (Math.Min(ahead, left), moreAt, left > 0 ? null : quota.Full(moreAt));
    }

    /// <summary>As many as the account has places for, and a few to take the next free ones.</summary>
    private int Ahead(AccountStanding? account) =>
        account?.MaxInFlight is { } places ? Math.Min(options.Ahead, places + Math.Max(2, places / 4)) : options.Ahead;

    private async Task OrderAsync(ClaimedBackfill claim, IReadOnlyList<BackfillItem> batch, CancellationToken cancellationToken)
    {
        var list = PriceSketches.ListOf(claim.Backfill);
        var known = (await catalogue.FindAsync(claim.Backfill.Shop, [.. batch.Select(item => item.ProductId).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(product => product.Ref.ProductId, StringComparer.Ordinal);
        var (scope, own) = (WithoutNarrowing(claim.Backfill.Plan.Scope), await OwnAsync(claim.Backfill, [.. known.Keys], cancellationToken));
        var setbacks = new ConcurrentBag<Setback>();
        var dealtWith = 0;
        await Parallel.ForEachAsync(
            batch, new ParallelOptions { MaxDegreeOfParallelism = options.OrderParallel, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                // Something that is no product's own keeps the rest of the batch back.
                if (setbacks.Any(setback => setback.Item is null))
                    return;
                if (known.TryGetValue(item.ProductId, out var product) && SkipNow(scope, product, own) is { } reason)
                    await items.SkipAsync(item, claim.Backfill.Id, reason, token);
                else if (await OrderAsync(claim.Backfill, item, list, token) is { } setback)
                {
                    setbacks.Add(setback);
                    return;
                }

                Interlocked.Increment(ref dealtWith);
            });
        if (dealtWith > 0 || setbacks.IsEmpty)
            outages.Over(claim.Backfill.Id);
        var stops = await StopsAsync(claim.Backfill, [.. setbacks], cancellationToken);
        var now = await clock.NowAsync(cancellationToken);
        var wait = stops.Select(setback => setback.For).DefaultIfEmpty(TimeSpan.Zero).Max();
        await WaitAsync(claim, now + (stops.Any(setback => setback.Grows) ? outages.NextWait(claim.Backfill.Id, wait) : wait), stops.FirstOrDefault()?.Why, cancellationToken);
    }

    /// <summary>Puts the products off that are to blame themselves.</summary>
    /// <returns>What all have to wait for. For a product only where all others have been put off as often: good ones may stand behind it.</returns>
    private async Task<IReadOnlyList<Setback>> StopsAsync(Backfill backfill, IReadOnlyList<Setback> setbacks, CancellationToken cancellationToken)
    {
        string[] withoutPicture = [.. setbacks.Where(setback => setback.IsOfPicture).Select(setback => setback.Item!.ProductId).Distinct(StringComparer.Ordinal)];
        var noPictures = withoutPicture.Length > 0 && !await outages.GivesPicturesAsync(
            backfill.Shop, await items.LastOrderedAsync(backfill.Id, Outages.Few, cancellationToken), withoutPicture, cancellationToken);
        var stops = setbacks.Where(setback => setback.Item is null || (setback.IsOfPicture && noPictures)).ToList();
        var putOff = new List<Setback>();
        foreach (var setback in setbacks.Except(stops))
        {
            if (await items.PutOffAsync(setback.Item!, backfill.Id, cancellationToken))
                putOff.Add(setback);
            else
                await items.FailAsync(setback.Item!, backfill.Id, setback.Why, isProducts: true, cancellationToken);
        }

        if (stops.Count > 0 || putOff.Count == 0)
            return stops;
        var next = await items.NextAsync(backfill.Id, take: 1, cancellationToken);
        return next.All(item => BackfillItems.TimesPutOff(item) > putOff.Min(setback => BackfillItems.TimesPutOff(setback.Item!))) ? putOff : [];
    }

    /// <summary>Weeks may have passed since the dry run: what a click, another backfill or the shop changed meanwhile is not paid for again.</summary>
    private SkipReason? SkipNow(BackfillScope scope, CatalogProduct product, OwnOrders own)
    {
        // Another ratio of this run's own is no reason; what stands behind it may be one.
        if (own.Has(product.UnderWay))
            product = product with { UnderWay = null };
        return judge.Of(product, scope) switch
        {
            SkipReason.HasVideo when own.Has(product.Video) => null,
            SkipReason.TriedBefore when own.EndedLast(product.Ref.ProductId) => null,
            var reason => reason,
        };
    }

    /// <summary>Only whether one is still missing: which products it is for was priced as it was then, and agreed to.</summary>
    private static BackfillScope WithoutNarrowing(BackfillScope scope) =>
        new() { WithoutVideo = scope.WithoutVideo, Changed = scope.Changed, Restyled = scope.Restyled, TryAgain = scope.TryAgain };

    /// <summary>A run of one ratio orders each product once, so what it finds there is never its own.</summary>
    private async Task<OwnOrders> OwnAsync(Backfill backfill, IReadOnlyCollection<string> products, CancellationToken cancellationToken) =>
        backfill.Plan.Aspects.Count < 2 ? OwnOrders.None : await OwnOrders.FindAsync(databases, backfill.Id, backfill.Shop, products, cancellationToken);

    /// <returns>null if the item was dealt with.</returns>
    private async Task<Setback?> OrderAsync(Backfill backfill, BackfillItem item, Choosing.ProviderList? list, CancellationToken cancellationToken)
    {
        var id = backfill.Id;
        var wishes = backfill.Plan.Recipe.WishesFor(item.Aspect) with { AutoApprove = backfill.Plan.AutoApprove };
        var requester = new Requester($"backfill “{backfill.Name}”", GenerationOrigin.Backfill, backfill.Consent?.ApiKey ?? backfill.ApiKey, RunCaps.SubjectOf(id));
        try
        {
            var created = await generations.CreateAsync(
                new ProductRef(backfill.Shop, item.ProductId), wishes, requester, new IdempotencyKey(Caller, KeyOf(id, item)), $"backfill {id:n}", cancellationToken, list);
            // What the transaction of its order linked with its item waits no more. Left to wait, this order would be made again and again.
            if (!created.IsNew)
                await items.SkipAsync(item, id, ReasonOf(created.Generation.State), cancellationToken);
            return null;
        }
        catch (RefusedException e) when (e.Problem.Code == BudgetRefusals.OfRun)
        {
            await items.SkipAsync(item, id, SkipReason.OverBudget, cancellationToken);
            return null;
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.OverBudget && e.Problem.Code is not (BudgetRefusals.Currency or BudgetRefusals.OfClip))
        {
            return new Setback(e.Problem, CapWait);
        }
        catch (RefusedException e) when (e.Problem.Code is FollowedItems.NotRunning or WeekQuota.IsFull)
        {
            return new Setback(e.Problem, Look);
        }
        catch (RefusedException e) when (Outages.MayPass(e))
        {
            var asked = (e.InnerException as StorefrontException)?.RetryAfter ?? TimeSpan.Zero;
            var setback = new Setback(e.Problem, asked, Grows: true);
            if (Outages.IsOfPicture(e))
                return setback with { Item = item, IsOfPicture = true };
            return await outages.IsProductsAsync(backfill.Shop, e, cancellationToken) ? setback with { Item = item } : setback;
        }
        catch (RefusedException e)
        {
            log.LogInformation("{Product} of backfill {Backfill} can't be ordered: {Why}", item.ProductId, id, e.Problem.OperatorText);
            await items.FailAsync(item, id, e.Problem, isProducts: false, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException and not DbException and not DbUpdateException)
        {
            log.LogError(e, "{Product} of backfill {Backfill} could not be ordered", item.ProductId, id);
            var unexpected = new Problem("unexpected", "Something went wrong on the server when this video was ordered.", $"{e.GetType().Name}: {e.Message}");
            await items.FailAsync(item, id, unexpected, isProducts: false, cancellationToken);
            return null;
        }
    }

    private static SkipReason ReasonOf(GenerationState instead) =>
        instead is GenerationState.Published ? SkipReason.HasVideo : instead.IsActive ? SkipReason.UnderWay : SkipReason.TriedBefore;

    /// <summary>Done once everything ordered is at rest; until then what may still fail is waited for.</summary>
    private async Task EndAsync(ClaimedBackfill claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await items.IsMovingAsync(claim.Backfill.Id, cancellationToken))
            await WaitAsync(claim, now + Look, why: null, cancellationToken);
        else if (BackfillMachine.Finish(claim.Backfill, now) is { } done)
            await store.SaveAsync(claim, done, db => RunCaps.RemoveAsync(db, done.Id, cancellationToken), keep: false, cancellationToken);
    }

    private async Task PauseAsync(ClaimedBackfill claim, Problem why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (BackfillMachine.Pause(claim.Backfill, by: null, why, now) is not { } paused)
            return;
        log.LogWarning("Backfill {Backfill} of {Shop} paused by itself: {Why}", claim.Backfill.Id, claim.Backfill.Shop, why.OperatorText);
        await store.SaveAsync(claim, paused, follow: null, keep: false, cancellationToken);
    }

    private Task<bool> WaitAsync(ClaimedBackfill claim, DateTimeOffset until, Problem? why, CancellationToken cancellationToken) =>
        store.SaveAsync(claim, claim.Backfill with { DueAt = until, Problem = why }, follow: null, keep: false, cancellationToken);

    private async Task<Problem?> LastProblemAsync(Guid backfill, string code, CancellationToken cancellationToken) =>
        (await items.ProblemsAsync(backfill, cancellationToken)).FirstOrDefault(problem => problem.Code == code);

    private static string KeyOf(Guid backfill, BackfillItem item)
    {
        var key = $"{backfill:n}:{item.Aspect}:{item.ProductId}";
        return key.Length <= 200 ? key : key[..120] + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
    }

    private static Problem Refused(AccountStanding account) => new(
        "provider_account_refused", $"The provider refuses our account, so no more videos are ordered: {account.Reason} Whoever runs the server must mend that; then resume.",
        $"Account {account.Account} needs a person.");

    private static Problem Blackout(DateTimeOffset until) => new(
        "backfill_blackout", "These are hours in which nothing is ordered. It goes on by itself.", $"Nothing is ordered until {until.UtcDateTime:u}.");

    /// <param name="Why">In the merchant's words.</param>
    /// <param name="For">How long it is waited, or at least.</param>
    /// <param name="Grows">Whether it is waited longer each time.</param>
    /// <param name="Item">Whose own it is, or may be: the others are ordered meanwhile. Null where it is no product's.</param>
    /// <param name="IsOfPicture">Whether the product's picture did not come, which may be the shop's fault.</param>
    private sealed record Setback(Problem Why, TimeSpan For, bool Grows = false, BackfillItem? Item = null, bool IsOfPicture = false);
}
