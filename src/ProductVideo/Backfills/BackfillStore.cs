using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Backfills;

/// <summary>Backfills as rows: claimed by lease to be moved, written by version when a person or the work changes them.</summary>
internal sealed class BackfillStore(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, PipelineOptions pipeline)
{
    public async Task AddAsync(Backfill backfill, Func<ProductVideoDb, Task>? follow, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Backfills.Add(BackfillMapping.ToRow(backfill));
        await db.SaveChangesAsync(cancellationToken);
        if (follow is not null)
            await follow(db);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<Backfill?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Backfills.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? BackfillMapping.ToBackfill(row) : null;
    }

    /// <summary>How many products were named for it.</summary>
    internal async Task<int> CountNamesAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.BackfillNames.CountAsync(row => row.BackfillId == id, cancellationToken);
    }

    /// <summary>The products that were named for it.</summary>
    internal async Task<IReadOnlyList<string>> NamesAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.BackfillNames.Where(row => row.BackfillId == id).Select(row => row.ProductId).OrderBy(product => product).ToListAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Backfill>> ListAsync(BackfillFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.Backfills.AsNoTracking();
        if (filter.Shop is { } shop)
            rows = rows.Where(row => row.Shop == shop);
        if (filter.RunOf is { } parent)
            rows = rows.Where(row => row.RunOf == parent);
        if (!filter.WithRuns)
            rows = rows.Where(row => row.RunOf == null);
        if (filter.Before is { } before)
            rows = rows.Where(row => row.CreatedAt < before.CreatedAt || (row.CreatedAt == before.CreatedAt && row.Id.CompareTo(before.Id) < 0));
        return (await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(filter.Take).ToListAsync(cancellationToken)).ConvertAll(BackfillMapping.ToBackfill);
    }

    /// <summary>How long what only finds a price is due behind what orders.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Takes the most urgent backfill that is due; null if none is.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="only">Takes this one or none; null for any.</param>
    internal async Task<ClaimedBackfill?> ClaimNextAsync(CancellationToken cancellationToken, Guid? only = null)
    {
        var now = await clock.NowAsync(cancellationToken);
        var owner = Nonce.New();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var free = Free(db, now);
            if (only is { } id)
                free = free.Where(row => row.Id == id);
            if (await MostUrgentFirst(free.AsNoTracking(), now).FirstOrDefaultAsync(cancellationToken) is not { } next)
                return null;
            var claimed = await free.Where(row => row.Id == next.Id && row.Version == next.Version).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + pipeline.Lease), cancellationToken);
            if (claimed > 0)
                return new ClaimedBackfill(BackfillMapping.ToBackfill(next), owner) 
                {
                    Place = new DryRunPlace(next.Cursor, next.OutOfScope, BackfillMapping.ToLeftOut(next.LeftOut)), Failures = next.Failures, FailureCode = next.FailureCode,
                };
        }
    }

    /// <summary>Those that are due and that nobody has.</summary>
    internal static IQueryable<BackfillRow> Free(ProductVideoDb db, DateTimeOffset now) =>
        db.Backfills.Where(row => row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now));

    /// <summary>
    /// What was stopped, then what orders, by its priority, and last what only finds a price: that spends nothing, and a list of many names is due
    /// again after each page. Those take turns, whatever their priority; one that waited for long comes before what orders, which may be due all the time.
    /// </summary>
    internal static IQueryable<BackfillRow> MostUrgentFirst(IQueryable<BackfillRow> due, DateTimeOffset now)
    {
        var late = now - LongestWait;
        return due
            .OrderBy(row => row.State == nameof(BackfillState.Cancelled) || row.State == nameof(BackfillState.Paused) ? 0 : row.State != nameof(BackfillState.Quoting) ? 2 : row.DueAt < late ? 1 : 3)
            .ThenBy(row => row.State == nameof(BackfillState.Quoting) ? 0 : row.Priority).ThenBy(row => row.DueAt);
    }

    /// <summary>Writes what the work found, with what <paramref name="follow"/> writes, and gives the claim up; false, and nothing, if it was lost or a person came between.</summary>
    /// <param name="claim">As claimed; after it was written, as it is then.</param>
    /// <param name="after">As it shall be.</param>
    /// <param name="follow">Writes in the same transaction.</param>
    /// <param name="keep">Whether the claim is kept for another while.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="place">How far the dry run is with what is written here; null for as far as before.</param>
    internal async Task<bool> SaveAsync(
        ClaimedBackfill claim, Backfill after, Func<ProductVideoDb, Task>? follow, bool keep, CancellationToken cancellationToken, DryRunPlace? place = null)
    {
        place ??= claim.Place;
        var until = await clock.NowAsync(cancellationToken) + pipeline.Lease;
        var row = BackfillMapping.ToRow(after);
        var owner = keep ? claim.Owner : null;
        var leftOut = BackfillMapping.ToText(place.LeftOut);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.Backfills.Where(r => r.Id == row.Id && r.Owner == claim.Owner && r.Version == claim.Backfill.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.State, row.State).SetProperty(r => r.Quote, row.Quote).SetProperty(r => r.QuotedAt, row.QuotedAt)
                .SetProperty(r => r.StartedAt, row.StartedAt).SetProperty(r => r.EndedAt, row.EndedAt)
                .SetProperty(r => r.PausedAt, row.PausedAt).SetProperty(r => r.PausedFor, row.PausedFor).SetProperty(r => r.StoppedBy, row.StoppedBy)
                .SetProperty(r => r.Problem, row.Problem).SetProperty(r => r.DueAt, row.DueAt).SetProperty(r => r.Version, row.Version + 1)
                .SetProperty(r => r.Consent, row.Consent).SetProperty(r => r.Cursor, place.Cursor).SetProperty(r => r.OutOfScope, place.OutOfScope).SetProperty(r => r.LeftOut, leftOut)
                .SetProperty(r => r.Owner, owner).SetProperty(r => r.LeaseUntil, owner == null ? null : until),
            cancellationToken);
        if (written == 0)
            return false;
        if (follow is not null)
            await follow(db);
        await transaction.CommitAsync(cancellationToken);
        (claim.Backfill, claim.Place) = (after with { Version = claim.Backfill.Version + 1 }, place);
        return true;
    }

    /// <summary>Gives the claim up and writes nothing else: whoever comes next goes on at once.</summary>
    internal async Task ReleaseAsync(ClaimedBackfill claim, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Backfills.Where(row => row.Id == claim.Backfill.Id && row.Owner == claim.Owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Follows a person's word, whoever is at it: the claim is taken away, and what its holder writes later is written no more.</summary>
    /// <returns>As it is now; null if the state does not allow it.</returns>
    internal async Task<Backfill?> FollowAsync(Guid id, Func<Backfill, Backfill?> follow, Func<ProductVideoDb, Backfill, Task>? together, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } before)
        {
            if (follow(before) is not { } after)
                return null;
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await OverruleAsync(db, before, after, cancellationToken))
                continue;
            if (together is not null)
                await together(db, after);
            await transaction.CommitAsync(CancellationToken.None);
            return after with { Version = before.Version + 1 };
        }

        return null;
    }

    /// <summary>
    /// Takes one out of sight, whoever is at it: nobody starts, prices or shows it any more, and what the holder of its claim writes later is written no
    /// more. Its rows go bit by bit; see <c>DeletedBackfills</c>.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="demand">Throws where it must stay. What it reads stays so: nothing is ordered for the backfill meanwhile.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    internal async Task<bool> DeleteAsync(Guid id, Func<ProductVideoDb, Backfill, Task> demand, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } before)
        {
            var now = await clock.NowAsync(cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Backfills.Where(row => row.Id == id && row.Version == before.Version).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, BackfillRow.Deleted).SetProperty(row => row.Version, before.Version + 1).SetProperty(row => row.DueAt, now)
                    .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
                cancellationToken) == 0)
                continue;
            await demand(db, before);
            await RunCaps.ForgetAsync(db, id, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        }

        return false;
    }

    /// <summary>The runs of a schedule that are not over, newest first: one, but for those of before that nobody started.</summary>
    internal async Task<IReadOnlyList<Backfill>> OpenRunsAsync(Guid schedule, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await OpenRuns(db, schedule).ToListAsync(cancellationToken)).ConvertAll(BackfillMapping.ToBackfill);
    }

    /// <inheritdoc cref="FollowRunsAsync(ProductVideoDb, Backfill, Func{Backfill, Backfill}, CancellationToken)"/>
    internal async Task<IReadOnlyList<Backfill>> FollowRunsAsync(Backfill schedule, Func<Backfill, Backfill?> follow, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FollowRunsAsync(db, schedule, follow, cancellationToken);
    }

    /// <summary>What is said of a schedule holds for the runs that it made: written in the transaction of <paramref name="db"/>, so that one is never said without the other.</summary>
    /// <returns>Those for which something followed, as they are now.</returns>
    internal static async Task<IReadOnlyList<Backfill>> FollowRunsAsync(ProductVideoDb db, Backfill schedule, Func<Backfill, Backfill?> follow, CancellationToken cancellationToken)
    {
        if (schedule.Plan.Schedule.Cron is null)
            return [];
        var followed = new List<Backfill>();
        foreach (var id in await OpenRuns(db, schedule.Id).Select(row => row.Id).ToListAsync(cancellationToken))
        {
            while (await db.Backfills.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row)
            {
                var before = BackfillMapping.ToBackfill(row);
                if (follow(before) is not { } after)
                    break;
                if (!await OverruleAsync(db, before, after, cancellationToken))
                    continue;
                followed.Add(after with { Version = before.Version + 1 });
                break;
            }
        }

        return followed;
    }

    private static IQueryable<BackfillRow> OpenRuns(ProductVideoDb db, Guid schedule) => db.Backfills.AsNoTracking()
        .Where(row => row.RunOf == schedule && row.State != nameof(BackfillState.Done) && row.State != nameof(BackfillState.Cancelled))
        .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);

    /// <summary>Lets wait for a person what would go on ordering by itself. Whoever has one of them just now writes nothing more.</summary>
    /// <param name="of">Of which.</param>
    /// <param name="why">Shown until it is resumed.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal static async Task PauseAllAsync(IQueryable<BackfillRow> of, Problem why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var problem = Json.Write(why);
        await of.Where(row => row.State == nameof(BackfillState.Running) || row.State == nameof(BackfillState.Scheduled)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, nameof(BackfillState.Paused)).SetProperty(row => row.Problem, problem).SetProperty(row => row.DueAt, (DateTimeOffset?)null)
                .SetProperty(row => row.PausedAt, now).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        // Those that would start by themselves once their price is known.
        await of.Where(row => row.State == nameof(BackfillState.Quoting) && row.Consent != null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Consent, (string?)null).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }

    /// <summary>Writes it, whoever has it; false, and nothing, if it changed meanwhile.</summary>
    private static async Task<bool> OverruleAsync(ProductVideoDb db, Backfill before, Backfill after, CancellationToken cancellationToken)
    {
        var row = BackfillMapping.ToRow(after);
        var restarts = after.State is BackfillState.Quoting;
        return await db.Backfills.Where(r => r.Id == before.Id && r.Version == before.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.Name, row.Name).SetProperty(r => r.Plan, row.Plan).SetProperty(r => r.Priority, row.Priority)
                .SetProperty(r => r.State, row.State).SetProperty(r => r.Quote, row.Quote).SetProperty(r => r.QuotedAt, row.QuotedAt)
                .SetProperty(r => r.Consent, row.Consent).SetProperty(r => r.StartedAt, row.StartedAt).SetProperty(r => r.EndedAt, row.EndedAt)
                .SetProperty(r => r.PausedAt, row.PausedAt).SetProperty(r => r.PausedFor, row.PausedFor)
                .SetProperty(r => r.StoppedBy, row.StoppedBy).SetProperty(r => r.Problem, row.Problem).SetProperty(r => r.DueAt, row.DueAt)
                .SetProperty(r => r.Version, before.Version + 1).SetProperty(r => r.Cursor, r => restarts ? null : r.Cursor)
                .SetProperty(r => r.OutOfScope, r => restarts ? 0 : r.OutOfScope).SetProperty(r => r.LeftOut, r => restarts ? null : r.LeftOut).SetProperty(r => r.Failures, 0).SetProperty(r => r.FailureCode, (string?)null)
                .SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) > 0;
    }
}

/// <summary>A backfill that one node moves now.</summary>
/// <param name="backfill">As it was read, and then as it was last written.</param>
/// <param name="owner">The claim's token.</param>
internal sealed class ClaimedBackfill(Backfill backfill, string owner)
{
    public Backfill Backfill { get; set; } = backfill;

    public string Owner { get; } = owner;

    /// <summary>How far its dry run is, as it was last written.</summary>
    public required DryRunPlace Place { get; set; }

    /// <summary>Is told of so many more products that the dry run went through.</summary>
    public Action<int>? Seen { get; set; }

    /// <summary>How many videos failed one after the other for the same reason.</summary>
    public int Failures { get; init; }

    public string? FailureCode { get; init; }
}

/// <param name="Shop">Only of this shop.</param>
/// <param name="RunOf">Only the runs of this schedule.</param>
/// <param name="Before">Only those older than this.</param>
/// <param name="Take">How many.</param>
/// <param name="WithRuns">Also what schedules made.</param>
internal sealed record BackfillFilter(string? Shop = null, Guid? RunOf = null, Backfill? Before = null, int Take = 50, bool WithRuns = true);
