using System.Runtime.CompilerServices;
using ProductVideo.Accounts;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Choosing;

/// <summary>Makes the orders that a shop's list allows for a product, best first, and each only once the one before is of no use.</summary>
internal sealed class ChosenOrders(
    Ordering ordering, ProviderLists lists, VideoProviders providers, ProviderAccounts accounts, Retirements retirements, SubmitSwitches stops)
{
    /// <summary>Of the provider that the wishes name alone; else by the shop's list; without a list, of the host's first provider.</summary>
    /// <param name="product">Which.</param>
    /// <param name="wishes">What is wanted.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="list">Those of this list and nobody else, instead of the shop's.</param>
    /// <exception cref="RefusedException">Something in the listing or the wishes makes a video impossible; or what is left costs more than was agreed to.</exception>
    public async IAsyncEnumerable<PreparedOrder> OrdersAsync(
        ProductRef product, VideoWishes wishes, Requester requester, [EnumeratorCancellation] CancellationToken cancellationToken, ProviderList? list = null)
    {
        var taken = await ordering.TakeAsync(product, wishes, cancellationToken);
        // A list says who makes clips; who can change one is another question, and nobody stands in for that.
        var shops = list is null && wishes is { Provider: null, Model: null, ChangeOf: null } ? await lists.FindAsync(product.Shop, cancellationToken) : null;
        list ??= shops;
        if (list is null)
        {
            yield return await ordering.PrepareAsync(taken, wishes, requester, cancellationToken);
            yield break;
        }

        var all = new StandIns(shops is null ? list.Choices : [.. list.Choices, .. LastResort.Of(providers.All, list)], list.MayPayTwice, Agreed: requester.Agreed);
        // What somebody paid for and nobody is asked about does not turn into the last resort because its price rose, or for what passes.
        int? enough = requester is { Origin: GenerationOrigin.Regeneration, Agreed.Count: > 0 } ? list.Choices.Count : null;
        await foreach (var order in OrdersAsync(taken, wishes, requester, all, freeOnly: false, cancellationToken, enough))
            yield return order;
    }

    /// <summary>Of those who stand in.</summary>
    /// <param name="taken">The product as it is now.</param>
    /// <param name="wishes">As they were.</param>
    /// <param name="requester">Who asked.</param>
    /// <param name="standIns">What is left of the list.</param>
    /// <param name="freeOnly">Whether it must cost nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="enough">How many of them are asked where one of those could make it, but costs more than was agreed to, is closed, or was not taken; null for all.</param>
    /// <exception cref="RefusedException">Nobody can make it; the first reason counts, and before all others that what is left costs more than was agreed to.</exception>
    internal async IAsyncEnumerable<PreparedOrder> OrdersAsync(
        TakenSnapshot taken, VideoWishes wishes, Requester requester, StandIns standIns, bool freeOnly,
        [EnumeratorCancellation] CancellationToken cancellationToken, int? enough = null)
    {
        var closed = await ClosedAsync(cancellationToken);
        var (refused, tooDear) = ((RefusedException?)null, (RefusedException?)null);
        var (any, waits, notes) = (false, false, new List<string>());
        for (var place = 0; place < standIns.Choices.Count; place++)
        {
            if (place >= enough && (tooDear is not null || waits || any))
                break;
            var choice = standIns.Choices[place];
            if (closed.TryGetValue(choice.Provider, out var why) || !IsThere(choice, out why))
            {
                notes.Add(why);
                // Of one that is no longer set up nothing opens again.
                waits |= closed.ContainsKey(choice.Provider) && providers.All.Any(provider => provider.Key == choice.Provider) && choice.Only.FitsProduct(taken.Product, requester.Origin);
                continue;
            }

            var (prepared, refusal) = await PrepareAsync(taken, wishes, requester, choice, cancellationToken);
            if (refusal is { Prices: { } prices })
            {
                if (freeOnly)
                    continue;
                tooDear ??= refusal;
                notes.Add($"{providers.NameOf(choice.Provider)} was passed over: it makes this video for {string.Join(" + ", prices)}, and {Agreed.Words(requester.Agreed ?? [])} was agreed to.");
                continue;
            }

            refused ??= refusal;
            if (refusal is not null)
                notes.Add($"{providers.Get(choice.Provider).DisplayName} was passed over: {refusal.Problem.MerchantText}");
            if (prepared is null || (freeOnly && prepared.Order.Billing is not BillingRule.Free))
                continue;
            any = true;
            var rest = standIns.Choices.Skip(place + 1).ToList();
            yield return prepared with
            {
                Order = prepared.Order with
                {
                    // As they were said: who stands in is asked with the same.
                    Wishes = wishes,
                    StandIns = rest.Count == 0 ? null : standIns with { Choices = rest, FreeOnly = freeOnly },
                    Notes = [.. notes, .. prepared.Order.Notes],
                },
            };
        }

        // Whoever looks on found none of the others of use.
        if ((tooDear ?? (any ? null : refused ?? NobodyFits(notes))) is { } none)
            throw waits ? none.Until(NobodyFits(notes).Problem) : none;
    }

    private async Task<(PreparedOrder? Order, RefusedException? Refused)> PrepareAsync(
        TakenSnapshot taken, VideoWishes wishes, Requester requester, ProviderChoice choice, CancellationToken cancellationToken)
    {
        if (!choice.Only.FitsProduct(taken.Product, requester.Origin))
            return default;
        var provider = providers.Get(choice.Provider);
        var model = choice.Model ?? retirements.FirstOf(provider);
        var theirs = wishes with
        {
            Provider = choice.Provider,
            Model = model,
            // A resolution is a word of the provider's own.
            Resolution = choice.Resolution ?? (provider.Capabilities(model).Resolutions.Contains(wishes.Resolution, StringComparer.Ordinal) ? wishes.Resolution : null),
        };
        try
        {
            return (await ordering.PrepareAsync(
                taken, theirs, requester, plan => choice.Only.FitsClip(wishes.Seconds ?? plan.Seconds, plan.Aspect), cancellationToken), null);
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.Invalid || e.Problem.Code == Agreed.NotAgreed)
        {
            return (null, e);
        }
    }

    /// <summary>Providers that get no orders until a person mends or allows it, and why.</summary>
    private async Task<Dictionary<string, string>> ClosedAsync(CancellationToken cancellationToken)
    {
        var closed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var account in await accounts.RefusingAsync(cancellationToken))
            closed[account.Account] = $"{providers.NameOf(account.Account)} was passed over: it refuses our account until that is mended. {account.Reason}";

        foreach (var stop in await stops.ListAsync(cancellationToken))
        {
            if (stop.Scope.Split(':', 2) is ["provider", var key])
                closed[key] = $"{providers.NameOf(key)} was passed over: {stop.By} stopped it. {stop.Why}";
        }

        return closed;
    }

    private bool IsThere(ProviderChoice choice, out string why)
    {
        var provider = providers.All.FirstOrDefault(provider => provider.Key == choice.Provider);
        why = provider is null ? $"{choice.Provider} was passed over: it is no longer set up."
            : provider.Models.Count == 0 ? $"{provider.DisplayName} was passed over: it offers no model at the moment."
            : $"{provider.DisplayName} was passed over: it no longer has the model {choice.Model}.";
        return providers.Offers(choice);
    }

    private static RefusedException NobodyFits(IReadOnlyList<string> notes) => new(
        RefusalKind.Conflict,
        new Problem(
            "no_provider_fits", $"No provider of the shop's list can make this video. {string.Join(' ', notes)} Change the list, or choose a provider for this video.",
            $"No line of the list fits: {string.Join(' ', notes)}"),
        "provider");
}
