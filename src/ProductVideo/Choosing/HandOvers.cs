using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Choosing;

/// <summary>Orders the clip of the next provider where the one before made none. Asked twice, it gives the same generation.</summary>
internal sealed class HandOvers(Ordering ordering, ChosenOrders chosen, Creating creating, IdempotencyKeys idempotency)
{
    private const string Caller = "handover";

    /// <summary>Under which the one that takes over is kept, so that it is one.</summary>
    internal static (IdempotencyKey Key, string Hash) KeyOf(Guid generation) => (new IdempotencyKey(Caller, $"{generation:n}"), $"handover of {generation:n}");

    /// <param name="generation">That ended without a clip, with somebody to stand in.</param>
    /// <param name="handover">Whether the first may have been paid.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Answer> RunAsync(Generation generation, Handover handover, CancellationToken cancellationToken)
    {
        var (key, hash) = KeyOf(generation.Id);
        if (await idempotency.FindAsync(key, hash, cancellationToken) is { } done)
            return new Answer.HandedOver(done);
        var order = generation.Order;
        var standIns = order.StandIns ?? throw new InvalidOperationException($"Nobody stands in for generation {generation.Id}.");
        // What a restored backup does not show may have been paid for already, by whoever took over then. And one that may have been paid stays
        // so, whoever stood in for it since.
        var freeOnly = standIns.FreeOnly || generation.FromBackup || (handover.MayHavePaid && !standIns.MayPayTwice);
        try
        {
            var taken = await ordering.TakeAsync(generation.Product, order.Wishes, cancellationToken);
            var requester = new Requester(order.RequestedBy, order.Origin, order.ApiKey, order.Backfill, standIns.Agreed);
            var orders = chosen.OrdersAsync(taken, order.Wishes, requester, standIns, freeOnly, cancellationToken)
                .Select(prepared => prepared with
                {
                    // Nor does it show whether their clip was published since, and taken off by a person.
                    Order = prepared.Order with { InsteadOf = generation.Id, AutoApprove = prepared.Order.AutoApprove && !generation.FromBackup },
                });
            var created = await creating.AddFirstAsync(orders, generation.Attempt + 1, key, hash, order.Wishes.Again, cancellationToken);
            return new Answer.HandedOver(created.Generation.Id);
        }
        catch (RefusedException e)
        {
            return new Answer.NotHandedOver(e.Problem, MayPass: e.Kind is RefusalKind.Unavailable);
        }
    }
}
