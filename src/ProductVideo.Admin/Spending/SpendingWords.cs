using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>How the page says what caps and entries are.</summary>
internal static class SpendingWords
{
    /// <param name="budget">A cap that is not on one backfill, which has a name of its own.</param>
    /// <param name="providers">Know their names.</param>
    /// <param name="shops">Know theirs.</param>
    public static string Title(Budget budget, VideoProviders providers, Shops shops) => budget.Scope switch
    {
        BudgetScope.Everything => "Everything",
        BudgetScope.Shop => Shop(shops, budget.Subject!),
        BudgetScope.Provider => Provider(providers, budget.Subject!),
        BudgetScope.ApiKey => $"API key “{budget.Subject}…”",
        _ => "All backfills",
    };

    public static string Shop(Shops shops, string key) => $"Shop “{shops.NameOf(key)}”";

    public static string Provider(VideoProviders providers, string key) => $"Provider “{providers.NameOf(key)}”";

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
