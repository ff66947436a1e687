using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>Claims many generations at once: each kind of them in one statement, all in one transaction.</summary>
internal sealed class GenerationClaims(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, BatchTurn turn, ILogger<GenerationClaims> log)
{
    /// <summary>Of what is due: orders to send as far as their accounts have room, at most half of the batch; then tasks to ask about, the most overdue first.</summary>
    /// <param name="wanted">How many, and of whom.</param>
    /// <param name="owner">The claims' token.</param>
    /// <param name="lease">How long they live without being renewed.</param>
    /// <param name="roomOf">Told within the transaction how many orders of an account may be sent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When they were claimed, and those that were.</returns>
    public Task<ClaimedGenerations> ClaimAsync(
        ClaimWish wanted, string owner, TimeSpan lease, Func<ProductVideoDb, string, DateTimeOffset, CancellationToken, Task<SendRoom>> roomOf,
        CancellationToken cancellationToken) =>
        turn.TakeAsync(() => ClaimNowAsync(wanted, owner, lease, roomOf, cancellationToken), cancellationToken);

    private async Task<ClaimedGenerations> ClaimNowAsync(
        ClaimWish wanted, string owner, TimeSpan lease, Func<ProductVideoDb, string, DateTimeOffset, CancellationToken, Task<SendRoom>> roomOf,
        CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = await clock.NowAsync(db, cancellationToken);
        var statement = new Statement(db, owner, now, now + lease);
        var rows = new List<GenerationRow>();
        var senders = await statement.SendersAsync(wanted.Senders, cancellationToken);
        for (var i = 0; i < senders.Count; i++)
        {
            var share = (wanted.Count / 2 - rows.Count) / (senders.Count - i);
            var room = await roomOf(db, senders[i], now, cancellationToken);
            var people = Math.Min(share, room.ForPeople);
            var before = rows.Count;
            if (people > 0)
                rows.AddRange(await statement.TakeAsync(Statement.ToSend(inBackground: false), people, cancellationToken, senders[i]));
            var background = Math.Min(share - (rows.Count - before), room.InBackground - (rows.Count - before));
            if (background > 0)
                rows.AddRange(await statement.TakeAsync(Statement.ToSend(inBackground: true), background, cancellationToken, senders[i]));
        }

        if (wanted.Count > rows.Count)
            rows.AddRange(await statement.TakeAsync(Statement.ToAskAbout(wanted.Silent.Count), wanted.Count - rows.Count, cancellationToken, [.. wanted.Silent]));
        await transaction.CommitAsync(cancellationToken);
        return new ClaimedGenerations(now, [.. rows.Select(Read).OfType<Generation>()]);
    }

    /// <returns>Null if the row can't be read. It must not keep the others waiting: its lease runs out and it is looked at again.</returns>
    private Generation? Read(GenerationRow row)
    {
        try
        {
            return GenerationRows.FromRow(row);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Generation {Generation} could not be read", row.Id);
            return null;
        }
    }

    /// <summary>Whether anything at all would be claimed where there is room; claims nothing.</summary>
    public async Task<bool> AnyAsync(ClaimWish wanted, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = db.Generations.Where(row => row.DueAt != null && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now));
        return await due.AnyAsync(
                row => row.State == nameof(GenerationState.Rendering) && row.Urgency >= Urgency.NoClipYet && !wanted.Silent.Contains(row.Provider), cancellationToken)
            || await due.AnyAsync(row => row.State == nameof(GenerationState.Planned) && wanted.Senders.Contains(row.Provider), cancellationToken);
    }

    /// <summary>The SQL of one transaction's claims, as Entity Framework can't say it: to update what a query picks, and to read what was updated.</summary>
    private sealed class Statement(ProductVideoDb db, string owner, DateTimeOffset now, DateTimeOffset until)
    {
        private const string Free = """ "d"."DueAt" <= {0} AND ("d"."Owner" IS NULL OR "d"."LeaseUntil" < {0}) """;
        private const int FirstOwn = 4;

        public static string ToSend(bool inBackground) => string.Create(
            CultureInfo.InvariantCulture,
            $$""" "d"."State" = 'Planned' AND "d"."Provider" = {{{FirstOwn}}} AND "d"."Urgency" {{(inBackground ? ">=" : "<")}} {{Urgency.Background}} AND {{Free}} ORDER BY "d"."Urgency", "d"."DueAt" """);

        /// <summary>Those whose clip was ready once are as urgent as downloads, and are moved with them.</summary>
        public static string ToAskAbout(int silent) => string.Create(
            CultureInfo.InvariantCulture,
            $""" "d"."State" = 'Rendering' AND "d"."Urgency" >= {Urgency.NoClipYet} AND {Free} {(silent == 0 ? "" : $"""AND "d"."Provider" NOT IN ({Places(silent)})""")} ORDER BY "d"."DueAt" """);

        /// <summary>Those of <paramref name="accounts"/> that have something to send.</summary>
        public async Task<IReadOnlyList<string>> SendersAsync(IReadOnlyCollection<string> accounts, CancellationToken cancellationToken)
        {
            if (accounts.Count == 0)
                return [];
            var sql =
                $"""SELECT j.value AS "Value" FROM {db.ElementsOf("{1}")} WHERE EXISTS (SELECT 1 FROM generations AS "d" WHERE "d"."State" = 'Planned' AND "d"."Provider" = j.value AND {Free})""";
            return await db.Database.SqlQueryRaw<string>(sql, now.UtcTicks, Json.Write(accounts)).ToListAsync(cancellationToken);
        }

        public Task<List<GenerationRow>> TakeAsync(string which, int count, CancellationToken cancellationToken, params string[] values)
        {
            var sql =
                $$"""
                WITH due AS MATERIALIZED (SELECT "d"."Id" AS "Key" FROM generations AS "d" WHERE {{which}} LIMIT {3} {{db.SkipLocked}})
                UPDATE generations SET "Owner" = {1}, "LeaseUntil" = {2} WHERE "Id" IN (SELECT "Key" FROM due) RETURNING *
                """;
            return db.Generations.FromSqlRaw(sql, [now.UtcTicks, owner, until.UtcTicks, count, .. values]).AsNoTracking().ToListAsync(cancellationToken);
        }

        private static string Places(int count)
        {
            var places = new StringBuilder();
            for (var i = 0; i < count; i++)
                places.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}{{{FirstOwn + i}}}");
            return places.ToString();
        }
    }
}

/// <param name="Count">At most so many.</param>
/// <param name="Senders">The accounts whose orders may be sent in a batch.</param>
/// <param name="Silent">Accounts that are not to be asked about anything more just now.</param>
internal sealed record ClaimWish(int Count, IReadOnlyCollection<string> Senders, IReadOnlyCollection<string> Silent);

/// <param name="At">By the deciding clock.</param>
/// <param name="Generations">As they were claimed.</param>
internal sealed record ClaimedGenerations(DateTimeOffset At, IReadOnlyList<Generation> Generations);

/// <param name="ForPeople">Orders that may be sent now.</param>
/// <param name="InBackground">How many of these may be such that nobody waits for.</param>
internal sealed record SendRoom(int ForPeople, int InBackground);
