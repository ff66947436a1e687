using Microsoft.EntityFrameworkCore;
using ProductVideo.Pipeline;

namespace ProductVideo.Data.Archive;

/// <summary>Does the chores of a database, each by one process at a time, however many processes there are.</summary>
/// <remarks>
/// What is kept for ever, and why: idempotency keys (the same key gives the same video for ever), the ledger and the submit intents (what was
/// paid and for what), duplicate charges (a person may claim them back), backfills that ordered something, with the rows of their videos (as many as the videos).
/// Webhook events and deliveries are forgotten by those who send and follow them, sign-in links where they are made.
/// </remarks>
internal sealed class Housekeeping(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock, IEnumerable<IChore> chores)
{
    /// <summary>Much longer than the little that is done at a time takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly IChore[] _chores = [.. chores];

    /// <summary>Does a little of the first chore that is due; false if none is, or others are at all of them.</summary>
    public async Task<bool> DoNextAsync(CancellationToken cancellationToken)
    {
        foreach (var chore in _chores)
        {
            var owner = Nonce.New();
            if (await ClaimAsync(chore.Name, owner, cancellationToken) is not { } row)
                continue;
            try
            {
                var from = await chore.DoSomeAsync(row.From, cancellationToken);
                var now = await clock.NowAsync(cancellationToken);
                await GiveBackAsync(chore.Name, owner, from, from is null ? now + chore.Every : now, cancellationToken);
            }
            catch when (cancellationToken.IsCancellationRequested)
            {
                // As if it had not been begun.
                await GiveBackAsync(chore.Name, owner, row.From, row.DueAt, CancellationToken.None);
                throw;
            }

            return true;
        }

        return false;
    }

    private async Task<ChoreRow?> ClaimAsync(string name, string owner, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Chores.AnyAsync(row => row.Name == name, cancellationToken))
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO chores ("Name", "DueAt") VALUES ({name}, {now.UtcTicks}) ON CONFLICT DO NOTHING""", cancellationToken);
        }

        var claimed = await db.Chores.Where(row => row.Name == name && row.DueAt <= now && (row.Owner == null || row.LeaseUntil < now)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Owner, owner).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken);
        return claimed == 0 ? null : await db.Chores.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name && row.Owner == owner, cancellationToken);
    }

    private async Task GiveBackAsync(string name, string owner, long? from, DateTimeOffset due, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Chores.Where(row => row.Name == name && row.Owner == owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.From, from).SetProperty(row => row.DueAt, due)
                .SetProperty(row => row.Owner, (string?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }
}
