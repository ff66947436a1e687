using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// A run's own caps: what was agreed, or less where the run's cap says so. They are caps like all others, so each order holds its price
/// against them in the transaction that writes it, and none goes a cent beyond.
/// </summary>
internal static class RunCaps
{
    /// <summary>Which must be free, where nothing else was agreed; in any currency, for what is in another one passes no cap.</summary>
    private const string Any = "USD";

    /// <summary>Sets them if the backfill is running.</summary>
    public static async Task SetAsync(ProductVideoDb db, Backfill backfill, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (backfill is not { State: BackfillState.Running, Consent: { } consent })
            return;
        await RemoveAsync(db, backfill.Id, cancellationToken);
        foreach (var cap in CapsOf(backfill.Plan.Caps.Money, consent))
            db.Budgets.Add(BudgetRows.ToRow(new Budget(Guid.CreateVersion7(now), BudgetScope.Backfill, SubjectOf(backfill.Id), BudgetPeriod.Ever, cap)));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Lifts those of a run that is over: what it spent stays in the ledger.</summary>
    public static Task RemoveAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(backfill);
        return db.Budgets.Where(row => row.Scope == BudgetScope.Backfill && row.Subject == subject).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>As orders and caps name the run.</summary>
    public static string SubjectOf(Guid backfill) => backfill.ToString();

    private static IEnumerable<Money> CapsOf(Money? most, Consent consent)
    {
        var agreed = consent.Prices.Where(price => !price.IsZero).ToList();
        if (most is { } cap)
            agreed = [.. agreed.Where(price => price.Currency == cap.Currency).Select(price => price.Amount < cap.Amount ? price : cap)];
        return agreed.Count > 0 ? agreed : [Money.Zero(most?.Currency ?? Any)];
    }
}
