using ProductVideo.Generations;

namespace ProductVideo.Spending;

/// <summary>What is said when a cap says no.</summary>
internal static class BudgetRefusals
{
    /// <summary>The code where it is a cap on one run alone that says no: whoever runs it passes the video over.</summary>
    public const string OfRun = "backfill_budget_exceeded";

    /// <summary>The code where no wait helps: the video is charged in a currency that a cap does not count.</summary>
    public const string Currency = "budget_currency";

    /// <summary>The code where no wait helps: one clip is dearer than one may be.</summary>
    public const string OfClip = "budget_clip_exceeded";

    /// <summary>What no wait helps against: a cap that counts another currency only, or one clip dearer than one may be. null if there is nothing of the kind.</summary>
    /// <param name="caps">All that cover the order.</param>
    /// <param name="price">What it costs.</param>
    public static RefusedException? OfPrice(IReadOnlyList<Budget> caps, Money price)
    {
        if (caps.FirstOrDefault(cap => cap.Cap.Currency != price.Currency && !caps.Any(c => c.IsLike(cap) && c.Cap.Currency == price.Currency)) is { } foreign)
            return OtherCurrency(foreign, price);
        return Counting(caps, price).Where(cap => cap.Period is BudgetPeriod.Clip).OrderBy(cap => cap.Cap).FirstOrDefault(cap => cap.Cap < price) is { } highest
            ? TooDear(highest, price) : null;
    }

    /// <summary>Those that add up what is ordered, always in the same order.</summary>
    /// <param name="caps">All that cover the order.</param>
    /// <param name="price">What it costs.</param>
    public static IEnumerable<Budget> Summing(IReadOnlyList<Budget> caps, Money price) =>
        Counting(caps, price).Where(cap => cap.Period is not BudgetPeriod.Clip).OrderBy(cap => cap.Id);

    public static RefusedException NoRoom(BudgetRoom room, Money price) => OverBudget(
        CodeFor(room.Budget, "budget_exceeded"),
        $"This video costs {price}, but only {room.Left} is left of {BudgetWords.Of(room.Budget)}: {room.Spent} is spent and {room.Held} is held for videos "
            + $"that are not finished. {Wait(room.Budget)}{More(room.Budget)}, or choose a cheaper video.",
        $"Budget {room.Budget.Id}, period {room.Period}: cap {room.Budget.Cap}, held {room.Held}, spent {room.Spent}; {price} does not fit.");

    private static RefusedException TooDear(Budget cap, Money price) => OverBudget(
        OfClip,
        $"This video costs {price}, more than {BudgetWords.Of(cap)}. Choose a shorter or cheaper video, or raise the cap under Spending.",
        $"Budget {cap.Id} lets one clip cost {cap.Cap}; this one is estimated at {price}.");

    private static RefusedException OtherCurrency(Budget cap, Money price) => OverBudget(
        CodeFor(cap, Currency),
        $"This video is charged in {price.Currency}, but {BudgetWords.Of(cap)} counts {cap.Cap.Currency} only, and no exchange rate is assumed. "
            + $"{(cap.OfRun ? "Make another backfill" : $"Set the same cap in {price.Currency} too under Spending")}, or choose a provider that charges in {cap.Cap.Currency}.",
        $"Budget {cap.Id} is in {cap.Cap.Currency} and covers an order priced {price}; there is no like cap in {price.Currency}.");

    private static IEnumerable<Budget> Counting(IReadOnlyList<Budget> caps, Money price) => caps.Where(cap => cap.Cap.Currency == price.Currency);

    private static string CodeFor(Budget cap, string code) => cap is { Scope: BudgetScope.Backfill, Subject: not null, Period: BudgetPeriod.Ever } ? OfRun : code;

    private static RefusedException OverBudget(string code, string merchant, string @operator) =>
        new(RefusalKind.OverBudget, new Problem(code, merchant, @operator));

    private static string More(Budget cap) => cap.OfRun ? "make another backfill for what is left" : "raise the cap under Spending";

    private static string Wait(Budget cap) => cap.Period switch
    {
        BudgetPeriod.Day => "Wait for tomorrow, ",
        BudgetPeriod.Month => "Wait for the next month, ",
        _ => "Wait for those to finish, ",
    };
}
