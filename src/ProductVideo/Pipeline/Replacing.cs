using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// A published clip takes the place of the product's earlier ones: in the transaction that says it is there, they are told to go. So a
/// listing is never without a video in between, and a crash leaves none behind. Which is earlier, when each was wanted says: one that a shop
/// took late takes nothing newer off, and goes itself.
/// </summary>
internal sealed class Replacing(IDatabaseClock clock) : IWrittenTogether
{
    /// <remarks>Before all that waits for a row of the product, and for one product a transaction: batches publish nothing.</remarks>
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (after.State is not GenerationState.Published published || before?.State is not GenerationState.Publishing)
            return;
        // Two that are published at once would not see each other, and both would stay.
        await db.LockListingAsync(after.Product, cancellationToken);
        var others = await OthersAsync(db, after, cancellationToken);
        if (others.Where(other => other.State is GenerationState.Published { KeepsEarlier: false } && IsLater(other, published)).MaxBy(WantedSince) is { } later)
        {
            // Its own row was written a moment ago.
            await MakeRoomAsync(db, after with { Version = after.Version + 1 }, later, cancellationToken);
        }
        else if (!published.KeepsEarlier)
        {
            foreach (var earlier in others.Where(other => !IsLater(other, published)))
                await MakeRoomAsync(db, earlier, after, cancellationToken);
        }
    }

    private static async Task<List<Generation>> OthersAsync(ProductVideoDb db, Generation after, CancellationToken cancellationToken)
    {
        var (shop, product) = (after.Product.Shop, after.Product.ProductId);
        var rows = await db.Generations.AsNoTracking()
            .Where(row => row.Shop == shop && row.ProductId == product && row.State == nameof(GenerationState.Published) && row.Id != after.Id)
            .ToListAsync(cancellationToken);
        // The same product in another ratio, ordered together, stays beside it.
        return [.. rows.Select(GenerationRows.FromRow).Where(video => after.Order.Backfill is null || video.Order.Backfill != after.Order.Backfill)];
    }

    private static bool IsLater(Generation other, GenerationState.Published published) => WantedSince(other) > (published.WantedSince ?? published.At);

    private static DateTimeOffset? WantedSince(Generation published) => (published.State as GenerationState.Published)?.WantedSince;

    private async Task MakeRoomAsync(ProductVideoDb db, Generation earlier, Generation after, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        if (GenerationMachine.Follow(earlier, new Command.Withdraw("a newer video", after.Id), now) is not { } going)
            return;
        var row = GenerationRows.ToRow(going);
        // Whoever changed it meanwhile took it off, and nothing else can happen to what is published.
        await db.Generations.Where(r => r.Id == row.Id && r.Version == earlier.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.State, row.State).SetProperty(r => r.Active, row.Active).SetProperty(r => r.Document, row.Document)
                .SetProperty(r => r.DueAt, row.DueAt).SetProperty(r => r.Urgency, row.Urgency).SetProperty(r => r.Version, earlier.Version + 1).SetProperty(r => r.UpdatedAt, now),
            cancellationToken);
    }
}
