using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>A cap while it is written.</summary>
public sealed class CapForm
{
    /// <summary>Whether it is a new one; of one that is there only amount and zone can change.</summary>
    public bool IsNew { get; init; } = true;

    public BudgetScope Scope { get; set; }

    public string? Subject { get; set; }

    public BudgetPeriod Period { get; set; } = BudgetPeriod.Month;

    public decimal Amount { get; set; } = 100;

    public string Currency { get; set; } = "USD";

    public string TimeZone { get; set; } = "UTC";

    public static CapForm Of(Budget budget) => new()
    {
        IsNew = false,
        Scope = budget.Scope,
        Subject = budget.Subject,
        Period = budget.Period,
        Amount = budget.Cap.Amount,
        Currency = budget.Cap.Currency,
        TimeZone = budget.TimeZone,
    };

    public Budget ToBudget() => new(
        Guid.CreateVersion7(), Scope, Scope is BudgetScope.Everything || string.IsNullOrWhiteSpace(Subject) ? null : Subject.Trim(), Period,
        new Money(Amount, Currency.Trim().ToUpperInvariant()), TimeZone.Trim());
}
