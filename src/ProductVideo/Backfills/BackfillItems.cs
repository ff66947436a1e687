using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>Reads and writes the videos of a backfill, one row each.</summary>
internal sealed class BackfillItems(IDbContextFactory<ProductVideoDb> databases)
{
    /// <summary>Farther than any number of pieces sold, so that each time takes an item behind all that were put off less often.</summary>
    private const long Behind = 1_000_000_000_000;

    /// <summary>So many rows of a crowd are written in one transaction: a click's order must not wait for a million of them.</summary>
    internal const int Together = 2_000;

    /// <summary>Those in a state, in the order in which they are made.</summary>
    /// <param name="backfill">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<BackfillItem>> ListAsync(Guid backfill, ItemFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = After(db, backfill, filter.After is { } last ? (last.Rank, last.ProductId, last.Aspect ?? "") : null);
        if (filter.State is { } state)
            rows = rows.Where(row => row.State == state.ToString());
        if (filter.Reason is { } reason)
            rows = rows.Where(row => row.Reason == reason.ToString());
        var shops = db.Backfills.Where(row => row.Id == backfill).Select(row => row.Shop);
        var page = await InOrder(rows)
            .Select(row => new { Row = row, Title = db.CatalogProducts.Where(product => shops.Contains(product.Shop) && product.ProductId == row.ProductId).Select(product => product.Title).FirstOrDefault() })
            .HoldingInAnyCase(filter.Search, item => item.Row.ProductId + " " + (item.Title ?? "")).Take(filter.Take).ToListAsync(cancellationToken);
        return page.ConvertAll(item => ToItem(item.Row, item.Title));
    }

    /// <summary>Those behind a place in the order in which they are made; however far in, a page begins there at once.</summary>
    internal static IQueryable<BackfillItemRow> After(ProductVideoDb db, Guid backfill, (long Rank, string ProductId, string Aspect)? place) => place is { } last
        ? db.BackfillItems.FromSql($"""SELECT * FROM backfill_items WHERE "BackfillId" = {backfill} AND ("Rank", "ProductId", "Aspect") > ({last.Rank}, {last.ProductId}, {last.Aspect})""").AsNoTracking()
        : db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill);

    /// <summary>Those of them that wait, in that order.</summary>
    internal static IQueryable<BackfillItemRow> Waiting(ProductVideoDb db, Guid backfill, (long Rank, string ProductId, string Aspect)? after) =>
        InOrder(After(db, backfill, after).Where(row => row.State == nameof(ItemState.Waiting)));

    /// <summary>Those to be ordered next, without their titles, which no order needs.</summary>
    internal async Task<IReadOnlyList<BackfillItem>> NextAsync(Guid backfill, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await Waiting(db, backfill, after: null).Take(take).ToListAsync(cancellationToken)).ConvertAll(row => ToItem(row, title: null));
    }

    private static IOrderedQueryable<BackfillItemRow> InOrder(IQueryable<BackfillItemRow> rows) =>
        rows.OrderBy(row => row.Rank).ThenBy(row => row.ProductId).ThenBy(row => row.Aspect);

    /// <summary>Every one, as it is read: for an export.</summary>
    public async IAsyncEnumerable<BackfillItem> StreamAsync(Guid backfill, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int Page = 1000;
        BackfillItem? last = null;
        while (true)
        {
            var page = await ListAsync(backfill, new ItemFilter(After: last, Take: Page), cancellationToken);
            foreach (var item in page)
                yield return item;
            if (page.Count < Page)
                yield break;
            last = page[^1];
        }
    }

    /// <summary>How many stand how; those that are skipped, by reason, and with those of which only the number is kept. Pages ask this again and again, so an index alone answers what is not skipped.</summary>
    public async Task<IReadOnlyList<ItemCount>> CountAsync(Guid backfill, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill);
        var states = await items.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var reasons = await items.Where(row => row.State == nameof(ItemState.Skipped)).GroupBy(row => row.Reason)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var leftOut = BackfillMapping.ToLeftOut(await db.Backfills.Where(row => row.Id == backfill).Select(row => row.LeftOut).FirstOrDefaultAsync(cancellationToken));
        return
        [
            .. states.Where(group => group.Key != nameof(ItemState.Skipped)).Select(group => new ItemCount(Enum.Parse<ItemState>(group.Key), Reason: null, group.Count)),
            .. reasons.Select(group => new ItemCount(ItemState.Skipped, ReasonOf(group.Key), group.Count)),
            .. leftOut.Select(group => new ItemCount(ItemState.Skipped, group.Key, group.Value)),
        ];
    }

    /// <summary>Whether something of it goes on without a person.</summary>
    internal async Task<bool> IsMovingAsync(Guid backfill, CancellationToken cancellationToken)
    {
        string[] moving = [.. Enum.GetValues<ItemState>().Where(state => !ItemStates.IsAtRest(state)).Select(state => state.ToString())];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.BackfillItems.AnyAsync(row => row.BackfillId == backfill && moving.Contains(row.State), cancellationToken);
    }

    internal async Task<int> CountAsync(Guid backfill, ItemState state, CancellationToken cancellationToken)
    {
        var name = state.ToString();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.BackfillItems.CountAsync(row => row.BackfillId == backfill && row.State == name, cancellationToken);
    }

    /// <summary>The last of those that failed or are in doubt, without their titles.</summary>
    internal async Task<IReadOnlyList<BackfillItem>> FailedAsync(Guid backfill, CancellationToken cancellationToken)
    {
        string[] states = [nameof(ItemState.Failed), nameof(ItemState.InDoubt)];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill && states.Contains(row.State) && row.Problem != null)
            .OrderByDescending(row => row.Rank).ThenByDescending(row => row.ProductId).Take(100).ToListAsync(cancellationToken)).ConvertAll(row => ToItem(row, title: null));
    }

    /// <summary>
    /// Products to hold those against that are ordered now: the last that were ordered, whose pictures came; before there are any, those that
    /// come last, for what stands beside a product in the shop may be as old and as broken.
    /// </summary>
    internal async Task<IReadOnlyList<string>> OthersAsync(Guid backfill, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = db.BackfillItems.AsNoTracking().Where(row => row.BackfillId == backfill);
        var ordered = await items.Where(row => row.OrderedAt != null).OrderByDescending(row => row.OrderedAt).Take(take).Select(row => row.ProductId).ToListAsync(cancellationToken);
        return ordered.Count > 0 ? ordered
            : await items.Where(row => row.State == nameof(ItemState.Waiting) && row.Rank < Behind / 2).OrderByDescending(row => row.Rank).ThenByDescending(row => row.ProductId)
                .Take(take).Select(row => row.ProductId).ToListAsync(cancellationToken);
    }

    /// <summary>Its orders that were not sent. Few are, of all backfills together, and each finds its item by its key.</summary>
    internal static IQueryable<GenerationRow> Unsent(ProductVideoDb db, Guid backfill) => db.Generations.AsNoTracking().Where(video =>
        video.State == nameof(GenerationState.Planned)
        && db.BackfillItems.Any(item => item.BackfillId == backfill && item.ProductId == video.ProductId && item.GenerationId == video.Id));

    /// <inheritdoc cref="Unsent"/>
    internal async Task<IReadOnlyList<Guid>> UnsentAsync(Guid backfill, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Unsent(db, backfill).Select(video => video.Id).ToListAsync(cancellationToken);
    }

    internal async Task SkipAsync(BackfillItem item, Guid backfill, SkipReason reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Waiting(db, backfill, item).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, nameof(ItemState.Skipped)).SetProperty(row => row.Reason, reason.ToString()), cancellationToken);
    }

    /// <param name="item">Which.</param>
    /// <param name="backfill">Whose.</param>
    /// <param name="problem">Why.</param>
    /// <param name="isProducts">Whether it is proved to be the product's own fault: such ones in a row are no sign of anything else.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task FailAsync(BackfillItem item, Guid backfill, Problem problem, bool isProducts, CancellationToken cancellationToken)
    {
        var text = Json.Write(problem);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Waiting(db, backfill, item).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, nameof(ItemState.Failed)).SetProperty(row => row.Problem, text), cancellationToken) > 0 && !isProducts)
            await BackfillFailures.CountAsync(db, backfill, problem.Code, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Skips all that wait, so few at a time that no other writer waits noticeably for it.</summary>
    internal async Task SkipWaitingAsync(Guid backfill, SkipReason reason, CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var some = await Waiting(db, backfill, after: null).Take(Together).ToListAsync(cancellationToken);
            await SkipAsync(db, some, reason, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            more = some.Count == Together;
        }
    }

    /// <summary>Skips these, in the transaction of <paramref name="db"/>, where they still wait.</summary>
    internal static Task SkipAsync(ProductVideoDb db, IReadOnlyList<BackfillItemRow> items, SkipReason reason, CancellationToken cancellationToken) =>
        db.WriteManyAsync(BackfillMapping.Skips, items, cancellationToken, ("reason", reason.ToString()));

    /// <summary>Deletes some of a dry run's rows, in the transaction of <paramref name="db"/>.</summary>
    /// <returns>Whether there are more.</returns>
    internal static async Task<bool> DeleteSomeAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var items = db.BackfillItems.Where(row => row.BackfillId == backfill);
        var last = await items.Select(row => row.ProductId).OrderBy(id => id).Skip(Together).FirstOrDefaultAsync(cancellationToken);
        await items.Where(row => last == null || string.Compare(row.ProductId, last) <= 0).ExecuteDeleteAsync(cancellationToken);
        return last is not null;
    }

    /// <summary>Forgets some of the products that were named for it, in the transaction of <paramref name="db"/>.</summary>
    /// <returns>Whether there are more.</returns>
    internal static async Task<bool> ForgetSomeNamesAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var names = db.BackfillNames.Where(row => row.BackfillId == backfill);
        var last = await names.Select(row => row.ProductId).OrderBy(id => id).Skip(Together).FirstOrDefaultAsync(cancellationToken);
        await names.Where(row => last == null || string.Compare(row.ProductId, last) <= 0).ExecuteDeleteAsync(cancellationToken);
        return last is not null;
    }

    /// <summary>Puts it behind all others; false if that was done often enough.</summary>
    internal async Task<bool> PutOffAsync(BackfillItem item, Guid backfill, CancellationToken cancellationToken)
    {
        // By then it was waited for half an hour where nothing else was left to order.
        const int Times = 5;
        if (TimesPutOff(item) >= Times)
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Waiting(db, backfill, item).ExecuteUpdateAsync(set => set.SetProperty(row => row.Rank, row => row.Rank + Behind), cancellationToken);
        return true;
    }

    internal static long TimesPutOff(BackfillItem item) => (item.Rank + (Behind / 2)) / Behind;

    private static IQueryable<BackfillItemRow> Waiting(ProductVideoDb db, Guid backfill, BackfillItem item)
    {
        var aspect = item.Aspect ?? "";
        return db.BackfillItems.Where(row => row.BackfillId == backfill && row.ProductId == item.ProductId && row.Aspect == aspect && row.State == nameof(ItemState.Waiting));
    }

    private static SkipReason? ReasonOf(string? name) => name is null ? null : Enum.Parse<SkipReason>(name);

    private static BackfillItem ToItem(BackfillItemRow row, string? title) => new(
        row.ProductId, row.Aspect.Length == 0 ? null : row.Aspect, Enum.Parse<ItemState>(row.State), ReasonOf(row.Reason), row.Rank, row.Provider,
        row.Currency is { } currency ? Micros.ToMoney(row.Price, currency) : null, row.Length / 100m, row.GenerationId,
        row.Problem is { } problem ? Json.Read<Problem>(problem) : null, title);
}

