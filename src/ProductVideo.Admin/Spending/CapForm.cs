using ProductVideo.Admin.Layout;
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

    public TypedNumber Amount { get; } = new(NumberKind.Money) { IsRequired = true, Value = 100 };

    public string Currency { get; set; } = "USD";

    public string TimeZone { get; set; } = "UTC";

    public static CapForm Of(Budget budget)
    {
        var form = new CapForm
        {
            IsNew = false,
            Scope = budget.Scope,
            Subject = budget.Subject,
            Period = budget.Period,
            Currency = budget.Cap.Currency,
            TimeZone = budget.TimeZone,
        };
        form.Amount.Value = budget.Cap.Amount;
        return form;
    }

    /// <exception cref="InvalidOperationException">The amount has a mistake.</exception>
    public Budget ToBudget() => new(
        Guid.CreateVersion7(), Scope, Scope is BudgetScope.Everything || string.IsNullOrWhiteSpace(Subject) ? null : Subject.Trim(), Period,
        new Money(Amount.Value ?? throw new InvalidOperationException("Ask for the amount's mistake before a cap is made of it."), Currency.Trim().ToUpperInvariant()),
        TimeZone.Trim());
}
