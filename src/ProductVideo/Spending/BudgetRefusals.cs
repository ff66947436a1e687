using ProductVideo.Generations;

namespace ProductVideo.Spending;

/// <summary>What is said when a cap says no.</summary>
internal static class BudgetRefusals
{
    public static RefusedException NoRoom(BudgetRoom room, Money price) => OverBudget(
        "budget_exceeded",
        $"This video costs {price}, but only {room.Left} is left of {BudgetWords.Of(room.Budget)}: {room.Spent} is spent and {room.Held} is held for videos "
            + $"that are not finished. {Wait(room.Budget)}raise the cap under Spending, or choose a cheaper video.",
        $"Budget {room.Budget.Id}, period {room.Period}: cap {room.Budget.Cap}, held {room.Held}, spent {room.Spent}; {price} does not fit.");

    public static RefusedException TooDear(Budget cap, Money price) => OverBudget(
        "budget_exceeded",
        $"This video costs {price}, more than {BudgetWords.Of(cap)}. Choose a shorter or cheaper video, or raise the cap under Spending.",
        $"Budget {cap.Id} lets one clip cost {cap.Cap}; this one is estimated at {price}.");

    public static RefusedException OtherCurrency(Budget cap, Money price) => OverBudget(
        "budget_currency",
        $"This video is charged in {price.Currency}, but {BudgetWords.Of(cap)} counts {cap.Cap.Currency} only, and no exchange rate is assumed. "
            + $"Set the same cap in {price.Currency} too under Spending, or choose a provider that charges in {cap.Cap.Currency}.",
        $"Budget {cap.Id} is in {cap.Cap.Currency} and covers an order priced {price}; there is no like cap in {price.Currency}.");

    private static RefusedException OverBudget(string code, string merchant, string @operator) =>
        new(RefusalKind.OverBudget, new Problem(code, merchant, @operator));

    private static string Wait(Budget cap) => cap.Period switch
    {
        BudgetPeriod.Day => "Wait for tomorrow, ",
        BudgetPeriod.Month => "Wait for the next month, ",
        _ => "Wait for those to finish, ",
    };
}
