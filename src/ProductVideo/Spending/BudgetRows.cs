using ProductVideo.Data;

namespace ProductVideo.Spending;

/// <summary>Caps between the program and the database.</summary>
internal static class BudgetRows
{
    public static Budget ToBudget(BudgetRow row) => new(
        row.Id, row.Scope, row.Subject.Length == 0 ? null : row.Subject, row.Period, Micros.ToMoney(row.Cap, row.Currency), row.TimeZone,
        row.FromConfiguration, row.OfRun);

    public static BudgetRow ToRow(Budget budget) => new()
    {
        Id = budget.Id,
        Scope = budget.Scope,
        Subject = budget.Subject ?? "",
        Period = budget.Period,
        Cap = Micros.Of(budget.Cap.Amount),
        Currency = budget.Cap.Currency,
        TimeZone = budget.TimeZone,
        FromConfiguration = budget.FromConfiguration,
        OfRun = budget.OfRun,
    };
}
