using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>One transaction's way through the gate of one account: who is let pass counts for those who come after.</summary>
internal sealed class AccountPass
{
    private readonly ProductVideoDb _db;
    private readonly VideoProviders _providers;
    private readonly ProviderAccountRow _account;
    private readonly IReadOnlyList<SubmitPause> _pauses;
    private readonly DateTimeOffset _now;
    private readonly AccountRoom _room;
    private AccountBreaker _breaker;

    private AccountPass(
        ProductVideoDb db, VideoProviders providers, ProviderAccountRow account, IReadOnlyList<SubmitPause> pauses, AccountRoom room, DateTimeOffset now) =>
        (_db, _providers, _account, _pauses, _room, _now, _breaker) = (db, providers, account, pauses, room, now, account.ToBreaker());

    /// <summary>Locks the account until the transaction ends.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="providers">The adapters.</param>
    /// <param name="account">Which.</param>
    /// <param name="sending">The orders that ask.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="written">The one that is written down as sent already.</param>
    public static async Task<AccountPass> OpenAsync(
        ProductVideoDb db, VideoProviders providers, string account, IReadOnlyList<Generation> sending, DateTimeOffset now, CancellationToken cancellationToken,
        Guid? written = null)
    {
        var row = await AccountLock.TakeAsync(db, account, cancellationToken);
        var scopes = SubmitSwitches.ScopesOf(account, sending.Select(one => one.Product.Shop));
        var pauses = await db.SubmitSwitches.Where(pause => scopes.Contains(pause.Scope)).OrderBy(pause => pause.Scope)
            .Select(pause => new SubmitPause(pause.Scope, pause.By, pause.Why, pause.Since)).ToListAsync(cancellationToken);
        var room = await AccountRoom.OfAsync(db, row, written, now, cancellationToken);
        return new AccountPass(db, providers, row, pauses, room, now);
    }

    /// <returns>Why it may not be sent now; null if it may, and has its place.</returns>
    public async Task<NotNowException?> RefuseAsync(Generation before, Generation after, CancellationToken cancellationToken)
    {
        var shop = SubmitSwitches.Shop(after.Product.Shop);
        if (_pauses.FirstOrDefault(pause => pause.Scope == shop || !pause.Scope.StartsWith("shop:", StringComparison.Ordinal)) is { } pause)
            return Closed.Paused(pause, _now);
        var probes = _providers.ForOrder(_account.Account) is IProbeAccount;
        if (_breaker.State is not BreakerState.Closed && (probes || _breaker.State is BreakerState.NeedsPerson || !_breaker.MayBeTried(_now)))
            return Closed.Broken(_breaker, _account.Account, probes, _now);
        if (_account.NotBefore > _now)
            return Closed.AskedToWait(_account.Account, _account.NotBefore.Value);
        // The same key sent again is the same task: it has its place.
        if (before.State is GenerationState.Planned && (await SecondUnprovenAsync(after, cancellationToken) ?? _room.Take(after.Order.IsInBackground)) is { } full)
            return full;
        // Nothing free to ask: one order that somebody wants anyway goes first, and its outcome decides.
        if (_breaker.State is not BreakerState.Closed)
            _breaker = _breaker.Tried(_now);
        return null;
    }

    /// <summary>Writes down that an order tries the account, where one does.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_breaker != _account.ToBreaker())
            await AccountLock.WriteBreakerAsync(_db, _account.Account, _breaker, cancellationToken);
    }

    private async Task<NotNowException?> SecondUnprovenAsync(Generation generation, CancellationToken cancellationToken)
    {
        if (_providers.CapabilitiesOf(generation.Order)?.Correlation is not CorrelationClass.ListOnly)
            return null;
        var (account, model) = (generation.Order.Provider, generation.Order.Request.Model);
        // There is one place, limits or not, so a backfill's order would take it from whoever waits.
        if (generation.Order.IsInBackground && await AccountRoom.PeopleWaitingAsync(_db, account, _now, cancellationToken) > 0)
            return Closed.PeopleFirst(account, _now);
        var open = nameof(IntentOutcome.Open);
        return await _db.SubmitIntents.AnyAsync(
            row => row.Account == account && row.Model == model && row.Outcome == open && row.GenerationId != generation.Id, cancellationToken)
            ? Closed.OneAtATime(account, model, _now) : null;
    }
}
