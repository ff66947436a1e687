using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>
/// A published clip takes the place of the product's earlier ones: in the transaction that says it is there, they are told to go. So a
/// listing is never without a video in between, and a crash leaves none behind. Which is earlier, when each was wanted says: one that a shop
/// took late takes nothing newer off, and goes itself.
/// Of a product with clips of several ratios only those of the new one's ratio go. Where none has it, all make room; but not for what was
/// made because the product changed, nor for one ratio of a backfill that makes several: those are meant to stand beside the others.
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
        if (others.Count == 0)
            return;
        var ofTheirRatio = await OfTheirRatioAsync(db, [after, .. others], cancellationToken);
        var laterOnes = others.Where(other => other.State is GenerationState.Published { KeepsEarlier: false } && IsLater(other, published)
            && (IsOfSameRatio(other, after) || !(ofTheirRatio.Contains(other.Id) || ofTheirRatio.Contains(after.Id))));
        if (laterOnes.MaxBy(WantedSince) is { } later)
        {
            // Its own row was written a moment ago.
            await MakeRoomAsync(db, after with { Version = after.Version + 1 }, later, cancellationToken);
        }
        else if (!published.KeepsEarlier)
        {
            var earlierOnes = others.Where(other => !IsLater(other, published)).ToList();
            var same = earlierOnes.Where(other => IsOfSameRatio(other, after)).ToList();
            foreach (var earlier in same.Count > 0 || ofTheirRatio.Contains(after.Id) ? same : earlierOnes)
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

    /// <summary>Those of them that take no clip of another ratio off.</summary>
    private static async Task<HashSet<Guid>> OfTheirRatioAsync(ProductVideoDb db, IReadOnlyList<Generation> videos, CancellationToken cancellationToken)
    {
        var runs = videos.Select(video => video.Order.BackfillId).OfType<Guid>().Distinct().ToList();
        var plans = runs.Count == 0 ? [] : await db.Backfills.AsNoTracking().Where(row => runs.Contains(row.Id)).Select(row => new { row.Id, row.Plan }).ToListAsync(cancellationToken);
        var ofSeveral = plans.Where(run => Json.Read<BackfillPlan>(run.Plan).MakesSeveral).Select(run => run.Id).ToHashSet();
        return [.. videos.Where(video => video.Order.Origin is GenerationOrigin.Regeneration || (video.Order.BackfillId is { } run && ofSeveral.Contains(run))).Select(video => video.Id)];
    }

    private static bool IsOfSameRatio(Generation one, Generation other) => one.Order.Request.Aspect == other.Order.Request.Aspect;

    private static bool IsLater(Generation other, GenerationState.Published published) => WantedSince(other) > (published.WantedSince ?? published.At);

    private static DateTimeOffset? WantedSince(Generation published) => (published.State as GenerationState.Published)?.WantedSince;

    private async Task MakeRoomAsync(ProductVideoDb db, Generation earlier, Generation after, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(db, cancellationToken);
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
