using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Hosting;

namespace ProductVideo.Spending;

/// <summary>The caps: see how they stand, set and lift them. What is asked of a cap is checked by <see cref="BudgetRules"/> before.</summary>
internal sealed class Budgets(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>Every cap as it stands now, the widest first.</summary>
    /// <param name="shop">Only those of this shop; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<BudgetRoom>> ListAsync(string? shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var caps = (await AllAsync(db, cancellationToken)).Where(cap => shop is null || (cap.Scope is BudgetScope.Shop && cap.Subject == shop));
        return await RoomsAsync(
            db, caps.OrderBy(cap => cap.Scope).ThenBy(cap => cap.Subject, StringComparer.Ordinal).ThenByDescending(cap => cap.Period)
                .ThenBy(cap => cap.Cap.Currency, StringComparer.Ordinal),
            cancellationToken);
    }

    /// <summary>The cap that leaves the least for such an order, in the order's currency; null if none covers it or it is free.</summary>
    public async Task<BudgetRoom?> TightestAsync(ProductRef product, GenerationOrder order, CancellationToken cancellationToken)
    {
        if (order.Price.Amount.IsZero)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var caps = (await AllAsync(db, cancellationToken)).Where(cap => cap.Covers(product, order) && cap.Cap.Currency == order.Price.Amount.Currency);
        return (await RoomsAsync(db, caps, cancellationToken)).MinBy(room => room.Left);
    }

    /// <summary>What a cap would say to such an order now; null if all have room for it or it is free. Holds nothing.</summary>
    public async Task<RefusedException?> RefusalAsync(ProductRef product, GenerationOrder order, CancellationToken cancellationToken)
    {
        if (order.Price.Amount is not { Amount: > 0 } price)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<Budget> caps = [.. (await AllAsync(db, cancellationToken)).Where(cap => cap.Covers(product, order))];
        if (BudgetRefusals.OfPrice(caps, price) is { } refused)
            return refused;
        return (await RoomsAsync(db, BudgetRefusals.Summing(caps, price), cancellationToken)).FirstOrDefault(room => room.Left < price) is { } full
            ? BudgetRefusals.NoRoom(full, price) : null;
    }

    /// <summary>
    /// Sets a cap, or changes the one that caps the same in the same period and currency. It counts what the current period has cost so
    /// far. A cap below that refuses new orders and takes nothing back.
    /// </summary>
    /// <exception cref="RefusedException">It stands in the settings, or is on a backfill and counts nothing there or less than was agreed to.</exception>
    public async Task<BudgetRoom> PutAsync(Budget wanted, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockLedgerAsync(toAddUp: true, cancellationToken);
        if (wanted is { Scope: BudgetScope.Backfill, Subject: not null })
            await RunCaps.DemandAsync(db, wanted, cancellationToken);
        var row = BudgetRows.ToRow(wanted);
        var old = await db.Budgets.FirstOrDefaultAsync(
            r => r.Scope == row.Scope && r.Subject == row.Subject && r.Period == row.Period && r.Currency == row.Currency && !r.OfRun, cancellationToken);
        if (old is { FromConfiguration: true } && !wanted.FromConfiguration)
            throw InSettings(old);
        if (old is null)
            old = db.Budgets.Add(row).Entity;
        else if (old.TimeZone != row.TimeZone)
            await db.BudgetPeriods.Where(sum => sum.BudgetId == old.Id).ExecuteDeleteAsync(cancellationToken);
        (old.Cap, old.TimeZone, old.FromConfiguration) = (row.Cap, row.TimeZone, row.FromConfiguration);
        await db.SaveChangesAsync(cancellationToken);
        var cap = BudgetRows.ToBudget(old);
        if (cap.Period is not BudgetPeriod.Clip)
            await BudgetSums.EnsureAsync(db, cap, now, cancellationToken);
        var room = await BudgetSums.RoomAsync(db, cap, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return room;
    }

    /// <summary>Lifts a cap. What was spent stays in the ledger.</summary>
    /// <exception cref="RefusedException">There is none, it stands in the settings, or it is what was agreed to for a backfill.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Budgets.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_budget", "There is no such cap. It may have been lifted already.", $"Budget {id} does not exist."));
        if (row.FromConfiguration)
            throw InSettings(row);
        if (row.OfRun)
            throw RunCaps.Agreed(row, "It is lifted by itself when that is over.");
        db.Budgets.Remove(row);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds up every period of every cap from the ledger again.</summary>
    /// <returns>How many were wrong.</returns>
    public async Task<int> RecountAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var caps = (await AllAsync(db, cancellationToken)).ToDictionary(cap => cap.Id);
        var wrong = 0;
        foreach (var sum in await db.BudgetPeriods.AsNoTracking().ToListAsync(cancellationToken))
        {
            if (!caps.TryGetValue(sum.BudgetId, out var cap))
                continue;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.LockLedgerAsync(toAddUp: true, cancellationToken);
            wrong += await BudgetSums.RecountAsync(db, cap, sum.Period, cancellationToken) ? 1 : 0;
            await transaction.CommitAsync(cancellationToken);
        }

        return wrong;
    }

    /// <summary>Puts the caps of the settings in force.</summary>
    /// <param name="configured">Those of the settings.</param>
    /// <param name="how">What becomes of the others that came from settings.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Those that were lifted because they stand in the settings no more.</returns>
    internal async Task<IReadOnlyList<Budget>> ConfigureAsync(IReadOnlyCollection<Budget> configured, LimitsAtStart how, CancellationToken cancellationToken)
    {
        if (how is LimitsAtStart.Leave)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = (await AllAsync(db, cancellationToken)).ToList();
        var kept = new HashSet<Guid>();
        foreach (var cap in configured.Select(cap => cap with { FromConfiguration = true }))
        {
            if (how is LimitsAtStart.Replace || before.Find(one => one.IsLike(cap) && one.Cap.Currency == cap.Cap.Currency) is not { } there || (there.FromConfiguration && cap.Cap.Amount < there.Cap.Amount))
                kept.Add((await PutAsync(cap, cancellationToken)).Budget.Id);
        }

        if (how is LimitsAtStart.Tighten)
            return [];
        var lifted = before.FindAll(cap => cap.FromConfiguration && !kept.Contains(cap.Id));
        var ids = lifted.ConvertAll(cap => cap.Id);
        await db.Budgets.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        return lifted;
    }

    private async Task<IReadOnlyList<BudgetRoom>> RoomsAsync(ProductVideoDb db, IEnumerable<Budget> caps, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(db, cancellationToken);
        var rooms = new List<BudgetRoom>();
        foreach (var cap in caps)
            rooms.Add(await BudgetSums.RoomAsync(db, cap, now, cancellationToken));
        return rooms;
    }

    private static async Task<IEnumerable<Budget>> AllAsync(ProductVideoDb db, CancellationToken cancellationToken) =>
        (await db.Budgets.AsNoTracking().ToListAsync(cancellationToken)).Select(BudgetRows.ToBudget);

    private static RefusedException InSettings(BudgetRow row) => new(
        RefusalKind.Conflict,
        new Problem(
            "budget_in_settings", "This cap stands in the server's settings. Whoever runs the server changes it there and restarts it.",
            $"Budget {row.Id} comes from {SpendingOptions.Section}."));
}
