using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>Which backfills may be deleted: those that are not under way and ordered nothing, for of nothing else their pages tell what was made and paid for.</summary>
internal static class Deleting
{
    /// <summary>The code of the refusal where something was ordered.</summary>
    public const string HasOrdered = "backfill_has_ordered";

    /// <summary>Sees to it that nothing is lost with it; for a decision, within the transaction that deletes it.</summary>
    /// <exception cref="RefusedException">It ordered something, its schedule made runs, or it is under way.</exception>
    public static async Task DemandAsync(ProductVideoDb db, Backfill backfill, CancellationToken cancellationToken)
    {
        if (await WhyKeptAsync(db, backfill, cancellationToken) is { } why)
            throw new RefusedException(RefusalKind.Conflict, why);
    }

    /// <returns>Null if it may be deleted.</returns>
    public static async Task<Problem?> WhyKeptAsync(ProductVideoDb db, Backfill backfill, CancellationToken cancellationToken)
    {
        if (BackfillMachine.IsUnstarted(backfill.State))
            return null;
        var isOver = BackfillMachine.IsOver(backfill.State);
        if (await HasOrderedAsync(db, backfill.Id, cancellationToken))
            return Kept("This backfill ordered videos, so it is kept: it tells what they cost and what became of them.", isOver, backfill);
        if (backfill.Plan.Schedule.Cron is not null && await db.Backfills.AnyAsync(run => run.Shop == backfill.Shop && run.RunOf == backfill.Id, cancellationToken))
            return Kept("This schedule made runs, so it is kept: they tell what was made and what it cost.", isOver, backfill);
        return isOver ? null : new Problem(
            "not_in_this_state", "A backfill that was started can't be deleted as long as it may order something. Cancel it first.", $"Backfill {backfill.Id} is {backfill.State}.");
    }

    private static Problem Kept(string why, bool isOver, Backfill backfill) =>
        new(HasOrdered, isOver ? why : $"{why} Cancel it if it shall order nothing more.", $"Backfill {backfill.Id} is {backfill.State}, and orders or runs stand in its name.");

    /// <summary>By its lines, and by the ledger, so that no money is ever without its backfill.</summary>
    private static async Task<bool> HasOrderedAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken)
    {
        var subject = RunCaps.SubjectOf(backfill);
        return await db.BackfillItems.AnyAsync(item => item.BackfillId == backfill && item.OrderedAt != null, cancellationToken)
            || await db.SpendEntries.AnyAsync(entry => entry.Backfill == subject, cancellationToken);
    }
}
