using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using static ProductVideo.Rendering.RenderOrderState;

namespace ProductVideo.Data;

/// <summary>Render orders as rows, claimed by lease like generations.</summary>
internal sealed class RenderOrders(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock) : IRenderOrders
{
    public async Task AddAsync(string id, VideoRequest request, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO render_orders ("Id", "State", "Request", "Progress", "Background", "Starts", "CreatedAt")
             VALUES ({id}, {nameof(Waiting)}, {Json.Write(request)}, 0, {request.InBackground}, 0, {now.UtcTicks})
             ON CONFLICT ("Id") DO NOTHING
             """,
            cancellationToken);
    }

    public async Task<RenderOrder?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.RenderOrders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? FromRow(row) : null;
    }

    public async Task<bool> StopAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.RenderOrders
            .Where(row => row.Id == id && (row.State == nameof(Waiting) || row.State == nameof(RenderOrderState.Rendering)))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, nameof(Stopped)).SetProperty(row => row.Owner, (string?)null), cancellationToken) > 0;
    }

    public async Task<RenderOrder?> ClaimNextAsync(string owner, TimeSpan lease, CancellationToken cancellationToken, bool express = false)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = db.RenderOrders.Where(row =>
                (row.State == nameof(Waiting) && (row.LeaseUntil == null || row.LeaseUntil <= now))
                || (row.State == nameof(RenderOrderState.Rendering) && row.LeaseUntil < now));
            if (express)
                free = free.Where(row => !row.Background);
            if (await free.OrderBy(row => row.Background).ThenBy(row => row.CreatedAt).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken) is not { } id)
                return null;
            var claimed = await free.Where(row => row.Id == id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, nameof(RenderOrderState.Rendering)).SetProperty(row => row.Owner, owner)
                    .SetProperty(row => row.LeaseUntil, now + lease).SetProperty(row => row.Starts, row => row.Starts + 1)
                    .SetProperty(row => row.Progress, 0),
                cancellationToken);
            if (claimed > 0)
                return await FindAsync(id, cancellationToken);
        }
    }

    public async Task<bool> ReportAsync(string id, string owner, double progress, TimeSpan lease, CancellationToken cancellationToken)
    {
        var until = await clock.NowAsync(cancellationToken) + lease;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, id, owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Progress, progress).SetProperty(row => row.LeaseUntil, until), cancellationToken) > 0;
    }

    public async Task<bool> FinishAsync(string id, string owner, string resultKey, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, id, owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, nameof(Done)).SetProperty(row => row.Progress, 1).SetProperty(row => row.ResultKey, resultKey)
                .SetProperty(row => row.Owner, (string?)null),
            cancellationToken) > 0;
    }

    public async Task<bool> FailAsync(string id, string owner, Problem problem, CancellationToken cancellationToken)
    {
        var json = Json.Write(problem);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, id, owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, nameof(Failed)).SetProperty(row => row.Problem, json).SetProperty(row => row.Owner, (string?)null),
            cancellationToken) > 0;
    }

    public async Task<bool> PutOffAsync(
        string id, string owner, RenderSetback setback, TimeSpan wait, bool counts, CancellationToken cancellationToken)
    {
        var (json, until, started) = (Json.Write(setback), await clock.NowAsync(cancellationToken) + wait, counts ? 0 : 1);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, id, owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, nameof(Waiting)).SetProperty(row => row.Owner, (string?)null)
                .SetProperty(row => row.LeaseUntil, until).SetProperty(row => row.Starts, row => row.Starts - started)
                .SetProperty(row => row.Progress, 0).SetProperty(row => row.Problem, json),
            cancellationToken) > 0;
    }

    public async Task GiveBackAsync(string id, string owner, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // A render that its host gave back did not kill it, so that start does not count.
        await Mine(db, id, owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, nameof(Waiting)).SetProperty(row => row.Owner, (string?)null)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null).SetProperty(row => row.Starts, row => row.Starts - 1),
            cancellationToken);
    }

    private static IQueryable<RenderOrderRow> Mine(ProductVideoDb db, string id, string owner) =>
        db.RenderOrders.Where(row => row.Id == id && row.Owner == owner && row.State == nameof(RenderOrderState.Rendering));

    private static RenderOrder FromRow(RenderOrderRow row)
    {
        var state = Enum.Parse<RenderOrderState>(row.State);
        return new RenderOrder(
            row.Id, Json.Read<VideoRequest>(row.Request), state, row.Progress, row.Starts, row.ResultKey,
            state is Failed ? Json.Read<Problem>(row.Problem!) : null,
            state is Waiting or RenderOrderState.Rendering && row.Problem is { } setback ? Json.Read<RenderSetback>(setback) : null);
    }
}
