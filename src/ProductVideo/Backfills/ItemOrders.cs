using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// Orders items of a backfill, each in the way of every order: with its checks, its price and its caps. The same video is never ordered twice,
/// whichever node orders it.
/// </summary>
internal sealed class ItemOrders(
    BackfillItems items, VideoGenerations generations, CatalogProducts catalog, ProductJudge judge, Outages outages, BackfillsOptions options,
    IDbContextFactory<ProductVideoDb> databases, ILogger<ItemOrders> log)
{
    private const string Caller = "backfill";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CapWait = TimeSpan.FromMinutes(15);

    /// <summary>Orders a batch of its items.</summary>
    /// <returns>How long to wait before the next ones, and why; not at all where nothing is in the way.</returns>
    public async Task<(TimeSpan Wait, Problem? Why)> OrderAsync(Backfill backfill, IReadOnlyList<BackfillItem> batch, CancellationToken cancellationToken)
    {
        var list = PriceSketches.ListOf(backfill);
        var known = (await catalog.FindAsync(backfill.Shop, [.. batch.Select(item => item.ProductId).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(product => product.Ref.ProductId, StringComparer.Ordinal);
        var videos = await RunRatios.FindAsync(databases, backfill, [.. known.Keys], cancellationToken);
        var setbacks = new ConcurrentBag<Setback>();
        var dealtWith = 0;
        await Parallel.ForEachAsync(
            batch, new ParallelOptions { MaxDegreeOfParallelism = options.OrderParallel, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                // Something that is no product's own keeps the rest of the batch back.
                if (setbacks.Any(setback => setback.Item is null))
                    return;
                var product = known.GetValueOrDefault(item.ProductId);
                if (product is not null && judge.Now(Of(product, item), backfill.Plan.Scope) is { } reason)
                    await items.SkipAsync(item, backfill.Id, reason, token);
                else if (await OrderAsync(backfill, item, product, list, token) is { } setback)
                {
                    setbacks.Add(setback);
                    return;
                }

                Interlocked.Increment(ref dealtWith);
            });
        if (dealtWith > 0 || setbacks.IsEmpty)
            outages.Over(backfill.Id);
        var stops = await StopsAsync(backfill, [.. setbacks], cancellationToken);
        var wait = stops.Select(setback => setback.For).DefaultIfEmpty(TimeSpan.Zero).Max();
        return (stops.Any(setback => setback.Grows) ? outages.NextWait(backfill.Id, wait) : wait, stops.FirstOrDefault()?.Why);

        CatalogProduct Of(CatalogProduct product, BackfillItem item) =>
            item.Aspect is { } ratio && videos is not null ? videos.Of(product, ratio, run: (backfill.Id, backfill.QuotedAt ?? backfill.CreatedAt)) : product;
    }

    /// <summary>Puts the products off that are to blame themselves.</summary>
    /// <returns>What all have to wait for. For a product only where all others have been put off as often: good ones may stand behind it.</returns>
    private async Task<IReadOnlyList<Setback>> StopsAsync(Backfill backfill, IReadOnlyList<Setback> setbacks, CancellationToken cancellationToken)
    {
        string[] withoutPicture = [.. setbacks.Where(setback => setback.IsOfPicture).Select(setback => setback.Item!.ProductId).Distinct(StringComparer.Ordinal)];
        var noPictures = withoutPicture.Length > 0 && !await outages.GivesPicturesAsync(
            backfill.Shop, await items.OthersAsync(backfill.Id, Outages.Few, cancellationToken), withoutPicture, cancellationToken);
        var stops = setbacks.Where(setback => setback.Item is null || (setback.IsOfPicture && noPictures && !setback.IsFinal)).ToList();
        var putOff = new List<Setback>();
        foreach (var setback in setbacks.Except(stops))
        {
            if (setback.IsFinal)
                await FailAsync(backfill, setback.Item!, setback.Product, setback.Why, isProducts: !noPictures, cancellationToken);
            else if (await items.PutOffAsync(setback.Item!, backfill.Id, cancellationToken))
                putOff.Add(setback);
            else
                await items.FailAsync(setback.Item!, backfill.Id, setback.Why, isProducts: true, cancellationToken);
        }

        if (stops.Count > 0 || putOff.Count == 0)
            return stops;
        var next = await items.NextAsync(backfill.Id, take: 1, cancellationToken);
        return next.All(item => BackfillItems.TimesPutOff(item) > putOff.Min(setback => BackfillItems.TimesPutOff(setback.Item!))) ? putOff : [];
    }

    /// <returns>null if the item was dealt with.</returns>
    private async Task<Setback?> OrderAsync(
        Backfill backfill, BackfillItem item, CatalogProduct? product, Choosing.ProviderList? list, CancellationToken cancellationToken)
    {
        var id = backfill.Id;
        var wishes = backfill.Plan.Recipe.WishesFor(item.Aspect) with { AutoApprove = backfill.Plan.AutoApprove };
        var requester = new Requester($"backfill “{backfill.Name}”", GenerationOrigin.Backfill, backfill.Consent is { } consent ? consent.ApiKey : backfill.ApiKey, RunCaps.SubjectOf(id));
        try
        {
            var created = await generations.CreateAsync(
                new ProductRef(backfill.Shop, item.ProductId), wishes, requester, new IdempotencyKey(Caller, KeyOf(id, item)), $"backfill {id:n}", cancellationToken, list);
            // What the transaction of its order linked with its item waits no more. Left to wait, this order would be made again and again.
            if (!created.IsNew)
                await items.SkipAsync(item, id, ReasonOf(created.Generation.State), cancellationToken);
            return null;
        }
        catch (NotMissingException e)
        {
            await items.SkipAsync(item, id, e.Reason, cancellationToken);
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
        catch (RefusedException e) when (SkipOf(e) is { } reason)
        {
            await items.SkipAsync(item, id, reason, cancellationToken);
            return null;
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
            if (Outages.IsOfPicture(e))
                return new Setback(e.Problem, TimeSpan.Zero, Item: item, Product: product, IsOfPicture: true, IsFinal: true);
            await FailAsync(backfill, item, product, e.Problem, await outages.IsProductsAsync(backfill.Shop, e, cancellationToken), cancellationToken);
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

    /// <summary>What the listing lacks in itself must be mended there first: as it was when the batch was begun, it is not tried again each night of a schedule.</summary>
    private async Task FailAsync(Backfill backfill, BackfillItem item, CatalogProduct? product, Problem why, bool isProducts, CancellationToken cancellationToken)
    {
        await items.FailAsync(item, backfill.Id, why, isProducts, cancellationToken);
        if (!isProducts || product is null)
            return;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await CatalogVideos.FailAsync(db, product, cancellationToken);
    }

    /// <summary>Of what changed in the shop since the dry run, and would have been skipped then.</summary>
    private static SkipReason? SkipOf(RefusedException refused) => refused.Problem.Code switch
    {
        "unknown_product" or "product_gone" => SkipReason.NotInShop,
        "no_images" => SkipReason.NoPictures,
        _ => null,
    };

    private static SkipReason ReasonOf(GenerationState instead) =>
        instead is GenerationState.Published ? SkipReason.HasVideo : instead.IsActive ? SkipReason.UnderWay : SkipReason.TriedBefore;

    private static string KeyOf(Guid backfill, BackfillItem item)
    {
        var key = $"{backfill:n}:{item.Aspect}:{item.ProductId}";
        return key.Length <= 200 ? key : key[..120] + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
    }

    /// <param name="Why">In the merchant's words.</param>
    /// <param name="For">How long it is waited, or at least.</param>
    /// <param name="Grows">Whether it is waited longer each time.</param>
    /// <param name="Item">Whose own it is, or may be: the others are ordered meanwhile. Null where it is no product's.</param>
    /// <param name="Product">The item's product as the index knew it when the batch was begun; null where it did not.</param>
    /// <param name="IsOfPicture">Whether the product's picture did not come, which may be the shop's fault.</param>
    /// <param name="IsFinal">Whether a person must mend it, so that the product fails; only whose fault it is is asked.</param>
    private sealed record Setback(
        Problem Why, TimeSpan For, bool Grows = false, BackfillItem? Item = null, CatalogProduct? Product = null, bool IsOfPicture = false, bool IsFinal = false);
}
