using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Spending;

/// <summary>
/// Writes what a generation's change of state does to the money, in that change's own transaction: a video is ordered with its hold or not
/// at all, and its end settles or gives the hold back, or neither has happened.
/// </summary>
internal sealed class SpendingBooks(TimeProvider clock) : IWrittenTogether
{
    private readonly RisingIds _ids = new();

    /// <exception cref="RefusedException">A cap has no room for a new generation, or counts another currency only. Nothing is written.</exception>
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is not null && !MoneyMoves.MayClose(after.State))
            return;
        var last = before is null ? null : (await LastsAsync(db, [after.Id], cancellationToken)).GetValueOrDefault(after.Id);
        if (MoneyMoves.Of(last, before, after) is not { } move)
            return;
        var entry = EntryOf(after, move, last is { Kind: MoneyMoveKind.Hold } ? last.Amount : null);
        await db.LockLedgerAsync(toAddUp: false, cancellationToken);
        var caps = await CapsOf(db, after, cancellationToken);
        if (move.Kind is MoneyMoveKind.Hold)
            await HoldAsync(db, caps, after, entry, cancellationToken);
        else
            await BudgetSums.AddAsync(db, Closed(caps, entry), cancellationToken);
        db.SpendEntries.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        if (move.Kind is MoneyMoveKind.Settle)
            await WriteCostAsync(db, [after.Id], entry.Currency, cancellationToken);
    }

    public async Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
    {
        var ends = changes.Where(change => MoneyMoves.MayClose(change.After.State)).ToList();
        if (ends.Count == 0)
            return;
        var lasts = await LastsAsync(db, [.. ends.Select(change => change.After.Id)], cancellationToken);
        var closing = new List<(Generation After, SpendEntryRow Entry)>();
        foreach (var (before, after) in ends)
        {
            var last = lasts.GetValueOrDefault(after.Id);
            if (MoneyMoves.Of(last, before, after) is { } move)
                closing.Add((after, EntryOf(after, move, last is { Kind: MoneyMoveKind.Hold } ? last.Amount : null)));
        }

        if (closing.Count == 0)
            return;
        await db.LockLedgerAsync(toAddUp: false, cancellationToken);
        var budgets = await BudgetsAsync(db, cancellationToken);
        await BudgetSums.AddAsync(
            db, closing.SelectMany(one => Closed(budgets.Where(cap => cap.Covers(one.After.Product, one.After.Order)), one.Entry)), cancellationToken);
        await SpendEntries.InsertAsync(db, [.. closing.Select(one => one.Entry)], cancellationToken);
        foreach (var settled in closing.Where(one => one.Entry.Kind is MoneyMoveKind.Settle).GroupBy(one => one.Entry.Currency, StringComparer.Ordinal))
            await WriteCostAsync(db, [.. settled.Select(one => one.After.Id)], settled.Key, cancellationToken);
    }

    /// <summary>Counts a task that was paid for beside the one that a generation uses, in the caller's transaction.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="generation">Whose order it was.</param>
    /// <param name="stopped">False when it is found; true once the provider surely makes and charges nothing of it, which takes the charge back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task CountDuplicateAsync(ProductVideoDb db, Generation generation, bool stopped, CancellationToken cancellationToken)
    {
        if (generation.Order.Price.Amount is not { Amount: > 0 } price)
            return;
        var entry = EntryOf(generation, new MoneyMove(stopped ? MoneyMoveKind.Release : MoneyMoveKind.Settle, price, MoneyNotes.Duplicate), open: null);
        entry.Spent = stopped ? -Micros.Of(price.Amount) : Micros.Of(price.Amount);
        await db.LockLedgerAsync(toAddUp: false, cancellationToken);
        await BudgetSums.AddAsync(db, Closed(await CapsOf(db, generation, cancellationToken), entry), cancellationToken);
        db.SpendEntries.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        await db.Generations.Where(row => row.Id == generation.Id && row.Cost != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Cost, row => row.Cost + entry.Spent), cancellationToken);
    }

    private static async Task HoldAsync(
        ProductVideoDb db, IReadOnlyList<Budget> caps, Generation generation, SpendEntryRow entry, CancellationToken cancellationToken)
    {
        var price = generation.Order.Price.Amount;
        if (BudgetRefusals.OfPrice(caps, price) is { } refused)
            throw refused;
        // Always in the same order, so that two orders can't each wait for a cap that the other one holds.
        foreach (var cap in BudgetRefusals.Summing(caps, price))
        {
            if (!await BudgetSums.HoldAsync(db, cap, entry, cancellationToken))
                throw BudgetRefusals.NoRoom(await BudgetSums.RoomAsync(db, cap, entry.OrderedAt, cancellationToken), price);
        }
    }

    /// <summary>The caps whose sums an entry moves that closes a hold.</summary>
    private static IEnumerable<(Budget Cap, SpendEntryRow Entry)> Closed(IEnumerable<Budget> caps, SpendEntryRow entry) =>
        caps.Where(cap => cap.Cap.Currency == entry.Currency && cap.Period is not BudgetPeriod.Clip).Select(cap => (cap, entry));

    private static async Task<IReadOnlyList<Budget>> CapsOf(ProductVideoDb db, Generation generation, CancellationToken cancellationToken) =>
        [.. (await BudgetsAsync(db, cancellationToken)).Where(cap => cap.Covers(generation.Product, generation.Order))];

    private static async Task<IReadOnlyList<Budget>> BudgetsAsync(ProductVideoDb db, CancellationToken cancellationToken) =>
        [.. (await db.Budgets.AsNoTracking().ToListAsync(cancellationToken)).Select(BudgetRows.ToBudget)];

    /// <summary>The last move of each that has any.</summary>
    private static async Task<Dictionary<Guid, MoneyMove>> LastsAsync(
        ProductVideoDb db, IReadOnlyCollection<Guid> generations, CancellationToken cancellationToken)
    {
        var entries = await db.SpendEntries.AsNoTracking()
            .Where(entry => generations.Contains(entry.GenerationId) && entry.Note != MoneyNotes.Duplicate).ToListAsync(cancellationToken);
        // A generation has a hold, and then maybe its end.
        return entries.GroupBy(entry => entry.GenerationId).ToDictionary(
            ofOne => ofOne.Key, ofOne => SpendLedger.MoveOf(ofOne.FirstOrDefault(entry => entry.Kind is not MoneyMoveKind.Hold) ?? ofOne.First()));
    }

    /// <summary>With what a late duplicate cost before this.</summary>
    private static Task WriteCostAsync(ProductVideoDb db, IReadOnlyCollection<Guid> generations, string currency, CancellationToken cancellationToken) =>
        db.Generations.Where(row => generations.Contains(row.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Cost, row => db.SpendEntries.Where(entry => entry.GenerationId == row.Id).Sum(entry => (long?)entry.Spent))
                .SetProperty(row => row.CostCurrency, currency),
            cancellationToken);

    private SpendEntryRow EntryOf(Generation generation, MoneyMove move, Money? open)
    {
        var now = clock.GetUtcNow();
        return new SpendEntryRow
        {
            Id = _ids.Next(now),
            At = now,
            OrderedAt = generation.CreatedAt,
            GenerationId = generation.Id,
            Kind = move.Kind,
            Held = move.Kind is MoneyMoveKind.Hold ? Micros.Of(move.Amount.Amount) : -Micros.Of(open?.Amount ?? 0),
            Spent = move.Kind is MoneyMoveKind.Settle ? Micros.Of(move.Amount.Amount) : 0,
            Currency = move.Amount.Currency,
            Shop = generation.Product.Shop,
            ProductId = generation.Product.ProductId,
            Provider = generation.Order.Provider,
            Model = generation.Order.Request.Model,
            ApiKey = generation.Order.ApiKey,
            Backfill = generation.Order.Backfill,
            RequestedBy = generation.Order.RequestedBy,
            Note = move.Note,
        };
    }
}
