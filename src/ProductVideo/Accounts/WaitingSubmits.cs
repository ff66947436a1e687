using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>
/// The orders that wait at the gate: one at a time gets a turn, however many there are. Those that somebody waits for do not queue behind a
/// backfill's: while they are few, each tries again as soon as it may.
/// </summary>
internal sealed class WaitingSubmits(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>A freed place is taken within this, and ten thousand that wait cost no more than ten turns a second.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <summary>So many may try side by side: as many tries as in two seconds of turns.</summary>
    private const int FewPeople = 20;

    /// <summary>The next turn at the account, not before <paramref name="earliest"/>.</summary>
    public async Task<DateTimeOffset> NextTurnAsync(string account, DateTimeOffset earliest, bool inBackground, CancellationToken cancellationToken) =>
        (await NextTurnsAsync(account, earliest, inBackground, count: 1, cancellationToken))[0];

    /// <summary>The next <paramref name="count"/> turns at the account, none before <paramref name="earliest"/>.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> NextTurnsAsync(
        string account, DateTimeOffset earliest, bool inBackground, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!inBackground && await AreFewAsync(db, account, cancellationToken))
            return [.. Enumerable.Repeat(earliest, count)];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await AccountLock.TakeAsync(db, account, cancellationToken);
        var turn = row.NextTryAt is { } next && next + Turn > earliest ? next + Turn : earliest;
        var last = turn + Turn * (count - 1);
        await db.ProviderAccounts.Where(r => r.Account == account).ExecuteUpdateAsync(set => set.SetProperty(r => r.NextTryAt, last), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. Enumerable.Range(0, count).Select(i => turn + Turn * i)];
    }

    private static async Task<bool> AreFewAsync(ProductVideoDb db, string account, CancellationToken cancellationToken) =>
        await db.Generations.Where(row => row.Provider == account && row.State == nameof(GenerationState.Planned) && row.Urgency < Urgency.Background)
            .Take(FewPeople + 1).CountAsync(cancellationToken) <= FewPeople;

    /// <summary>Lets all that wait try now: what kept them back is over.</summary>
    /// <param name="account">At this account only; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task WakeAsync(string? account, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ProviderAccounts.Where(row => account == null || row.Account == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, (DateTimeOffset?)null), cancellationToken);
        await db.Generations.Where(row => row.State == nameof(GenerationState.Planned) && row.DueAt > now && (account == null || row.Provider == account))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken);
    }
}
