using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// A run's own caps: what was agreed, or less where the run's cap says so. They are caps like all others, so each order holds its price
/// against them in the transaction that writes it, and none goes a cent beyond. What somebody else caps of the run stands beside them.
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
            db.Budgets.Add(BudgetRows.ToRow(new Budget(Guid.CreateVersion7(now), BudgetScope.Backfill, SubjectOf(backfill.Id), BudgetPeriod.Ever, cap, OfRun: true)));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Lifts those of a run that is over: what it spent stays in the ledger.</summary>
    public static Task RemoveAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(backfill);
        return db.Budgets.Where(row => row.Scope == BudgetScope.Backfill && row.Subject == subject && row.OfRun).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Lifts every cap on one that is deleted, also what somebody capped: it will never count anything.</summary>
    public static Task ForgetAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(backfill);
        return db.Budgets.Where(row => row.Scope == BudgetScope.Backfill && row.Subject == subject).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Sees to it that somebody's cap on a backfill counts something, and that nobody believes it to let more through than was agreed to.</summary>
    /// <exception cref="RefusedException">There is no such backfill, it is a schedule, or no more than that was agreed to.</exception>
    public static async Task DemandAsync(ProductVideoDb db, Budget cap, CancellationToken cancellationToken)
    {
        var subject = cap.Subject!;
        var row = Guid.TryParse(subject, out var id) && SubjectOf(id) == subject ? await db.Backfills.AsNoTracking().FirstOrDefaultAsync(known => known.Id == id, cancellationToken) : null;
        if (row is null)
            throw Wrong($"There is no backfill '{subject}'. Give its id, or leave 'subject' out for all backfills together.");
        if (BackfillMapping.ToBackfill(row).Plan.Schedule.Cron is not null)
            throw Wrong($"'{subject}' is a schedule, which orders nothing itself. Cap one of its runs by that one's id, or all backfills together.");
        if (cap.Period is not BudgetPeriod.Ever)
            return;
        var most = Micros.Of(cap.Cap.Amount);
        var agreed = await db.Budgets.AsNoTracking().FirstOrDefaultAsync(
            own => own.Scope == BudgetScope.Backfill && own.Subject == subject && own.OfRun && own.Currency == cap.Cap.Currency && own.Cap <= most, cancellationToken);
        if (agreed is not null)
            throw Agreed(agreed, "Set a lower one, or make another backfill.");
    }

    /// <summary>What is said where somebody would raise or lift a run's own cap.</summary>
    public static RefusedException Agreed(BudgetRow own, string instead) => new(
        RefusalKind.Conflict,
        new Problem(
            "budget_agreed_to", $"{BudgetRows.ToBudget(own).Cap} is what was agreed to for this backfill, and holds as long as it runs. {instead}",
            $"Budget {own.Id} is backfill {own.Subject}'s own."));

    /// <summary>As orders and caps name the run.</summary>
    public static string SubjectOf(Guid backfill) => backfill.ToString();

    private static RefusedException Wrong(string text) => new(RefusalKind.Invalid, new Problem("invalid_budget", text, text), "subject");

    private static IEnumerable<Money> CapsOf(Money? most, Consent consent)
    {
        var agreed = consent.Prices.Where(price => !price.IsZero).ToList();
        if (most is { } cap)
            agreed = [.. agreed.Where(price => price.Currency == cap.Currency).Select(price => price.Amount < cap.Amount ? price : cap)];
        return agreed.Count > 0 ? agreed : [Money.Zero(most?.Currency ?? Any)];
    }
}
