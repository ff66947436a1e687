namespace ProductVideo.Spending;

/// <summary>One entry in the books of one generation.</summary>
/// <param name="Kind">What happens to the money.</param>
/// <param name="Amount">Held, spent or given back; never below zero.</param>
/// <param name="Note">Of <see cref="MoneyNotes"/>; null where all is as expected.</param>
public sealed record MoneyMove(MoneyMoveKind Kind, Money Amount, string? Note = null);

public enum MoneyMoveKind
{
    /// <summary>Put aside when the video was ordered, at the estimated price.</summary>
    Hold,

    /// <summary>Spent: the hold becomes the actual amount.</summary>
    Settle,

    /// <summary>Surely nothing was charged: the hold is given back.</summary>
    Release,
}

/// <summary>What is remarkable about an entry; stable words for programs.</summary>
internal static class MoneyNotes
{
    /// <summary>The provider charged more than was held. The money is gone already, so it is written down even over a cap.</summary>
    public const string OverEstimate = "over_estimate";

    /// <summary>Nobody can prove that nothing was charged, so the estimate counts as spent.</summary>
    public const string Unproven = "counts_as_spent";

    /// <summary>A second task of the same order, which surfaced late: charged beside the one that was used, or given back where it could be stopped.</summary>
    public const string Duplicate = "duplicate_charge";

    /// <summary>The provider reported its charge in another currency than it quoted; the estimate counts.</summary>
    public const string OtherCurrency = "other_currency";
}
