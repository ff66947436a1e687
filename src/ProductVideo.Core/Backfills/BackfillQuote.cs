using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>What a dry run found: how many videos of how many products at what price, and why the others are skipped.</summary>
/// <param name="Products">Of how many products videos would be made.</param>
/// <param name="Videos">How many.</param>
/// <param name="Prices">What they cost, for each currency; what costs nothing is not in it.</param>
/// <param name="Skipped">How many products are left out whole, by reason; each once.</param>
/// <param name="Shares">Who would make how many.</param>
/// <param name="IndexedAt">When the shop's products had last been gone through; null where they were named, and looked at for this.</param>
public sealed record BackfillQuote(
    int Products, int Videos, IReadOnlyList<Money> Prices, IReadOnlyDictionary<SkipReason, int> Skipped, IReadOnlyList<ProviderShare> Shares, DateTimeOffset? IndexedAt)
{
    /// <summary>Of how many of the products that are made some ratio is left out, other than for being there already.</summary>
    public int InPart { get; init; }

    /// <summary>Whether somebody who agreed to pay <paramref name="agreed"/> agreed to this quote.</summary>
    public bool IsCovered(IReadOnlyCollection<Money> agreed) =>
        Prices.All(price => agreed.Any(sum => sum.Currency == price.Currency && sum.Amount >= price.Amount));
}

/// <param name="Provider">The provider's key.</param>
/// <param name="Videos">How many.</param>
/// <param name="Price">For all of them.</param>
/// <param name="Seconds">How long all of them are together.</param>
public sealed record ProviderShare(string Provider, int Videos, Money Price, decimal Seconds);
