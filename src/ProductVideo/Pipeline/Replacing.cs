using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// A published clip takes the place of the product's earlier ones: in the transaction that says it is there, they are told to go. So a
/// listing is never without a video in between, and a crash leaves none behind.
/// </summary>
internal sealed class Replacing(IDatabaseClock clock) : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (after.State is not GenerationState.Published || before?.State is not GenerationState.Publishing { KeepEarlier: false })
            return;
        var (shop, product) = (after.Product.Shop, after.Product.ProductId);
        var earlier = await db.Generations.AsNoTracking()
            .Where(row => row.Shop == shop && row.ProductId == product && row.State == nameof(GenerationState.Published) && row.Id != after.Id)
            .ToListAsync(cancellationToken);
        // The same product in another ratio, ordered together, stays beside it.
        foreach (var video in earlier.Select(GenerationRows.FromRow).Where(video => after.Order.Backfill is null || video.Order.Backfill != after.Order.Backfill))
            await MakeRoomAsync(db, video, after, cancellationToken);
    }

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
