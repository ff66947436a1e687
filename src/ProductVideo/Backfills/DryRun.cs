using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// Finds out what a backfill would make, of which product, by whom and for how much, and why each other product is skipped. Spends nothing.
/// Goes page by page through the index and goes on where it was. Products that were named it looks at in the shop first, where they were not
/// looked at since it began: whoever names them may have changed them a moment ago.
/// </summary>
internal sealed class DryRun(
    BackfillStore store, CatalogProducts catalog, WatchedShops watched, PriceSketches sketches, ProductJudge judge, NamedLooks looks,
    IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>The code of one that waits for the shop's first scan.</summary>
    public const string NotReady = "catalogue_not_ready";

    /// <summary>How long the shop's first scan is waited for before it is looked at again.</summary>
    private static readonly TimeSpan IndexWait = TimeSpan.FromSeconds(2);

    /// <summary>So few that reading all of them from a slow shop takes no longer than the claim lives.</summary>
    private const int NamesPerPage = 32;

    /// <summary>Pages of the index before what else is due of backfills has its turn: some seconds of a large catalogue.</summary>
    private const int PagesPerTurn = 10;

    public async Task RunAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var backfill = claim.Backfill;
        // Asked at each claim: counting a whole catalogue for a page of names would take longer than the page.
        if ((await watched.RowAsync(backfill.Shop, cancellationToken))?.ScannedAt is not { } scannedAt)
        {
            var standing = await catalog.StandingAsync(backfill.Shop, cancellationToken);
            await store.SaveAsync(claim, backfill with { Problem = NotIndexed(standing), DueAt = await clock.NowAsync(cancellationToken) + IndexWait }, follow: null, keep: false, cancellationToken);
            return;
        }

        // What an earlier dry run left.
        if (claim.Place.Cursor is null && !await SaveSomeAtATimeAsync(claim, db => BackfillItems.DeleteSomeAsync(db, backfill.Id, cancellationToken), cancellationToken))
            return;

        var sketch = await sketches.ForAsync(backfill, cancellationToken);
        for (var pages = 1; ; pages++)
        {
            var (page, looked, wait) = await PageAsync(claim, cancellationToken);
            if (wait is var (why, time))
            {
                await store.SaveAsync(claim, claim.Backfill with { Problem = why, DueAt = await clock.NowAsync(cancellationToken) + time }, follow: null, keep: false, cancellationToken);
                return;
            }

            if (page.Count == 0)
                break;
            // Of most products nothing was ever ordered.
            var ordered = page.Where(one => one.Product is { Video: not null } or { UnderWay: not null } or { EndedAs: not null }).Select(one => one.Product!.Ref.ProductId).ToList();
            var videos = await RunRatios.FindAsync(databases, claim.Backfill, ordered, cancellationToken);
            var (items, place) = (new List<BackfillItemRow>(page.Count), claim.Place.Copy());
            // Two names may be one product's: its id and its handle.
            foreach (var (id, product) in page.DistinctBy(named => named.Product?.Ref.ProductId ?? named.Id, StringComparer.Ordinal))
                Judge(claim.Backfill, product?.Ref.ProductId ?? id, product, sketch, videos, items, place);
            place.Cursor = page[^1].Id;
            // Thousands take long: what else is due of backfills has its turn in between.
            var rests = looked ? page.Count == NamesPerPage : pages == PagesPerTurn;
            var after = claim.Backfill with { Problem = null, DueAt = rests ? await clock.NowAsync(cancellationToken) : claim.Backfill.DueAt };
            if (!await store.SaveAsync(claim, after, db => db.WriteManyAsync(BackfillMapping.Items, items, cancellationToken), keep: !rests, cancellationToken, place))
                return;
            claim.Seen?.Invoke(page.Count);
            if (rests)
                return;
        }

        await EndAsync(claim, scannedAt, sketch, cancellationToken);
    }

    /// <returns>The next products, whether some of them were looked at in the shop, and what that has to wait for.</returns>
    private async Task<(IReadOnlyList<(string Id, CatalogProduct? Product)> Page, bool Looked, (Problem Why, TimeSpan For)? Wait)> PageAsync(
        ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        var (backfill, cursor) = (claim.Backfill, claim.Place.Cursor);
        if (!backfill.Plan.Scope.OnlyNamed)
        {
            var products = await catalog.PageAsync(backfill.Shop, cursor, CatalogProducts.MostPerPage, cancellationToken);
            return ([.. products.Select(product => (product.Ref.ProductId, (CatalogProduct?)product))], false, null);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.BackfillNames.Where(row => row.BackfillId == backfill.Id);
        if (cursor is not null)
            rows = rows.Where(row => string.Compare(row.ProductId, cursor) > 0);
        var names = await rows.Select(row => row.ProductId).OrderBy(id => id).Take(NamesPerPage).ToListAsync(cancellationToken);
        var (known, looked, wait) = await looks.FindAsync(backfill, names, cancellationToken);
        return (names.ConvertAll(name => (name, known.GetValueOrDefault(name))), looked, wait);
    }

    private void Judge(Backfill backfill, string id, CatalogProduct? product, PriceSketch sketch, RatioVideos? videos, List<BackfillItemRow> items, DryRunPlace place)
    {
        var plan = backfill.Plan;
        var reason = product is null ? SkipReason.NotInShop : judge.Of(product, plan.Scope);
        // What holds of the product holds of each ratio. That its newest clip is there, or ended in vain, says nothing of the other ones.
        var isOfProduct = videos is null || reason is SkipReason.OutOfScope or SkipReason.NotInShop or SkipReason.NotPublished or SkipReason.NoPictures;
        var judged = isOfProduct ? JudgeWhole(plan, product, reason, sketch) : JudgeEach(plan, product!, sketch, videos!);
        if (judged is [{ Reason: { } unlisted }] && !backfill.Lists(unlisted))
        {
            place.LeaveOut(unlisted);
            return;
        }

        foreach (var (aspect, price, why) in judged)
        {
            var skip = why ?? (price is null ? SkipReason.NoProvider : IsForeign(price.Price, plan.Caps.Money) ? SkipReason.OtherCurrency : null);
            items.Add(new BackfillItemRow
            {
                BackfillId = backfill.Id,
                ProductId = id,
                Aspect = aspect ?? "",
                State = skip is null ? nameof(ItemState.Waiting) : nameof(ItemState.Skipped),
                Reason = skip?.ToString(),
                // What sells best comes first; where no shop says so, ids decide.
                Rank = -(product?.Sold ?? 0),
                Provider = price?.Provider,
                Price = price is null ? 0 : Micros.Of(price.Price.Amount),
                Currency = price?.Price.Currency,
                Length = price is null ? 0 : (int)(price.Seconds * 100),
            });
        }
    }

    /// <summary>A product of which none is made is one line, not one for each ratio; and it is not priced.</summary>
    private static IReadOnlyList<(string? Aspect, SketchedPrice? Price, SkipReason? Reason)> JudgeWhole(
        BackfillPlan plan, CatalogProduct? product, SkipReason? reason, PriceSketch sketch) =>
        reason is not null ? [(plan.Aspects[0], null, reason)] : [.. Priced(plan, product!, sketch).Select(one => (one.Aspect, one.Price, reason))];

    /// <summary>
    /// Of several ratios each is made that the product lacks itself. One that it has is no line where another is made: nothing of the product is
    /// left out then.
    /// </summary>
    private IReadOnlyList<(string? Aspect, SketchedPrice? Price, SkipReason? Reason)> JudgeEach(
        BackfillPlan plan, CatalogProduct product, PriceSketch sketch, RatioVideos videos)
    {
        var all = Priced(plan, product, sketch).Select(one => (one.Aspect, one.Price, Reason: judge.Of(videos.Of(product, one.Aspect!, one.Price?.Aspect), plan.Scope)))
            .Select(one => one.Reason is null ? one : one with { Price = null }).ToList();
        if (all.Exists(one => one.Reason is null))
            return all.FindAll(one => one.Reason is not SkipReason.HasVideo);
        return all.TrueForAll(one => one.Reason == all[0].Reason) ? [all[0]] : all;
    }

    /// <summary>Two ratios that come to the same clip are one video, priced and made once.</summary>
    private static IEnumerable<(string? Aspect, SketchedPrice? Price)> Priced(BackfillPlan plan, CatalogProduct product, PriceSketch sketch)
    {
        var clips = new HashSet<SketchedPrice>();
        return plan.Aspects.Select(aspect => (aspect, Price: sketch.Of(product, aspect))).Where(one => one.Price is null || clips.Add(one.Price));
    }

    private static bool IsForeign(Money price, Money? cap) => cap is { } most && !price.IsZero && price.Currency != most.Currency;

    private async Task EndAsync(ClaimedBackfill claim, DateTimeOffset scannedAt, PriceSketch sketch, CancellationToken cancellationToken)
    {
        var trimming = new Trimming(claim.Backfill);
        if (!await SaveSomeAtATimeAsync(claim, db => trimming.DoSomeAsync(db, cancellationToken), cancellationToken))
            return;
        var quote = await QuoteAsync(claim, scannedAt, cancellationToken);
        var now = await clock.NowAsync(cancellationToken);
        if (BackfillMachine.Quoted(claim.Backfill, quote, now) is not { } quoted)
            return;
        // Where nothing is left to make, why there is no price says what to do.
        if (quote.Videos == 0 && quoted.State is BackfillState.Quoted)
            quoted = quoted with { Problem = await WhyUnpricedAsync(claim.Backfill, sketch, cancellationToken) };
        await store.SaveAsync(claim, quoted, db => RunCaps.SetAsync(db, quoted, now, cancellationToken), keep: false, cancellationToken);
    }

    /// <summary>Of a product that an earlier turn found no price for, where this one met none.</summary>
    private async Task<Problem?> WhyUnpricedAsync(Backfill backfill, PriceSketch sketch, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unpriced = db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill.Id && row.Reason == nameof(SkipReason.NoProvider));
        if (sketch.Unpriced is null && await unpriced.FirstOrDefaultAsync(cancellationToken) is { } item
            && await catalog.FindAsync(backfill.Shop, [item.ProductId], cancellationToken) is [var product])
            sketch.Of(product, item.Aspect.Length == 0 ? null : item.Aspect);
        return sketch.Unpriced;
    }

    /// <summary>Does it until it says that there is no more, each time in a transaction that keeps the claim; false if that was lost.</summary>
    private async Task<bool> SaveSomeAtATimeAsync(ClaimedBackfill claim, Func<ProductVideoDb, Task<bool>> doSome, CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            if (!await store.SaveAsync(claim, claim.Backfill, async db => more = await doSome(db), keep: true, cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<BackfillQuote> QuoteAsync(ClaimedBackfill claim, DateTimeOffset scannedAt, CancellationToken cancellationToken)
    {
        var id = claim.Backfill.Id;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == id);
        var waiting = items.Where(row => row.State == nameof(ItemState.Waiting));
        var shares = await waiting.GroupBy(row => new { row.Provider, row.Currency })
            .Select(group => new { group.Key.Provider, group.Key.Currency, Count = group.Count(), Price = group.Sum(row => row.Price), Length = group.Sum(row => (long)row.Length) })
            .ToListAsync(cancellationToken);
        // Each product counts once, however many of its ratios are left out, and for whatever reasons; that one has its video is told where there is no other.
        var products = await items.GroupBy(row => row.ProductId)
            .Select(group => new { IsMade = group.Min(row => row.State == nameof(ItemState.Waiting) ? 0 : 1) == 0, Reason = group.Min(row => row.Reason == nameof(SkipReason.HasVideo) ? null : row.Reason) })
            .GroupBy(product => new { product.IsMade, product.Reason }).Select(group => new { group.Key.IsMade, group.Key.Reason, Count = group.Count() }).ToListAsync(cancellationToken);
        var made = products.FindAll(group => group.IsMade);
        var skipped = products.Where(group => !group.IsMade).ToDictionary(group => group.Reason is { } reason ? Enum.Parse<SkipReason>(reason) : SkipReason.HasVideo, group => group.Count);
        if (claim.Place.OutOfScope > 0)
            skipped[SkipReason.OutOfScope] = claim.Place.OutOfScope;
        foreach (var (reason, count) in claim.Place.LeftOut)
            skipped[reason] = skipped.GetValueOrDefault(reason) + count;
        return new BackfillQuote(
            made.Sum(group => group.Count),
            shares.Sum(share => share.Count),
            [.. shares.Where(share => share.Price > 0).GroupBy(share => share.Currency!).Select(group => Micros.ToMoney(group.Sum(share => share.Price), group.Key))
                .OrderBy(price => price.Currency, StringComparer.Ordinal)],
            skipped,
            [.. shares.Select(share => new ProviderShare(share.Provider!, share.Count, Micros.ToMoney(share.Price, share.Currency!), share.Length / 100m))
                .OrderByDescending(share => share.Videos)],
            // Those were looked at in the shop itself.
            claim.Backfill.Plan.Scope.OnlyNamed ? null : scannedAt)
        {
            InPart = made.Where(group => group.Reason is not null).Sum(group => group.Count),
        };
    }

    private static Problem NotIndexed(CatalogStanding standing) => standing.Problem is { } met ? new Problem(
        NotReady, $"The shop's products can't be gone through. {met.MerchantText} The dry run begins by itself when all are known.",
        $"No scan of the shop has come to its end yet; the last try met: {met.OperatorText}") : new Problem(
        NotReady,
        $"The shop's products are being gone through for the first time: {standing.Products} so far. The dry run begins by itself when all are known.",
        $"No scan of the shop has come to its end yet; {standing.Products} products are in the index.");
}
