using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>
/// How many starts an account's limits leave room for. People go first: for each order that somebody waits for and that has no place or no
/// turn yet, one is kept free of those that nobody waits for, and a tenth of the places is never theirs, so that a click finds one free.
/// </summary>
internal sealed class AccountRoom
{
    /// <summary>Who waits for a place or a turn looks again within <see cref="Closed.PlaceLook"/>; who waits longer waits for something else.</summary>
    private static readonly TimeSpan Soon = Closed.PlaceLook + TimeSpan.FromMilliseconds(500);

    private readonly ProviderAccountRow _account;
    private readonly DateTimeOffset _now;
    private readonly int _people;
    private readonly int _inFlight;
    private readonly IReadOnlyList<DateTimeOffset> _starts;
    private int _taken;

    private AccountRoom(ProviderAccountRow account, DateTimeOffset now, int people, int inFlight, IReadOnlyList<DateTimeOffset> starts) =>
        (_account, _now, _people, _inFlight, _starts) = (account, now, people, inFlight, starts);

    /// <summary>Reads it; for a decision, while the account's row is held.</summary>
    /// <param name="db">An open transaction's.</param>
    /// <param name="account">With its limits.</param>
    /// <param name="sending">The order that asks, where it is written down as sent already: it has no place yet.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<AccountRoom> OfAsync(
        ProductVideoDb db, ProviderAccountRow account, Guid? sending, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limited = account is not { MaxInFlight: null, StartsPerSecond: null };
        return new AccountRoom(
            account, now, limited ? await PeopleWaitingAsync(db, account.Account, now, cancellationToken) : 0,
            account.MaxInFlight is null ? 0 : await InFlightAsync(db, account.Account, sending, cancellationToken),
            await StartsAsync(db, account, now, cancellationToken));
    }

    /// <summary>How many of these may be sent now.</summary>
    public int Left(bool inBackground) =>
        Math.Max(0, Math.Min(Places(inBackground) - _inFlight, Most - _starts.Count) - _taken - (inBackground ? _people : 0));

    /// <summary>Takes room for one more start; why there is none, where there is none.</summary>
    public NotNowException? Take(bool inBackground)
    {
        if (inBackground && _people > 0 && Left(inBackground) == 0)
            return Closed.PeopleFirst(_account.Account, _now);
        if (_account.MaxInFlight is not null && _inFlight + _taken >= Places(inBackground))
            return Closed.NoPlace(_account.Account, Places(inBackground), _now);
        if (_account.StartsPerSecond is { } perSecond && _starts.Count + _taken >= Most)
            return Closed.TooFast(_account.Account, perSecond, (_taken < Most ? _starts[Most - 1 - _taken] : _now) + WindowOf(perSecond));
        _taken++;
        return null;
    }

    private int Places(bool inBackground) => _account.MaxInFlight switch
    {
        null => int.MaxValue / 2,
        { } limit and >= 2 when inBackground => limit - Math.Max(1, limit / 10),
        { } limit => limit,
    };

    private int Most => _account.StartsPerSecond is { } perSecond ? MostOf(perSecond) : int.MaxValue / 2;

    private static int MostOf(double perSecond) => Math.Max(1, (int)perSecond);

    private static TimeSpan WindowOf(double perSecond) => TimeSpan.FromSeconds(MostOf(perSecond) / perSecond);

    /// <summary>Orders that somebody waits for and that nobody is at.</summary>
    public static Task<int> PeopleWaitingAsync(ProductVideoDb db, string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var soon = now + Soon;
        return db.Generations.CountAsync(
            row => row.Provider == account && row.State == nameof(GenerationState.Planned) && row.Urgency < Urgency.Background && row.DueAt <= soon
                && (row.Owner == null || row.LeaseUntil < now),
            cancellationToken);
    }

    private static Task<int> InFlightAsync(ProductVideoDb db, string account, Guid? sending, CancellationToken cancellationToken) =>
        db.Generations.CountAsync(
            row => row.Provider == account && (row.State == nameof(GenerationState.Submitting) || row.State == nameof(GenerationState.Rendering)) && row.Id != sending, cancellationToken);

    /// <summary>The starts of the window before now, newest first, so that no second of the clock ever sees more than the limit.</summary>
    private static async Task<IReadOnlyList<DateTimeOffset>> StartsAsync(
        ProductVideoDb db, ProviderAccountRow account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (account.StartsPerSecond is not { } perSecond)
            return [];
        var since = now - WindowOf(perSecond);
        return await db.SubmitIntents.Where(row => row.Account == account.Account && row.At > since)
            .OrderByDescending(row => row.At).Select(row => row.At).Take(MostOf(perSecond)).ToListAsync(cancellationToken);
    }
}
