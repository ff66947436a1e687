using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>What all nodes know of each provider account: limits, waits, circuit breaker.</summary>
internal sealed class ProviderAccounts(
    IDbContextFactory<ProductVideoDb> databases, VideoProviders providers, WaitingSubmits waiting, AccountsOptions options, IDatabaseClock clock,
    ILogger<ProviderAccounts> log)
{
    /// <summary>While one probe runs no other is begun, here or on another node.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromMinutes(1);

    /// <summary>How each account stands that was ever used.</summary>
    public async Task<IReadOnlyList<AccountStanding>> StandingsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.ProviderAccounts.AsNoTracking().OrderBy(row => row.Account).ToListAsync(cancellationToken)).ConvertAll(AccountStanding.Of);
    }

    /// <summary>The accounts whose breaker holds orders back, and why.</summary>
    public async Task<IReadOnlyList<AccountStanding>> TroubledAsync(CancellationToken cancellationToken) =>
        [.. (await StandingsAsync(cancellationToken)).Where(account => account.State is not BreakerState.Closed)];

    /// <summary>The accounts that get no orders until a person has mended them.</summary>
    internal async Task<List<AccountStanding>> RefusingAsync(CancellationToken cancellationToken) =>
        [.. (await StandingsAsync(cancellationToken)).Where(account => account.State is BreakerState.NeedsPerson)];

    /// <summary>Why an account whose breaker is not closed takes no orders, and the way out.</summary>
    internal Problem WhyClosed(AccountStanding account) => Closed.Told(account.Breaker, account.Account, probes: providers.ForOrder(account.Account) is IProbeAccount);

    /// <summary>Sets the limits for all nodes; null lifts one.</summary>
    public Task LimitAsync(string account, int? maxInFlight, double? startsPerSecond, CancellationToken cancellationToken) =>
        LockedAsync(account, (db, _) => db.ProviderAccounts.Where(row => row.Account == account).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.MaxInFlight, maxInFlight).SetProperty(row => row.StartsPerSecond, startsPerSecond), cancellationToken),
            cancellationToken);

    /// <summary>A person has mended what closed the account; what waits may go.</summary>
    /// <exception cref="RefusedException">There is no such provider, and never was.</exception>
    public async Task ReopenAsync(string account, CancellationToken cancellationToken)
    {
        // One whose provider was taken out of the settings may still hold orders back.
        if ((await StandingsAsync(cancellationToken)).All(known => known.Account != account))
            providers.Get(account);
        await LockedAsync(account, (db, _) => AccountLock.WriteBreakerAsync(db, account, AccountBreaker.Closed, cancellationToken), cancellationToken);
        await waiting.WakeAsync(account, cancellationToken);
    }

    /// <summary>Learns from what a start led to.</summary>
    internal async Task LearnAsync(string account, StartOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is StartOutcome.Accepted && await IsUntroubledAsync(account, cancellationToken))
            return;
        var now = await clock.NowAsync(cancellationToken);
        var fault = outcome switch
        {
            StartOutcome.Refused refused => refused.Fault,
            StartOutcome.Unknown unknown => unknown.Fault,
            _ => null,
        };
        await LockedAsync(account, async (db, row) =>
        {
            var breaker = row.ToBreaker();
            var next = breaker.After(outcome, now, options.Of(account).BreakerFailures);
            if (next != breaker)
                await AccountLock.WriteBreakerAsync(db, account, next, cancellationToken);
            if (next.State != breaker.State)
                log.LogWarning("The breaker of {Account} went from {Before} to {After}: {Reason}", account, breaker.State, next.State, fault?.OperatorText);
            if (fault is { MayPass: true, RetryAfter: { } wait } && now + Capped(wait) is var until && !(row.NotBefore >= until))
            {
                await db.ProviderAccounts.Where(r => r.Account == account)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, until), cancellationToken);
            }
        }, cancellationToken);
    }

    /// <summary>Asks the account, free of charge, whether it works again, unless somebody else does. The answer moves its breaker.</summary>
    internal async Task ProbeAsync(string account, CancellationToken cancellationToken)
    {
        if (providers.ForOrder(account) is not IProbeAccount prober || !await TakeProbeAsync(account, cancellationToken))
            return;
        var fault = await AskAsync(account, prober, cancellationToken);
        var next = await WriteProbedAsync(account, fault, prober.SeesCredit, cancellationToken);
        log.LogInformation("The probe of {Account} says: {Answer}; its breaker is {State}", account, fault?.OperatorText ?? "it answers", next.State);
        if (next.State is BreakerState.Closed)
            await waiting.WakeAsync(account, cancellationToken);
    }

    /// <summary>Asks the account, free of charge, because a person wants to know. An answer opens it again, a refusal closes it.</summary>
    /// <exception cref="RefusedException">There is no such provider, or nothing that can be asked for free.</exception>
    public async Task<ProviderFault?> TestAsync(string account, CancellationToken cancellationToken)
    {
        if (providers.Get(account) is not IProbeAccount prober)
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                new Problem("nothing_to_test", $"“{account}” can't be asked without ordering a video.", $"Provider {account} offers no free call."), "account");
        }

        var fault = await AskAsync(account, prober, cancellationToken);
        if (fault is null)
            await ReopenAsync(account, cancellationToken);
        else if (fault.Code is ProviderFaultCode.Unauthorised or ProviderFaultCode.OutOfCredit)
            await WriteProbedAsync(account, fault, prober.SeesCredit, cancellationToken);
        return fault;
    }

    /// <returns>The breaker as it is now.</returns>
    private async Task<AccountBreaker> WriteProbedAsync(string account, ProviderFault? fault, bool seesCredit, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var next = AccountBreaker.Closed;
        await LockedAsync(
            account,
            (db, row) => AccountLock.WriteBreakerAsync(db, account, next = row.ToBreaker().Probed(fault, seesCredit, now), cancellationToken),
            cancellationToken);
        return next;
    }

    private async Task<bool> IsUntroubledAsync(string account, CancellationToken cancellationToken)
    {
        var closed = nameof(BreakerState.Closed);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ProviderAccounts.AnyAsync(row => row.Account == account && row.Breaker == closed && row.Failures == 0, cancellationToken);
    }

    private async Task<bool> TakeProbeAsync(string account, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var taken = false;
        await LockedAsync(account, async (db, row) =>
        {
            var breaker = row.ToBreaker();
            taken = breaker.MayBeTried(now);
            if (taken)
                await AccountLock.WriteBreakerAsync(db, account, breaker with { OpenUntil = now + ProbeTime }, cancellationToken);
        }, cancellationToken);
        return taken;
    }

    private async Task<ProviderFault?> AskAsync(string account, IProbeAccount prober, CancellationToken cancellationToken)
    {
        try
        {
            return await prober.ProbeAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "The probe of {Account} ended in an exception", account);
            return new ProviderFault(
                ProviderFaultCode.Transient, $"The probe of {account} failed: {e.GetType().Name}: {e.Message}", "The provider could not be asked just now.");
        }
    }

    private static TimeSpan Capped(TimeSpan wait) => wait > RetryAfter.Longest ? RetryAfter.Longest : wait;

    private async Task LockedAsync(string account, Func<ProductVideoDb, ProviderAccountRow, Task> write, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await write(db, await AccountLock.TakeAsync(db, account, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <param name="Account">The provider's key.</param>
/// <param name="Breaker">Whether orders pass, and since what.</param>
/// <param name="NotBefore">The provider asked to be left alone until then.</param>
/// <param name="MaxInFlight">Tasks that may be unfinished at once; null for no limit.</param>
/// <param name="StartsPerSecond">Null for no limit.</param>
internal sealed record AccountStanding(string Account, AccountBreaker Breaker, DateTimeOffset? NotBefore, int? MaxInFlight, double? StartsPerSecond)
{
    /// <summary>Whether orders pass.</summary>
    public BreakerState State => Breaker.State;

    /// <summary>For the merchant: why orders wait; null if nothing is known.</summary>
    public string? Reason => Breaker.Reason?.MerchantText;

    internal static AccountStanding Of(ProviderAccountRow row) => new(row.Account, row.ToBreaker(), row.NotBefore, row.MaxInFlight, row.StartsPerSecond);
}
