using ProductVideo.Generations;
using ProductVideo.Providers;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Spending;

/// <summary>The rule of the money as a total, pure function: what a change of state moves, given what was moved before.</summary>
/// <remarks>
/// The last move is asked for because states alone don't tell it: a clip whose address died goes from Fetching back to Rendering, maybe on
/// into doubt and back, and was paid for at the first time it was ready.
/// </remarks>
internal static class MoneyMoves
{
    /// <summary>What to write into the books; null if nothing moves.</summary>
    /// <param name="last">The generation's last move; null if there is none.</param>
    /// <param name="before">Null for a new generation.</param>
    /// <param name="after">As it is written.</param>
    public static MoneyMove? Of(MoneyMove? last, Generation? before, Generation after) => last switch
    {
        null when before is null => after.Order.Price.Amount is { Amount: > 0 } price ? new MoneyMove(MoneyMoveKind.Hold, price) : null,
        // Nothing was held, because it was to be free: what the provider charges nevertheless is spent all the same.
        null => ReportedBy(after.State) is { Amount: > 0 } cost ? new MoneyMove(MoneyMoveKind.Settle, cost, MoneyNotes.OverEstimate) : null,
        { Kind: MoneyMoveKind.Hold, Amount: var held } => Close(held, before, after),
        _ => null,
    };

    /// <summary>Whether a generation in this state could have just moved money; where not, the books need not be opened.</summary>
    public static bool MayClose(GenerationState state) => state is Fetching or Failed or Cancelled;

    /// <summary>Whether a provider that says it charged <paramref name="told"/> took more than was held for it.</summary>
    public static bool IsOver(Money held, Money told) => told.Currency == held.Currency ? told > held : held.IsZero && !told.IsZero;

    /// <summary>What a provider says that it charged; null where it says nothing, or what nobody can have meant.</summary>
    public static Money? AsMeant(Money? told) => told is { Amount: >= 0 and <= Micros.Largest } ? told : null;

    private static MoneyMove? Close(Money held, Generation? before, Generation after) => after.State switch
    {
        Fetching { ReportedCost: { Amount: >= 0 } cost } => Actual(held, cost),
        Fetching => Actual(held, Price(before, after) ?? held),
        Cancelled { Cost: { Amount: > 0 } cost } => Actual(held, cost),
        Cancelled { Charged: true } => new MoneyMove(MoneyMoveKind.Settle, Price(before, after) ?? held, MoneyNotes.Unproven),
        // Cancelled before anything was sent, or with the provider's word that it makes and charges nothing.
        Cancelled => new MoneyMove(MoneyMoveKind.Release, held),
        Failed { Cost.Amount: 0 } => new MoneyMove(MoneyMoveKind.Release, held),
        Failed { Cost: { Amount: > 0 } cost } => Actual(held, cost),
        Failed failed => IsCharged(before?.State, failed.Problem, after.Order.Billing)
            ? new MoneyMove(MoneyMoveKind.Settle, Price(before, after) ?? held, MoneyNotes.Unproven) : new MoneyMove(MoneyMoveKind.Release, held),
        _ => null,
    };

    /// <summary>What it costs since it was sent; null where that is what was held.</summary>
    private static Money? Price(Generation? before, Generation after) => after.State is Fetching fetching ? fetching.Price : before?.State switch
    {
        Rendering rendering => rendering.Price,
        InDoubt doubt => doubt.Price ?? doubt.Intent?.Price,
        _ => null,
    };

    private static Money? ReportedBy(GenerationState state) => state switch
    {
        Fetching fetching => fetching.ReportedCost ?? fetching.Price,
        Failed failed => failed.Cost,
        Cancelled cancelled => cancelled.Cost,
        _ => null,
    };

    private static MoneyMove Actual(Money held, Money cost) =>
        cost.Currency != held.Currency ? new MoneyMove(MoneyMoveKind.Settle, held, MoneyNotes.OtherCurrency)
        : new MoneyMove(MoneyMoveKind.Settle, cost, cost > held ? MoneyNotes.OverEstimate : null);

    /// <summary>Whether a generation that ended without a clip may have been charged for.</summary>
    internal static bool IsCharged(GenerationState? before, Problem problem, BillingRule billing) => before switch
    {
        // Refused: surely no task was made.
        Planned or Submitting => false,
        Rendering => billing switch
        {
            BillingRule.Free => false,
            // A task that is gone may have ended well and been charged before its clip was thrown away.
            BillingRule.OnSuccess => problem.Code == Problem.TaskGone,
            BillingRule.OnModerationToo => problem.Code is Problem.TaskGone or Problem.ContentRefused,
            _ => true,
        },
        // Given up in doubt.
        _ => billing is not BillingRule.Free,
    };
}
