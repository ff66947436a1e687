namespace ProductVideo.Spending;

/// <summary>Money as it is stored and added up in SQL: whole millionths, so that sums are exact in every engine.</summary>
internal static class Micros
{
    private const decimal PerUnit = 1_000_000m;

    /// <summary>The largest amount that is taken: sums of many stay within 64 bits.</summary>
    public const decimal Largest = 1_000_000_000m;

    /// <summary>Millionths; what is finer is rounded up, so that never less is counted than is charged.</summary>
    /// <exception cref="OverflowException">It does not fit into 64 bits.</exception>
    public static long Of(decimal amount) => (long)decimal.Ceiling(amount * PerUnit);

    public static Money ToMoney(long micros, string currency) => new(micros / PerUnit, currency);

    public static decimal RoundUp(decimal amount) => decimal.Ceiling(amount * PerUnit) / PerUnit;
}
