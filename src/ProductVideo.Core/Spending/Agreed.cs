namespace ProductVideo.Spending;

/// <summary>What somebody agreed to pay for one video at most: an amount for each currency, none where it must cost nothing.</summary>
internal static class Agreed
{
    /// <summary>The code where it costs more than was agreed to.</summary>
    public const string NotAgreed = "price_not_agreed";

    /// <summary>Whether a video may cost that. What costs nothing always may.</summary>
    /// <param name="agreed">null where no price was asked about: then any may be paid.</param>
    /// <param name="price">What it costs.</param>
    public static bool Covers(IReadOnlyList<Money>? agreed, Money price) =>
        // To the millionth, as money is counted: a program may have had the price in a binary fraction meanwhile.
        agreed is null || price.IsZero || agreed.Any(most => most.Currency == price.Currency && Micros.Of(price.Amount) <= Micros.Of(most.Amount));

    /// <summary>For example <c>0.70 USD or 3.00 CNY</c>; <c>no price</c> where it must cost nothing.</summary>
    public static string Words(IReadOnlyList<Money> agreed) => agreed.Count == 0 ? "no price" : string.Join(" or ", agreed);
}
