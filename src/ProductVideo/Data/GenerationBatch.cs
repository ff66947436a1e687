using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>Writes many claimed generations at once, with all that belongs to each change, in one transaction: all of them or none.</summary>
internal sealed class GenerationBatch(
    IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, IEnumerable<IWrittenTogether> companions, BatchTurn turn)
{
    private readonly IWrittenTogether[] _companions = [.. companions];

    /// <summary>What <see cref="GenerationStore.SaveAsync"/> does for one. Who lost its claim, or changed meanwhile, is not written.</summary>
    /// <param name="at">Gives what to write, by the deciding clock: all of the same owner, and in states that batches move; see <see cref="GenerationClaims"/>.</param>
    /// <param name="owner">The claims' token.</param>
    /// <param name="lease">How long the claims are kept that are kept.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="tooLate">Asked when all is written, just before it is committed; then nothing is.</param>
    public Task<SavedGenerations> SaveAsync(
        Func<DateTimeOffset, IReadOnlyList<GenerationSave>> at, string owner, TimeSpan lease, CancellationToken cancellationToken, Func<bool>? tooLate = null) =>
        turn.TakeAsync(() => SaveNowAsync(at, owner, lease, cancellationToken, tooLate), cancellationToken);

    private async Task<SavedGenerations> SaveNowAsync(
        Func<DateTimeOffset, IReadOnlyList<GenerationSave>> at, string owner, TimeSpan lease, CancellationToken cancellationToken, Func<bool>? tooLate)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = await clock.NowAsync(db, cancellationToken);
        var saves = at(now);
        var changes = saves.Select(save => new GenerationChange(save.Before, save.After)).ToList();
        var refused = new Dictionary<Guid, Exception>();
        foreach (var companion in _companions)
        {
            foreach (var (id, why) in await companion.ScreenAsync(db, changes, cancellationToken))
                refused.TryAdd(id, why);
        }

        var passed = InLockOrder(saves.Where(save => !refused.ContainsKey(save.After.Id)));
        var written = await WriteAsync(db, passed, owner, now, now + lease, cancellationToken);
        var done = passed.Where(save => written.ContainsKey(save.After.Id)).Select(save => new GenerationChange(save.Before, save.After)).ToList();
        foreach (var companion in _companions)
            await companion.WriteManyAsync(db, done, cancellationToken);
        if (tooLate?.Invoke() is true)
            return new SavedGenerations(now, new Dictionary<Guid, Generation>(), refused);
        await transaction.CommitAsync(cancellationToken);
        return new SavedGenerations(
            now, done.ToDictionary(change => change.After.Id, change => AsWritten(change, written[change.After.Id], now)), refused);
    }

    /// <summary>With a wish to cancel that came since it was read.</summary>
    private static Generation AsWritten(GenerationChange change, string? cancelledBy, DateTimeOffset now) => change.After with
    {
        Version = change.After.Version + 1,
        UpdatedAt = now,
        CancelRequestedBy = cancelledBy,
        DueAt = change.After.DueAt is not null && change.Before.CancelRequestedBy is null && cancelledBy is not null ? now : change.After.DueAt,
    };

    /// <summary>Always the same, so that two nodes can't each wait for what belongs to a run or a product and the other one holds.</summary>
    private static IReadOnlyList<GenerationSave> InLockOrder(IEnumerable<GenerationSave> saves) =>
    [
        .. saves.OrderBy(save => save.After.Order.Backfill, StringComparer.Ordinal).ThenBy(save => save.After.Product.Shop, StringComparer.Ordinal)
            .ThenBy(save => save.After.Product.ProductId, StringComparer.Ordinal).ThenBy(save => save.After.Id),
    ];

    /// <summary>Keeps claims alive.</summary>
    public async Task RenewAsync(IReadOnlyCollection<Guid> ids, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var until = now + lease;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Generations.Where(row => ids.Contains(row.Id) && row.Owner == owner && row.LeaseUntil >= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Gives up claims without writing anything else: somebody else may go on at once.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<Guid> ids, string owner, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Generations.Where(row => ids.Contains(row.Id) && row.Owner == owner).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <returns>Those that were written, each with who wished to cancel it.</returns>
    private static async Task<Dictionary<Guid, string?>> WriteAsync(
        ProductVideoDb db, IReadOnlyList<GenerationSave> saves, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var written = new Dictionary<Guid, string?>(saves.Count);
        foreach (var alike in saves.GroupBy(Touched.By))
        {
            var rows = await db.WriteManyAsync(
                Touched.Statement(alike.Key), [.. alike], row => (Id: row.GetGuid(0), CancelledBy: row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken,
                ("owner", owner), ("now", now.UtcTicks), ("until", until.UtcTicks));
            foreach (var (id, cancelledBy) in rows)
                written.Add(id, cancelledBy);
        }

        return written;
    }

    /// <summary>
    /// Which indexed columns a change touches. What a statement sets is taken out of every index that mentions it and put in again, even where
    /// it stays the same, and most changes are a look that found nothing new.
    /// </summary>
    /// <param name="State">And how urgent it is.</param>
    /// <param name="Active">Whether it is at work.</param>
    /// <param name="Task">A task once taken is never taken for another generation, so its id is kept to the end and after.</param>
    private readonly record struct Touched(bool State, bool Active, bool Task)
    {
        private static readonly ConcurrentDictionary<Touched, ManyRows<GenerationSave>> s_statements = new();

        public static Touched By(GenerationSave save)
        {
            var (before, after) = (save.Before, save.After);
            return new Touched(
                before.State.Name != after.State.Name || Urgency.Of(before) != Urgency.Of(after), before.State.IsActive != after.State.IsActive,
                GenerationRows.NewTaskOf(before, after) is not null || GenerationRows.FreesTask(before, after));
        }

        public static ManyRows<GenerationSave> Statement(Touched touched) => s_statements.GetOrAdd(touched, Written);

        private static ManyRows<GenerationSave> Written(Touched touched)
        {
            List<Column<GenerationSave>> columns =
            [
                new("Id", ColumnType.Guid, save => save.After.Id),
                new("Version", ColumnType.Long, save => save.After.Version),
                new("DueAt", ColumnType.Long, save => save.After.DueAt?.UtcTicks),
                new("Document", ColumnType.Text, save => Json.Write(save.After.State)),
                new("Keeps", ColumnType.Bool, save => save.Keeps),
                new("Wished", ColumnType.Bool, save => save.Before.CancelRequestedBy is not null),
            ];
            var sets = "";
            if (touched.State)
            {
                sets += """ "State" = v."State", "Urgency" = v."Urgency", """;
                columns.Add(new("State", ColumnType.Text, save => save.After.State.Name));
                columns.Add(new("Urgency", ColumnType.Long, save => Urgency.Of(save.After)));
            }

            if (touched.Active)
            {
                sets += """ "Active" = v."Active", """;
                columns.Add(new("Active", ColumnType.Bool, save => save.After.State.IsActive));
            }

            if (touched.Task)
            {
                sets += """ "RemoteId" = v."Task", """;
                columns.Add(new("Task", ColumnType.Text, save => GenerationRows.TaskOf(save.After.State)));
            }

            // A wish to cancel that came meanwhile is due at once.
            return new ManyRows<GenerationSave>(
                $$"""
                UPDATE generations SET {{sets}}
                    "DueAt" = CASE WHEN v."DueAt" IS NOT NULL AND NOT v."Wished" AND generations."CancelRequestedBy" IS NOT NULL THEN @now ELSE v."DueAt" END,
                    "Document" = v."Document", "Version" = v."Version" + 1, "UpdatedAt" = @now,
                    "Owner" = CASE WHEN v."Keeps" THEN @owner END, "LeaseUntil" = CASE WHEN v."Keeps" THEN @until END
                {FROM}
                WHERE generations."Id" = v."Id" AND generations."Version" = v."Version" AND generations."Owner" = @owner AND generations."LeaseUntil" >= @now
                RETURNING generations."Id", generations."CancelRequestedBy"
                """,
                columns);
        }
    }
}

/// <param name="Before">As it was read.</param>
/// <param name="After">As it shall be, with the version that was read.</param>
/// <param name="Keeps">Whether the claim is kept.</param>
internal sealed record GenerationSave(Generation Before, Generation After, bool Keeps);

/// <param name="At">By the deciding clock.</param>
/// <param name="Written">As they stand now.</param>
/// <param name="Refused">Those that could not be written, and what <see cref="GenerationStore.SaveAsync"/> would have thrown.</param>
internal sealed record SavedGenerations(DateTimeOffset At, IReadOnlyDictionary<Guid, Generation> Written, IReadOnlyDictionary<Guid, Exception> Refused);
