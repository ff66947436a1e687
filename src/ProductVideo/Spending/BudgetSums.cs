using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;

namespace ProductVideo.Spending;

/// <summary>
/// What the ledger adds up to for a cap in a period. The row of a period is made from the ledger when it is first needed, so a cap that is
/// set in the middle of a month counts what the month has cost so far.
/// </summary>
internal static class BudgetSums
{
    /// <summary>Puts the entry's money aside if there is room: one conditional update, whoever else is at it. False if there is none.</summary>
    public static async Task<bool> HoldAsync(ProductVideoDb db, Budget cap, SpendEntryRow entry, CancellationToken cancellationToken)
    {
        var most = Micros.Of(cap.Cap.Amount) - entry.Held;
        var row = RowOf(db, cap, entry.OrderedAt);
        if (await TakeAsync())
            return true;
        // Whoever makes the row, there may be room in it now.
        await EnsureAsync(db, cap, entry.OrderedAt, cancellationToken);
        return await TakeAsync();

        async Task<bool> TakeAsync() => await row.Where(sum => sum.Held + sum.Spent <= most)
            .ExecuteUpdateAsync(set => set.SetProperty(sum => sum.Held, sum => sum.Held + entry.Held), cancellationToken) > 0;
    }

    /// <summary>
    /// Adds entries that close holds, each to its caps, whether or not there is room: the money is gone. A period that has no row yet will
    /// count the ledger's.
    /// </summary>
    public static async Task AddAsync(
        ProductVideoDb db, IEnumerable<(Budget Cap, SpendEntryRow Entry)> closing, CancellationToken cancellationToken)
    {
        // Always in the order of the caps, so that a batch and an order can't each wait for a cap that the other one holds.
        var ofRows = closing.GroupBy(one => (one.Cap.Id, Period: KeyOf(one.Cap, one.Entry.OrderedAt)))
            .OrderBy(ofRow => ofRow.Key.Id).ThenBy(ofRow => ofRow.Key.Period, StringComparer.Ordinal);
        foreach (var ofRow in ofRows)
        {
            var (cap, entry) = ofRow.First();
            var (held, spent) = (ofRow.Sum(one => one.Entry.Held), ofRow.Sum(one => one.Entry.Spent));
            await RowOf(db, cap, entry.OrderedAt).ExecuteUpdateAsync(
                set => set.SetProperty(sum => sum.Held, sum => sum.Held + held).SetProperty(sum => sum.Spent, sum => sum.Spent + spent), cancellationToken);
        }
    }

    /// <summary>How the cap stands in the period of <paramref name="at"/>.</summary>
    public static async Task<BudgetRoom> RoomAsync(ProductVideoDb db, Budget cap, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (cap.Period is BudgetPeriod.Clip)
            return new BudgetRoom(cap, Period: null, Money.Zero(cap.Cap.Currency), Money.Zero(cap.Cap.Currency));
        var sum = await RowOf(db, cap, at).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var (held, spent) = sum is null ? await LedgerAsync(db, cap, at, cancellationToken) : (sum.Held, sum.Spent);
        return new BudgetRoom(cap, KeyOf(cap, at), Micros.ToMoney(held, cap.Cap.Currency), Micros.ToMoney(spent, cap.Cap.Currency));
    }

    /// <summary>Makes the period's row from the ledger, unless it is there.</summary>
    public static async Task EnsureAsync(ProductVideoDb db, Budget cap, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await RowOf(db, cap, at).AnyAsync(cancellationToken))
            return;
        var (held, spent) = await LedgerAsync(db, cap, at, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO budget_periods ("BudgetId", "Period", "Held", "Spent")
             VALUES ({cap.Id}, {KeyOf(cap, at)}, {held}, {spent})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken);
    }

    /// <summary>Sets a period's row to what its ledger adds up to; false if it was so.</summary>
    public static async Task<bool> RecountAsync(ProductVideoDb db, Budget cap, string period, CancellationToken cancellationToken)
    {
        var at = BudgetPeriods.MomentOf(cap.Period, ZoneOf(cap), period);
        var row = RowOf(db, cap, at);
        // Whoever moves money writes this row before the ledger: once it is ours, the ledger is whole.
        if (await row.ExecuteUpdateAsync(set => set.SetProperty(sum => sum.Held, sum => sum.Held), cancellationToken) == 0)
            return false;
        var (held, spent) = await LedgerAsync(db, cap, at, cancellationToken);
        return await row.Where(sum => sum.Held != held || sum.Spent != spent)
            .ExecuteUpdateAsync(set => set.SetProperty(sum => sum.Held, held).SetProperty(sum => sum.Spent, spent), cancellationToken) > 0;
    }

    /// <summary>What the period comes to by the ledger alone.</summary>
    public static async Task<(long Held, long Spent)> LedgerAsync(ProductVideoDb db, Budget cap, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (from, until) = BudgetPeriods.RangeOf(cap.Period, ZoneOf(cap), at);
        var entries = Counted(db.SpendEntries.AsNoTracking(), cap)
            .Where(entry => entry.Currency == cap.Cap.Currency && entry.OrderedAt >= from && entry.OrderedAt < until);
        return (await entries.SumAsync(entry => entry.Held, cancellationToken), await entries.SumAsync(entry => entry.Spent, cancellationToken));
    }

    /// <summary>As <see cref="Budget.Covers"/>, in SQL.</summary>
    private static IQueryable<SpendEntryRow> Counted(IQueryable<SpendEntryRow> entries, Budget cap) => cap.Scope switch
    {
        BudgetScope.Everything => entries,
        BudgetScope.Shop => entries.Where(entry => entry.Shop == cap.Subject),
        BudgetScope.Provider => entries.Where(entry => entry.Provider == cap.Subject || entry.Account == cap.Subject),
        BudgetScope.ApiKey => entries.Where(entry => entry.ApiKey == cap.Subject),
        BudgetScope.Backfill when cap.Subject is null => entries.Where(entry => entry.Backfill != null),
        BudgetScope.Backfill => entries.Where(entry => entry.Backfill == cap.Subject),
        _ => throw new ArgumentOutOfRangeException(nameof(cap), cap.Scope, message: null),
    };

    private static IQueryable<BudgetPeriodRow> RowOf(ProductVideoDb db, Budget cap, DateTimeOffset at)
    {
        var key = KeyOf(cap, at);
        return db.BudgetPeriods.Where(sum => sum.BudgetId == cap.Id && sum.Period == key);
    }

    private static string KeyOf(Budget cap, DateTimeOffset at) => BudgetPeriods.KeyOf(cap.Period, ZoneOf(cap), at);

    private static TimeZoneInfo ZoneOf(Budget cap) => TimeZoneInfo.FindSystemTimeZoneById(cap.TimeZone);
}
