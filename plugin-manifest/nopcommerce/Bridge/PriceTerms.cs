namespace ProductVideo.Bridge;

/// <summary>What decides whether a product has a price of its own that shoppers are shown.</summary>
/// <param name="IsGrouped">Whether it only holds others together, each with a price of its own.</param>
/// <param name="IsRental">Whether its price is that of a time.</param>
/// <param name="CallForPrice">Whether shoppers have to ask for it.</param>
/// <param name="CustomerEntersPrice">Whether shoppers say what they pay.</param>
public readonly record struct PriceTerms(bool IsGrouped, bool IsRental, bool CallForPrice, bool CustomerEntersPrice)
{
    public bool HavePrice => this == default;
}
