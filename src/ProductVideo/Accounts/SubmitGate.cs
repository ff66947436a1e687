using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>
/// Every paid request passes here, in the transaction that writes its intent: the account's row is locked first, so what is counted holds
/// until the intent is there to be counted too, however many workers and nodes there are.
/// </summary>
internal sealed class SubmitGate(VideoProviders providers, IDatabaseClock clock) : IWrittenTogether
{
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (after.State is not GenerationState.Submitting submitting || before is null || !Sends(before, after, submitting))
            return;
        var now = await clock.NowAsync(cancellationToken);
        var account = await AccountLock.TakeAsync(db, after.Order.Provider, cancellationToken);
        await RefusePausedAsync(db, after, now, cancellationToken);
        await PassBreakerAsync(db, account, now, cancellationToken);
        if (account.NotBefore > now)
            throw Closed.AskedToWait(account.Account, account.NotBefore.Value);
        // The same key sent again is the same task: it has its place.
        if (before.State is GenerationState.Submitting)
            return;
        await RefuseFullAsync(db, account, after.Id, now, cancellationToken);
        await RefuseFastAsync(db, account, now, cancellationToken);
        await RefuseSecondUnprovenAsync(db, after, now, cancellationToken);
    }

    /// <summary>A recovery sends only where the same key may be sent again; elsewhere it looks, as what may have been sent before a restore does.</summary>
    private bool Sends(Generation before, Generation after, GenerationState.Submitting submitting) =>
        before.State is GenerationState.Planned && submitting.Otherwise is null
        || (before.State is GenerationState.Submitting earlier && submitting.Searches > earlier.Searches
            && providers.CapabilitiesOf(after.Order)?.Correlation is CorrelationClass.Key);

    private static async Task RefusePausedAsync(ProductVideoDb db, Generation generation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] scopes = [SubmitSwitches.All, SubmitSwitches.Provider(generation.Order.Provider), SubmitSwitches.Shop(generation.Product.Shop)];
        if (await db.SubmitSwitches.AsNoTracking().Where(row => scopes.Contains(row.Scope)).OrderBy(row => row.Scope)
            .FirstOrDefaultAsync(cancellationToken) is { } pause)
            throw Closed.Paused(pause, now);
    }

    private async Task PassBreakerAsync(ProductVideoDb db, ProviderAccountRow account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var breaker = account.ToBreaker();
        if (breaker.State is BreakerState.Closed)
            return;
        var probes = providers.ForOrder(account.Account) is IProbeAccount;
        if (probes || breaker.State is BreakerState.NeedsPerson || !breaker.MayBeTried(now))
            throw Closed.Broken(breaker, account.Account, probes, now);
        // Nothing free to ask: one order that somebody wants anyway goes first, and its outcome decides.
        await AccountLock.WriteBreakerAsync(db, account.Account, breaker.Tried(now), cancellationToken);
    }

    private static async Task RefuseFullAsync(
        ProductVideoDb db, ProviderAccountRow account, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (account.MaxInFlight is not { } limit)
            return;
        var others = await db.Generations.CountAsync(
            row => row.Provider == account.Account && (row.State == "Submitting" || row.State == "Rendering") && row.Id != id, cancellationToken);
        if (others >= limit)
            throw Closed.NoPlace(account.Account, limit, now);
    }

    /// <summary>Counts the intents of the window before now, so that no second of the clock ever sees more than the limit.</summary>
    private static async Task RefuseFastAsync(ProductVideoDb db, ProviderAccountRow account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (account.StartsPerSecond is not { } perSecond)
            return;
        var most = Math.Max(1, (int)perSecond);
        var window = TimeSpan.FromSeconds(most / perSecond);
        var since = now - window;
        var starts = await db.SubmitIntents.Where(row => row.Account == account.Account && row.At > since)
            .OrderByDescending(row => row.At).Select(row => row.At).Take(most).ToListAsync(cancellationToken);
        if (starts.Count == most)
            throw Closed.TooFast(account.Account, perSecond, starts[^1] + window);
    }

    private async Task RefuseSecondUnprovenAsync(ProductVideoDb db, Generation generation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (providers.CapabilitiesOf(generation.Order)?.Correlation is not CorrelationClass.ListOnly)
            return;
        var (account, model) = (generation.Order.Provider, generation.Order.Request.Model);
        var open = nameof(IntentOutcome.Open);
        if (await db.SubmitIntents.AnyAsync(
            row => row.Account == account && row.Model == model && row.Outcome == open && row.GenerationId != generation.Id, cancellationToken))
            throw Closed.OneAtATime(account, model, now);
    }
}