/// <param name="ProductId">The shop's id of the product.</param>
/// <param name="Aspect">The ratio; null for the one that suits.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why none is made, where it is skipped.</param>
/// <param name="Rank">The lower, the sooner.</param>
/// <param name="Provider">Who makes it, as quoted or ordered.</param>
/// <param name="Price">As quoted, and as ordered once it is; null where none is made.</param>
/// <param name="Seconds">Its length, as quoted.</param>
/// <param name="Generation">The order.</param>
/// <param name="Problem">Why it could not be ordered or made, or is in doubt.</param>
/// <param name="Title">The product's, where it is known.</param>
internal sealed record BackfillItem(
    string ProductId, string? Aspect, ItemState State, SkipReason? Reason, long Rank, string? Provider, Money? Price, decimal Seconds, Guid? Generation, Problem? Problem,
    string? Title);

/// <param name="State">Only in this state.</param>
/// <param name="Reason">Only skipped for this reason.</param>
/// <param name="After">The last of the page before.</param>
/// <param name="Take">How many.</param>
/// <param name="Search">Only of products in whose name or id each of these words stands.</param>
internal sealed record ItemFilter(ItemState? State = null, SkipReason? Reason = null, BackfillItem? After = null, int Take = 50, string? Search = null);

/// <param name="State">In this state.</param>
/// <param name="Reason">For this reason.</param>
/// <param name="Count">How many.</param>
internal sealed record ItemCount(ItemState State, SkipReason? Reason, int Count);
