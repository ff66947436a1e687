using System.ComponentModel.DataAnnotations;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>An amount of money that a caller names.</summary>
internal sealed record MoneyBody
{
    /// <summary>In the currency's main unit, 0 or more.</summary>
    [Required]
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217, upper case.</summary>
    [Required]
    public string? Currency { get; init; }

    internal Money ToMoney(string field) => Amount is { } amount and >= 0 and <= Micros.Largest && Currencies.IsKnown(Currency)
        ? new Money(amount, Currency!)
        : throw Caller.Bad(field, "An amount of money is a number from 0 and a currency of ISO 4217, for example {\"amount\": 25, \"currency\": \"EUR\"}.");

    internal static MoneyBody Of(Money money) => new() { Amount = money.Amount, Currency = money.Currency };

    /// <summary>Prices that somebody agrees to: each currency once.</summary>
    internal static IReadOnlyList<Money> Prices(IReadOnlyList<MoneyBody>? prices, string otherwise) =>
        Each(prices ?? throw Caller.Bad("prices", otherwise), "prices");

    /// <summary>The most that somebody agrees to pay for one video: each currency once; null where none was named.</summary>
    internal static IReadOnlyList<Money>? Agreed(IReadOnlyList<MoneyBody>? agreed) => agreed is null ? null : Each(agreed, "agreed");

    private static IReadOnlyList<Money> Each(IReadOnlyList<MoneyBody> prices, string field)
    {
        var agreed = prices.Select((price, place) => (price ?? new()).ToMoney($"{field}[{place}]")).ToList();
        return agreed.DistinctBy(price => price.Currency, StringComparer.Ordinal).Count() == agreed.Count
            ? agreed : throw Caller.Bad(field, $"'{field}' names a currency twice. Give one amount for each.");
    }
}

/// <summary>Lists in bodies.</summary>
internal static class BodyLists
{
    /// <summary>The list without nothing in it; empty where it was left out.</summary>
    public static IReadOnlyList<string> Words(IReadOnlyList<string>? words, string field) =>
        words is null ? [] : words.Any(word => word is null) ? throw Caller.Bad(field, $"'{field}' holds a null. Leave it out.") : words;
}
