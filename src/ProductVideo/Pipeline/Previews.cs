using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Prompts;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>Tells which of the orders that could be made would be, and what it may cost. Holds and writes nothing.</summary>
internal sealed class Previews(Budgets budgets)
{
    /// <param name="orders">Best first; at least one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<VideoPreview> OfAsync(IAsyncEnumerable<PreparedOrder> orders, CancellationToken cancellationToken)
    {
        var (first, made, noRoom) = ((PreparedOrder?)null, (PreparedOrder?)null, (RefusedException?)null);
        var standIns = new List<GenerationOrder>();
        await foreach (var prepared in orders.WithCancellation(cancellationToken))
        {
            first ??= prepared;
            if (made is not null)
                standIns.Add(prepared.Order);
            else if (await budgets.RefusalAsync(prepared.Product.Ref, prepared.Order, cancellationToken) is { } refused)
                noRoom ??= refused;
            else
                made = Creating.Instead(prepared, noRoom);
        }

        return made is not null ? new VideoPreview(made, standIns, NoRoom: null)
            : new VideoPreview(first ?? throw new InvalidOperationException("There was no order to choose from."), [], noRoom!.Problem);
    }
}

/// <summary>What would be ordered now, and what it may cost.</summary>
/// <param name="Prepared">The first order for which the caps have room; where they have room for none, the first.</param>
/// <param name="StandIns">Those behind it that would be made where it can't be, best first.</param>
/// <param name="NoRoom">Why the caps let none be ordered now; null where they do.</param>
public sealed record VideoPreview(PreparedOrder Prepared, IReadOnlyList<GenerationOrder> StandIns, Problem? NoRoom)
{
    public ProductSnapshot Product => Prepared.Product;

    public GenerationOrder Order => Prepared.Order;

    public Composition Composition => Prepared.Composition;

    public Money Price => Order.Price.Amount;

    /// <summary>The most that a stand-in costs, one amount for each currency; of the price's own only what is more than that. Empty where none costs more.</summary>
    public IReadOnlyList<Money> UpTo =>
    [
        .. StandIns.Select(order => order.Price.Amount).Where(price => !price.IsZero).GroupBy(price => price.Currency, StringComparer.Ordinal)
            .Select(prices => prices.Max()).Where(most => most.Currency != Price.Currency || most > Price),
    ];

    /// <summary>What is agreed to by whoever orders it at these prices, see <see cref="Spending.Agreed"/>.</summary>
    public IReadOnlyList<Money> Agreed => Price.IsZero || UpTo.Any(most => most.Currency == Price.Currency) ? UpTo : [Price, .. UpTo];
}
