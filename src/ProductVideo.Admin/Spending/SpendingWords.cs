using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>How the page says what caps and entries are.</summary>
internal static class SpendingWords
{
    public static string Title(Budget budget) => budget.Scope switch
    {
        BudgetScope.Everything => "Everything",
        BudgetScope.Shop => $"Shop “{budget.Subject}”",
        BudgetScope.Provider => $"Provider “{budget.Subject}”",
        BudgetScope.ApiKey => $"API key “{budget.Subject}…”",
        _ => budget.Subject is null ? "All backfills" : $"Backfill “{budget.Subject}”",
    };

    public static string ScopeOf(BudgetScope scope) => scope switch
    {
        BudgetScope.Everything => "Everything",
        BudgetScope.Shop => "A shop",
        BudgetScope.Provider => "A provider",
        BudgetScope.ApiKey => "An API key",
        _ => "Backfills",
    };

    public static string SubjectOf(BudgetScope scope) => scope switch
    {
        BudgetScope.Shop => "Shop key",
        BudgetScope.Provider => "Provider",
        BudgetScope.ApiKey => "Its first nine characters",
        _ => "Backfill run; empty for all together",
    };

    public static string PeriodOf(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Clip => "Per video",
        BudgetPeriod.Day => "Per day",
        BudgetPeriod.Month => "Per month",
        _ => "In all",
    };

    public static string KindOf(MoneyMoveKind kind) => kind switch
    {
        MoneyMoveKind.Hold => "Held",
        MoneyMoveKind.Settle => "Spent",
        _ => "Given back",
    };

    public static Tone ToneOf(MoneyMoveKind kind) => kind switch
    {
        MoneyMoveKind.Hold => Tone.Moving,
        MoneyMoveKind.Settle => Tone.Good,
        _ => Tone.Over,
    };

    /// <summary>What a note means; null if there is none.</summary>
    public static string? NoteOf(string? note) => note switch
    {
        MoneyNotes.OverEstimate => "More than estimated",
        MoneyNotes.Unproven => "Counts as spent: nobody can prove otherwise",
        MoneyNotes.Duplicate => "A task of the same order that turned up late",
        MoneyNotes.OtherCurrency => "Charged in another currency; the estimate counts",
        _ => null,
    };
}
