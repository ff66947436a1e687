using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>The row of an account, held until the open transaction ends: whoever comes second waits, on either engine.</summary>
internal static class AccountLock
{
    public static async Task<ProviderAccountRow> TakeAsync(ProductVideoDb db, string account, CancellationToken cancellationToken)
    {
        if (await CountAsync(db, account, cancellationToken) == 0)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO provider_accounts ("Account", "Entries", "Breaker", "Failures", "Openings")
                 VALUES ({account}, 0, {nameof(BreakerState.Closed)}, 0, 0) ON CONFLICT DO NOTHING
                 """,
                cancellationToken);
            await CountAsync(db, account, cancellationToken);
        }

        return await db.ProviderAccounts.AsNoTracking().SingleAsync(row => row.Account == account, cancellationToken);
    }

    public static Task WriteBreakerAsync(ProductVideoDb db, string account, AccountBreaker breaker, CancellationToken cancellationToken)
    {
        var state = breaker.State.ToString();
        var reason = breaker.Reason is null ? null : Json.Write(breaker.Reason);
        return db.ProviderAccounts.Where(row => row.Account == account).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Breaker, state).SetProperty(row => row.Failures, breaker.Failures)
                .SetProperty(row => row.Openings, breaker.Openings).SetProperty(row => row.OpenUntil, breaker.OpenUntil)
                .SetProperty(row => row.Reason, reason),
            cancellationToken);
    }

    private static Task<int> CountAsync(ProductVideoDb db, string account, CancellationToken cancellationToken) =>
        db.ProviderAccounts.Where(row => row.Account == account)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Entries, row => row.Entries + 1), cancellationToken);
}
