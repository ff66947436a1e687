using Microsoft.EntityFrameworkCore;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Backfills;

/// <summary>What keeps from being sent what a backfill has ordered, or would order next.</summary>
internal sealed class BackfillGate(
    IDbContextFactory<ProductVideoDb> databases, BackfillItems items, ProviderAccounts accounts, SubmitSwitches stops)
{
    /// <summary>Orders that were not tried yet may stand before the one that tells why it waits.</summary>
    private const int Few = 16;

    /// <summary>The account that its next order goes to, where it was ever used.</summary>
    internal async Task<AccountStanding?> NextAccountAsync(BackfillItem next, CancellationToken cancellationToken) =>
        (await accounts.StandingsAsync(cancellationToken)).FirstOrDefault(account => account.Account == next.Provider);

    /// <summary>
    /// The stop that holds for its shop, or for each provider that may make its videos but those whose account waits for a person and those that offer
    /// nothing for it now; null if an order would be sent, or no stop is what it would wait for.
    /// </summary>
    /// <param name="backfill">Which.</param>
    /// <param name="makers">The providers that may make its videos; asked only where something is stopped.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<Problem?> StopAsync(Backfill backfill, Func<Task<IReadOnlyList<(string Provider, bool Offers)>>> makers, CancellationToken cancellationToken)
    {
        var on = await stops.ListAsync(cancellationToken);
        if (on.Count == 0)
            return null;
        string[] whole = [SubmitSwitches.All, SubmitSwitches.Shop(backfill.Shop)];
        if (on.FirstOrDefault(stop => whole.Contains(stop.Scope, StringComparer.Ordinal)) is { } stop)
            return Closed.Told(stop);
        var ofMakers = (await makers()).ToLookup(maker => on.FirstOrDefault(stop => stop.Scope == SubmitSwitches.Provider(maker.Provider)));
        if (ofMakers.Select(of => of.Key).OfType<SubmitPause>().FirstOrDefault() is not { } first)
            return null;
        var refusing = (await accounts.RefusingAsync(cancellationToken)).ConvertAll(account => account.Account);
        return ofMakers[null].Where(maker => maker.Offers).Select(maker => maker.Provider).Except(refusing, StringComparer.Ordinal).Any() ? null : Closed.Told(first);
    }

    /// <summary>Why what is ordered is not sent; null where nothing is in the way, or something of it goes on and the rest has only its turn to wait for.</summary>
    internal async Task<HeldOrders?> LookAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unsent = BackfillItems.Unsent(db, backfill.Id);
        var counts = await unsent.GroupBy(video => video.Provider).Select(group => new { Account = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        if (counts.Count == 0)
            return null;
        var scopes = counts.SelectMany(count => SubmitSwitches.ScopesOf(count.Account, backfill.Shop)).ToHashSet(StringComparer.Ordinal);
        if ((await stops.ListAsync(cancellationToken)).FirstOrDefault(stop => scopes.Contains(stop.Scope)) is { } stop)
            return new HeldOrders(Closed.Told(stop), NeedsPerson: false);
        var all = await items.CountAsync(backfill.Id, ItemState.UnderWay, cancellationToken);
        if (await RefusedAsync(unsent, all, cancellationToken) is { } refused)
            return refused;
        if (counts.Sum(count => count.Count) < all)
            return null;
        var first = await unsent.OrderBy(video => video.Provider).ThenBy(video => video.Urgency).ThenBy(video => video.DueAt).Select(video => video.Document).Take(Few).ToListAsync(cancellationToken);
        // A stop or a refusal that is over stays written there until the order is tried again.
        return first.Select(WhyOf).FirstOrDefault(why => why is { Code: not (Problem.SubmitsPaused or Problem.AccountRefused) }) is { } wait
            ? new HeldOrders(wait, NeedsPerson: false) : null;
    }

    /// <summary>Why resuming it would only pause it again; null where it goes on.</summary>
    internal async Task<Problem?> StillRefusedAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        if (backfill is not { State: BackfillState.Paused, Problem.Code: Problem.AccountRefused })
            return null;
        if (await items.NextAsync(backfill.Id, take: 1, cancellationToken) is [var next] && await NextAccountAsync(next, cancellationToken) is { State: BreakerState.NeedsPerson } account)
            return Refused(account);
        return await LookAsync(backfill, cancellationToken) is { NeedsPerson: true } held ? held.Why : null;
    }

    /// <summary>What a backfill says that an account's refusal has paused.</summary>
    internal Problem Refused(AccountStanding account)
    {
        var why = accounts.WhyClosed(account);
        return why with { MerchantText = $"{why.MerchantText} Resume the backfill after that." };
    }

    /// <summary>Those that were tried: one that was not may have somebody who stands in.</summary>
    private async Task<HeldOrders?> RefusedAsync(IQueryable<GenerationRow> unsent, int all, CancellationToken cancellationToken)
    {
        var refusing = await accounts.RefusingAsync(cancellationToken);
        if (refusing.Count == 0)
            return null;
        var keys = refusing.ConvertAll(account => account.Account);
        var there = await unsent.Where(video => keys.Contains(video.Provider)).Select(video => new { video.Provider, video.Document }).ToListAsync(cancellationToken);
        var refused = there.FindAll(video => WhyOf(video.Document)?.Code is Problem.AccountRefused);
        if (refused.Count == 0)
            return null;
        var account = refusing.First(account => account.Account == refused[0].Provider);
        return refused.Count == all ? new HeldOrders(Refused(account), NeedsPerson: true) : new HeldOrders(accounts.WhyClosed(account), NeedsPerson: false);
    }

    private static Problem? WhyOf(string document) => (Json.Read<GenerationState>(document) as GenerationState.Planned)?.LastProblem;
}

/// <param name="Why">For the merchant and the operator.</param>
/// <param name="NeedsPerson">Whether nothing that is under way goes on until a person has mended an account.</param>
internal sealed record HeldOrders(Problem Why, bool NeedsPerson);
