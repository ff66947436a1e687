using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Choosing;

/// <summary>
/// Nobody takes over from a video that somebody wants cancelled. Its row is locked before it is asked: a wish that comes later finds written
/// down who takes over, and cancels that one.
/// </summary>
internal sealed class StillWanted : IWrittenTogether
{
    /// <exception cref="RefusedException">It is cancelled.</exception>
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is not null || after.Order.InsteadOf is not { } first)
            return;
        var rows = db.Generations.Where(row => row.Id == first);
        await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelRequestedBy, row => row.CancelRequestedBy), cancellationToken);
        if (await rows.Select(row => row.CancelRequestedBy).FirstOrDefaultAsync(cancellationToken) is { } by)
        {
            // Asked again it ends, and nobody takes over.
            throw new RefusedException(
                RefusalKind.Unavailable, new Problem("cancelled", "The video was cancelled, so nobody makes it instead.", $"{by} cancelled generation {first} while it was handed over."));
        }
    }
}
