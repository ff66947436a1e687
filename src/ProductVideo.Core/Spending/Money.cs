using System.Globalization;
using System.Text.Json.Serialization;

namespace ProductVideo.Spending;

/// <summary>An amount in one currency. Sums never mix currencies.</summary>
/// <param name="Amount">In the currency's main unit, for example 0.90 for ninety cents.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public readonly record struct Money(decimal Amount, string Currency) : IComparable<Money>
{
    public static Money Zero(string currency) => new(0m, currency);

    [JsonIgnore]
    public bool IsZero => Amount == 0m;

    public static Money operator +(Money a, Money b) => new(a.Amount + b.Amount, Same(a, b));

    public static Money operator -(Money a, Money b) => new(a.Amount - b.Amount, Same(a, b));

    public static Money operator *(Money a, int count) => new(a.Amount * count, a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other)
    {
        _ = Same(this, other);
        return Amount.CompareTo(other.Amount);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:0.00####} {Currency}");

    private static string Same(Money a, Money b) =>
        string.Equals(a.Currency, b.Currency, StringComparison.Ordinal)
            ? a.Currency
            : throw new InvalidOperationException($"{a} and {b} are of different currencies and can't be compared or added.");
}
