using Microsoft.EntityFrameworkCore;
using ProductVideo.Rendering;

namespace ProductVideo.Data.Archive;

/// <summary>
/// Forgets render orders that ended a month ago. Their clips are in the blob store; an order is only asked for while its generation is under
/// way, and one that still is keeps it.
/// </summary>
/// <param name="provider">The key of the provider whose tasks they are.</param>
/// <param name="databases">Where they lie.</param>
/// <param name="clock">The deciding one.</param>
internal sealed class EndedRenderOrders(string provider, IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock) : IChore
{
    private const int Together = 500;

    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    public string Name => "render-orders";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken)
    {
        var (since, before) = (new DateTimeOffset(from ?? 0, TimeSpan.Zero), await clock.NowAsync(cancellationToken) - KeepFor);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ended = await (
            from row in db.RenderOrders.AsNoTracking()
            where row.State == nameof(RenderOrderState.Done) || row.State == nameof(RenderOrderState.Failed) || row.State == nameof(RenderOrderState.Stopped)
            where row.CreatedAt >= since && row.CreatedAt < before
            where !db.Generations.Any(one => one.Provider == provider && one.RemoteId == row.Id && one.Active)
            orderby row.CreatedAt
            select new { row.Id, row.CreatedAt }).Take(Together).ToListAsync(cancellationToken);
        var ids = ended.ConvertAll(row => row.Id);
        await db.RenderOrders.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        return ended.Count == Together ? ended[^1].CreatedAt.UtcTicks : null;
    }
}
