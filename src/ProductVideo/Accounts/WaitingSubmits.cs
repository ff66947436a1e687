using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>The orders that wait at the gate: one at a time gets a turn, however many there are.</summary>
public sealed class WaitingSubmits(IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>A freed place is taken within this, and ten thousand that wait cost no more than ten turns a second.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    /// <summary>The next turn at the account, not before <paramref name="earliest"/>.</summary>
    public async Task<DateTimeOffset> NextTurnAsync(string account, DateTimeOffset earliest, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var row = await AccountLock.TakeAsync(db, account, cancellationToken);
        var turn = row.NextTryAt is { } next && next + Turn > earliest ? next + Turn : earliest;
        await db.ProviderAccounts.Where(r => r.Account == account).ExecuteUpdateAsync(set => set.SetProperty(r => r.NextTryAt, turn), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return turn;
    }

    /// <summary>Lets all that wait try now: what kept them back is over.</summary>
    /// <param name="account">At this account only; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task WakeAsync(string? account, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var planned = nameof(GenerationState.Planned);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ProviderAccounts.Where(row => account == null || row.Account == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTryAt, (DateTimeOffset?)null), cancellationToken);
        await db.Generations.Where(row => row.State == planned && row.DueAt > now && (account == null || row.Provider == account))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now), cancellationToken);
    }
}
