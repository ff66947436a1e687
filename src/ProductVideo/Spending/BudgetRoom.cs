namespace ProductVideo.Spending;

/// <summary>How a cap stands in one period.</summary>
/// <param name="Budget">The cap.</param>
/// <param name="Period">Which day or month; null for the cap on one clip, which sums nothing up.</param>
/// <param name="Held">Put aside for what is under way or in doubt.</param>
/// <param name="Spent">Gone.</param>
public sealed record BudgetRoom(Budget Budget, string? Period, Money Held, Money Spent)
{
    /// <summary>What may still be ordered; zero where the cap was lowered, or a video cost more than it was to.</summary>
    public Money Left => Budget.Cap - Held - Spent is { Amount: > 0 } left ? left : Money.Zero(Budget.Cap.Currency);
}
