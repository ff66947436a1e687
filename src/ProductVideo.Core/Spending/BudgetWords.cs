namespace ProductVideo.Spending;

/// <summary>How a cap is named in sentences, the same wherever it is named.</summary>
internal static class BudgetWords
{
    /// <summary>For example <c>the monthly cap of 100.00 EUR for shop “sample”</c>.</summary>
    public static string Of(Budget budget) => $"the {PeriodOf(budget.Period)} of {budget.Cap}{ForWhom(budget)}";

    private static string PeriodOf(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Clip => "highest price of one video",
        BudgetPeriod.Day => "daily cap",
        BudgetPeriod.Month => "monthly cap",
        BudgetPeriod.Ever => "cap",
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, message: null),
    };

    private static string ForWhom(Budget budget) => budget.Scope switch
    {
        BudgetScope.Everything => "",
        BudgetScope.Shop => $" for shop “{budget.Subject}”",
        BudgetScope.Provider => $" for provider “{budget.Subject}”",
        BudgetScope.ApiKey => $" for API key “{budget.Subject}…”",
        BudgetScope.Backfill when budget.Subject is null => " for all backfills",
        BudgetScope.Backfill => $" for backfill “{budget.Subject}”",
        _ => throw new ArgumentOutOfRangeException(nameof(budget), budget.Scope, message: null),
    };
}
