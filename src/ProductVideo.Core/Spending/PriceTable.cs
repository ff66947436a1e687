using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Spending;

/// <summary>What one provider charges, as dated data. A price that stands in no row is not known, which is never the same as free.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Rows">In any order.</param>
public sealed record PriceTable(string Provider, IReadOnlyList<PriceRow> Rows)
{
    /// <summary>The price on <paramref name="day"/>; null if none is known.</summary>
    /// <param name="model">The model asked for.</param>
    /// <param name="resolution">The provider's own word; null where it has none.</param>
    /// <param name="quantity">What is bought.</param>
    /// <param name="day">The row that began last, on or before this day, counts.</param>
    public PriceEstimate? Estimate(string model, string? resolution, PriceQuantity quantity, DateOnly day)
    {
        var row = Rows
            .Where(row => row.Model == model && row.From <= day && (row.Resolution is null || row.Resolution == resolution))
            // A row for this very resolution says more than one for all, however old it is.
            .OrderByDescending(row => row.Resolution is not null).ThenByDescending(row => row.From).FirstOrDefault();
        return row is not null && Units(row.Unit, quantity) is { } units
            ? new PriceEstimate(new Money(Micros.RoundUp(row.Amount.Amount * units), row.Amount.Currency), row.From) : null;
    }

    /// <summary>The price on <paramref name="day"/>.</summary>
    /// <exception cref="RefusedException">None is known; code <c>no_price_known</c>.</exception>
    public PriceEstimate EstimateOrRefuse(string model, string? resolution, PriceQuantity quantity, DateOnly day) =>
        Estimate(model, resolution, quantity, day) ?? throw new RefusedException(
            RefusalKind.Invalid,
            new Problem(
                "no_price_known",
                $"The price of this video is not known: the price list has no entry for model “{model}”{(resolution is null ? "" : $" in {resolution}")}. "
                    + "Choose another model or resolution, or ask whoever runs the server to add the price.",
                $"The price table of {Provider} has no row for {model}, {resolution ?? "any resolution"}, on {day:O}, or its unit can't be counted for this request."),
            "model");

    private static decimal? Units(PriceUnit unit, PriceQuantity quantity) => unit switch
    {
        PriceUnit.Second => quantity.Seconds,
        PriceUnit.Clip => 1,
        PriceUnit.MillionTokens => quantity.Tokens / 1_000_000m,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, message: null),
    };
}

/// <summary>What one unit costs from one day on.</summary>
/// <param name="From">The first day that it is valid on; a later row of the same model and resolution ends it.</param>
/// <param name="Model">The model.</param>
/// <param name="Resolution">The provider's own word; null for all that have no row of their own.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">Per unit.</param>
public sealed record PriceRow(DateOnly From, string Model, string? Resolution, PriceUnit Unit, Money Amount);

public enum PriceUnit
{
    /// <summary>A second of the clip.</summary>
    Second,
    Clip,
    MillionTokens,
}

/// <summary>How much is bought.</summary>
/// <param name="Seconds">The clip's length.</param>
/// <param name="Tokens">As the provider counts them; null where it does not.</param>
public readonly record struct PriceQuantity(decimal Seconds, decimal? Tokens = null);
