using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Data.Archive;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Data;

/// <summary>
/// Reads and writes generations. A worker claims a row with an owner token and a lease; each of its writes says that token and the version
/// it read, so a worker that slept past its lease writes nothing.
/// </summary>
internal sealed class GenerationStore(
    IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, IEnumerable<IWrittenTogether> companions)
{
    private readonly IWrittenTogether[] _companions = [.. companions];

    /// <summary>
    /// Adds a generation and the caller's key in one transaction. Where the key was used a moment ago, or an active generation has the same
    /// fingerprint, adds no generation and returns that one.
    /// </summary>
    /// <param name="generation">New, with version 0.</param>
    /// <param name="idempotency">The caller's key; null where none was given.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">The key led to nothing a moment ago, see <see cref="IdempotencyKeys.MadeNothing"/>, or was used for another request.</exception>
    internal Task<Generation> AddAsync(Generation generation, IdempotencyRow? idempotency, CancellationToken cancellationToken) =>
        AddAsync(generation, idempotency, again: true, cancellationToken);

    /// <summary>As <see cref="AddAsync(Generation, IdempotencyRow, CancellationToken)"/>.</summary>
    /// <param name="generation">New, with version 0.</param>
    /// <param name="idempotency">The caller's key; null where none was given.</param>
    /// <param name="again">Whether it is made though the very clip is published; else adds nothing then, and returns the one that is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">As there.</exception>
    internal async Task<Generation> AddAsync(Generation generation, IdempotencyRow? idempotency, bool again, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            db.Generations.Add(GenerationRows.ToRow(generation));
            if (idempotency is not null)
                db.IdempotencyKeys.Add(idempotency);
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                // Looked for once the row is in: before that, one that was under way may come onto its listing and make room for this one.
                if (!again && await Published(db, generation.Order.Fingerprint).FirstOrDefaultAsync(cancellationToken) is { } published)
                    return GenerationRows.FromRow(published);
                await WriteTogetherAsync(db, before: null, generation, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return generation;
            }
            catch (DbUpdateException e) when (attempt < 3 && DatabaseFaults.IsDuplicate(e))
            {
                if (await FindInsteadAsync(generation, idempotency, cancellationToken) is { } instead)
                    return instead;
                // The other one ended between the two statements: now there is room.
            }
        }
    }

    private async Task<Generation?> FindInsteadAsync(Generation generation, IdempotencyRow? idempotency, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var made = idempotency is null ? null : await db.IdempotencyKeys.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Caller == idempotency.Caller && row.Key == idempotency.Key, cancellationToken);
        if (made is null)
            return await FindActiveAsync(generation.Order.Fingerprint, cancellationToken);
        var id = IdempotencyKeys.MadeBy(made, idempotency!.RequestHash);
        return id == IdempotencyKeys.Nothing ? throw IdempotencyKeys.MadeNothing() : await FindAsync(id, cancellationToken);
    }

    /// <summary>Wherever it is, in the archive too.</summary>
    public async Task<Generation?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row
            ? GenerationRows.FromRow(row) : await GenerationArchive.FindAsync(db, id, cancellationToken);
    }

    public async Task<Generation?> FindActiveAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Fingerprint == fingerprint && row.Active, cancellationToken) is { } row ? GenerationRows.FromRow(row) : null;
    }

    /// <summary>The generation that published this very clip, if there is one.</summary>
    public async Task<Generation?> FindPublishedAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Published(db, fingerprint).FirstOrDefaultAsync(cancellationToken) is { } row ? GenerationRows.FromRow(row) : null;
    }

    /// <summary>The newest first. The state stands there by its name and not as a parameter, or its index could not be taken.</summary>
    internal static IQueryable<GenerationRow> Published(ProductVideoDb db, string fingerprint) => db.Generations.AsNoTracking()
        .Where(row => row.Fingerprint == fingerprint && row.State == nameof(GenerationState.Published)).OrderByDescending(row => row.CreatedAt);

    /// <summary>Those of these tasks of a provider that are some video's; see <see cref="HeldTasks"/>.</summary>
    /// <param name="provider">The provider's key.</param>
    /// <param name="tasks">Their ids there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="own">The generation whose own are left out of it; null for none.</param>
    public async Task<IReadOnlySet<string>> HeldTasksAsync(string provider, IReadOnlyCollection<string> tasks, CancellationToken cancellationToken, Guid? own = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await HeldTasks.AmongAsync(db, provider, tasks, own, cancellationToken);
    }

    /// <summary>Newest first, without those in the archive.</summary>
    public async Task<IReadOnlyList<Generation>> ListAsync(GenerationFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await GenerationLists.Rows(db, filter).ToListAsync(cancellationToken)).ConvertAll(GenerationRows.FromRow);
    }

    /// <summary>The newest generation of each of these products that has any.</summary>
    public async Task<IReadOnlyList<Generation>> LatestAsync(string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var newest = db.Generations.AsNoTracking()
            .Where(row => row.Shop == shop && products.Contains(row.ProductId))
            .GroupBy(row => row.ProductId)
            .Select(rows => rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).First());
        return (await newest.ToListAsync(cancellationToken)).ConvertAll(GenerationRows.FromRow);
    }

    /// <summary>Takes one generation to work on; null if it is not due, somebody else has it, or it is gone.</summary>
    public async Task<Generation?> ClaimAsync(Guid id, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var claimed = await db.Generations
            .Where(row => row.Id == id && row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + lease), cancellationToken);
        return claimed == 0 ? null : await FindAsync(id, cancellationToken);
    }

    /// <summary>
    /// Ids of what is due and free: by <see cref="Urgency"/>, and for every three of those one of the most overdue, so that nothing waits
    /// for ever behind what is always more urgent.
    /// </summary>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="only">Narrows it; null for all.</param>
    internal async Task<IReadOnlyList<Guid>> DueAsync(
        int count, CancellationToken cancellationToken, Expression<Func<GenerationRow, bool>>? only = null)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = only is null ? Due(db, now) : Due(db, now).Where(only);
        var urgent = await due.OrderBy(row => row.Urgency).ThenBy(row => row.DueAt).Take(count).Select(row => row.Id).ToListAsync(cancellationToken);
        if (urgent.Count < count || count < 4)
            return urgent;
        var overdue = await due.OrderBy(row => row.DueAt).Take(count / 4).Select(row => row.Id).ToListAsync(cancellationToken);
        var taken = overdue.Union(urgent).Take(count).ToHashSet();
        return [.. urgent.Union(overdue).Where(taken.Contains)];
    }

    /// <summary>Ids of finished clips that are due to be brought home, those that die first first.</summary>
    public async Task<IReadOnlyList<Guid>> DueDownloadsAsync(int count, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Due(db, now).Where(row => row.Urgency < Urgency.NoClipYet)
            .OrderBy(row => row.Urgency).Take(count).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>How many are due and free. Three looks, for each kind has an index of its own; see <see cref="GenerationClaims"/> and the sweep.</summary>
    internal async Task<int> CountDueAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Due(db, now).CountAsync(row => row.State == nameof(GenerationState.Rendering) && row.Urgency >= Urgency.NoClipYet, cancellationToken)
            + await Due(db, now).CountAsync(row => row.State == nameof(GenerationState.Planned) && row.Urgency >= Urgency.NoClipYet, cancellationToken)
            + await Due(db, now).CountAsync(
                row => (row.State != nameof(GenerationState.Planned) && row.State != nameof(GenerationState.Rendering)) || row.Urgency < Urgency.NoClipYet, cancellationToken);
    }

    /// <summary>How many wait for a person to say what a lost request led to; by the index of those at work, which they count among.</summary>
    internal async Task<int> CountInDoubtAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.CountAsync(row => row.Active && row.State == nameof(GenerationState.InDoubt), cancellationToken);
    }

    private static IQueryable<GenerationRow> Due(ProductVideoDb db, DateTimeOffset now) =>
        db.Generations.Where(row => row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now));

    /// <summary>Writes a claimed generation. Returns it as it stands now, or null if the claim was lost, its lease ran out or it was too late: then nothing was written.</summary>
    /// <param name="before">As it was read.</param>
    /// <param name="generation">As it shall be, with the version that was read.</param>
    /// <param name="owner">The claim's token.</param>
    /// <param name="keepFor">How long the claim is kept from now on; null gives it up.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="tooLate">Asked when all is written, just before it is committed: locks may have been waited for, for longer than a lease.</param>
    /// <exception cref="TaskTakenException">Its remote task is another generation's; nothing was written.</exception>
    public async Task<Generation?> SaveAsync(
        Generation before, Generation generation, string owner, TimeSpan? keepFor, CancellationToken cancellationToken, Func<bool>? tooLate = null)
    {
        var now = await clock.NowAsync(cancellationToken);
        var row = GenerationRows.ToRow(generation with { Version = generation.Version + 1, UpdatedAt = now });
        var keptOwner = keepFor is null ? null : owner;
        var keepUntil = now + keepFor;
        // A wish to cancel that came meanwhile is due at once, also where a finished clip would rest; one that was known is asked for in its time.
        var wishIsNew = generation.State is GenerationState.AwaitingReview || (row.DueAt is not null && before.CancelRequestedBy is null);
        // Never null, so that it is one statement, prepared once.
        var task = row.RemoteId ?? "";
        var frees = GenerationRows.FreesTask(before, generation);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var written = await TogetherAsync(db, before, generation, cancellationToken, () => db.Generations
            .Where(r => r.Id == row.Id && r.Owner == owner && r.LeaseUntil >= now && r.Version == generation.Version)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(r => r.State, row.State).SetProperty(r => r.Active, row.Active).SetProperty(r => r.Version, row.Version)
                    .SetProperty(r => r.Urgency, row.Urgency)
                    .SetProperty(r => r.DueAt, r => wishIsNew && r.CancelRequestedBy != null ? now : row.DueAt)
                    // Kept to the end and after: a task once taken is never taken for another generation.
                    .SetProperty(r => r.RemoteId, r => frees ? null : task == "" ? r.RemoteId : task).SetProperty(r => r.Document, row.Document)
                    .SetProperty(r => r.UpdatedAt, now).SetProperty(r => r.Owner, keptOwner).SetProperty(r => r.LeaseUntil, keepUntil),
                cancellationToken),
            tooLate);
        return written ? await FindAsync(row.Id, cancellationToken) : null;
    }

    /// <summary>Keeps a claim alive while an effect runs; false if the claim was lost or its lease ran out.</summary>
    public async Task<bool> RenewAsync(Guid id, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var until = now + lease;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.Where(row => row.Id == id && row.Owner == owner && row.LeaseUntil >= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken) > 0;
    }

    /// <summary>Makes the generation that waits for this task due now. Never changes what is true of it, nor its version.</summary>
    public async Task<HintOutcome> HintAsync(string provider, string remoteId, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var holder = db.Generations.Where(row => row.Provider == provider && row.RemoteId == remoteId);
        if (await holder.Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken) is not { } id)
            return new HintOutcome.Unknown();
        var waiting = holder.Where(row => row.State == nameof(GenerationState.Rendering) && row.DueAt != null);
        var due = await waiting.Where(row => row.Owner == null || row.LeaseUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, row => row.DueAt < now ? row.DueAt : now), cancellationToken);
        return due > 0 ? new HintOutcome.Due(id)
            : await waiting.AnyAsync(cancellationToken) ? new HintOutcome.Busy()
            : new HintOutcome.NotWaiting();
    }

    /// <summary>Gives up a claim without writing anything else: somebody else may go on at once.</summary>
    public async Task ReleaseAsync(Guid id, string owner, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Generations.Where(row => row.Id == id && row.Owner == owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Follows a person's command. Returns null if the state does not allow it.</summary>
    /// <exception cref="TaskTakenException">The task to adopt is another generation's; nothing was written.</exception>
    public async Task<Generation?> FollowAsync(Guid id, Command command, CancellationToken cancellationToken)
    {
        for (long? tried = null; await FindAsync(id, cancellationToken) is { } generation; tried = generation.Version)
        {
            var now = await clock.NowAsync(cancellationToken);
            // Who is at the shop this moment, maybe for minutes, and may be putting it there, is neither overruled nor waited for.
            if ((generation.State is GenerationState.Publishing && generation.Version == tried) || GenerationMachine.Follow(generation, command, now) is not { } followed)
                return null;
            if (await WriteCommandAsync(generation, followed, now, cancellationToken))
                return await FindAsync(id, cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await GenerationArchive.BringBackAsync(db, id, cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// Puts the holder of a task in doubt that the provider named a second time, whoever is at it: nothing more than reading is lost.
    /// </summary>
    /// <returns>The holder, as it was found.</returns>
    public async Task<Generation?> DoubtHolderAsync(string provider, string remoteId, CancellationToken cancellationToken)
    {
        while (await HolderAsync(provider, remoteId, cancellationToken) is { } holder)
        {
            var now = await clock.NowAsync(cancellationToken);
            if (GenerationMachine.TaskNamedAgain(holder, now) is not { } next
                || await WriteStateAsync(holder, holder with { State = next.State, DueAt = next.DueAt }, now, evenClaimed: true, cancellationToken))
                return holder;
        }

        return null;
    }

    /// <summary>Writes what became true of a generation without its worker, whoever is at it; false if it changed meanwhile.</summary>
    internal async Task<bool> OverruleAsync(Generation generation, Next next, CancellationToken cancellationToken) => await WriteStateAsync(
        generation, generation with { State = next.State, DueAt = next.DueAt }, await clock.NowAsync(cancellationToken), evenClaimed: true, cancellationToken);

    private async Task<Generation?> HolderAsync(string provider, string remoteId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.AsNoTracking().FirstOrDefaultAsync(row => row.Provider == provider && row.RemoteId == remoteId, cancellationToken)
            is { } row ? GenerationRows.FromRow(row) : null;
    }

    /// <summary>A wish to cancel is a column of its own, so that it never collides with the worker that holds the row.</summary>
    private async Task<bool> WriteCommandAsync(Generation before, Generation after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of what is tried for ever, whoever tries now loses the claim, or the command would wait for a shop that does not answer.
        if (!ReferenceEquals(before.State, after.State))
            return await WriteStateAsync(before, after, now, evenClaimed: before.State is GenerationState.Withdrawing, cancellationToken);
        // What was not sent is taken from whoever has it: what they write of it later, to send it, is written no more.
        var isUnsent = before.State is GenerationState.Planned;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Generations.Where(row => row.Id == before.Id && row.Version == before.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.CancelRequestedBy, after.CancelRequestedBy).SetProperty(row => row.DueAt, row => row.DueAt == null ? null : now)
                .SetProperty(row => row.Owner, row => isUnsent ? null : row.Owner).SetProperty(row => row.LeaseUntil, row => isUnsent ? null : row.LeaseUntil),
            cancellationToken) > 0;
    }

    private async Task<bool> WriteStateAsync(
        Generation before, Generation after, DateTimeOffset now, bool evenClaimed, CancellationToken cancellationToken)
    {
        var row = GenerationRows.ToRow(after);
        var task = row.RemoteId ?? "";
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var same = db.Generations.Where(r => r.Id == before.Id && r.Version == before.Version);
        return await TogetherAsync(db, before, after, cancellationToken, () => same.Where(r => evenClaimed || r.Owner == null || r.LeaseUntil < now).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(r => r.State, row.State).SetProperty(r => r.Active, row.Active).SetProperty(r => r.Document, row.Document)
                .SetProperty(r => r.DueAt, row.DueAt).SetProperty(r => r.Urgency, row.Urgency).SetProperty(r => r.RemoteId, r => task == "" ? r.RemoteId : task)
                .SetProperty(r => r.Version, before.Version + 1).SetProperty(r => r.CancelRequestedBy, row.CancelRequestedBy)
                .SetProperty(r => r.UpdatedAt, now),
            cancellationToken));
    }

    /// <summary>Writes the row and all that belongs to its change in one transaction; false if the row was not there to be written, or it was too late.</summary>
    private async Task<bool> TogetherAsync(
        ProductVideoDb db, Generation before, Generation generation, CancellationToken cancellationToken, Func<Task<int>> write, Func<bool>? tooLate = null)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await write() == 0)
                return false;
            await WriteTogetherAsync(db, before, generation, cancellationToken);
            if (tooLate?.Invoke() is true)
                return false;
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (DatabaseFaults.IsDuplicate(e))
        {
            throw new TaskTakenException($"Another generation has the task at {generation.Order.Provider} or, under way, the fingerprint of generation {generation.Id}.", e);
        }
    }

    /// <summary>Whether all that belongs to a new generation could be written now; writes nothing.</summary>
    /// <exception cref="RefusedException">It could not: there is no room in a cap.</exception>
    public async Task RehearseAsync(Generation generation, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WriteTogetherAsync(db, before: null, generation, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private async Task WriteTogetherAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        foreach (var companion in _companions)
            await companion.WriteAsync(db, before, after, cancellationToken);
    }
}
