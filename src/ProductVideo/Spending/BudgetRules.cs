using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Spending;

/// <summary>What a cap must be. A cap that names a shop or a provider that is not there would count nothing and protect nobody.</summary>
internal sealed class BudgetRules(Shops shops, VideoProviders providers)
{
    /// <summary>All that is wrong with it; empty if nothing is.</summary>
    public IEnumerable<BudgetMistake> Mistakes(Budget cap) => ShopMistake(cap) is { } shop ? OwnMistakes(cap).Append(new("subject", shop)) : OwnMistakes(cap);

    /// <summary>The same, whatever shops there are.</summary>
    internal IEnumerable<BudgetMistake> OwnMistakes(Budget cap)
    {
        if (cap.Cap.Amount is < 0 or > Micros.Largest)
            yield return new("amount", $"'{cap.Cap.Amount}' is no amount for a cap. Give a number from 0 to {Micros.Largest:0}; 0 lets nothing that costs money through.");
        if (!Currencies.IsKnown(cap.Cap.Currency))
            yield return new("currency", $"'{cap.Cap.Currency}' is no currency. Give a code of ISO 4217 in capitals, for example EUR.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(cap.TimeZone, out var zone) || !zone.HasIanaId)
            yield return new("timeZone", $"'{cap.TimeZone}' is no time zone. Give an IANA name, for example Europe/Berlin, or UTC.");
        if (SubjectMistake(cap) is { } subject)
            yield return new("subject", subject);
    }

    /// <exception cref="RefusedException">Something is wrong with it; the first mistake names the field.</exception>
    public void Demand(Budget cap)
    {
        if (Mistakes(cap).ToList() is [var first, ..] all)
        {
            var text = string.Join(" ", all.Select(mistake => mistake.Text));
            throw new RefusedException(RefusalKind.Invalid, new Problem("invalid_budget", text, text), first.Field);
        }
    }

    private string? SubjectMistake(Budget cap) => (cap.Scope, cap.Subject) switch
    {
        (BudgetScope.Everything, null) or (BudgetScope.Backfill, null) => null,
        (BudgetScope.Everything, _) => "A cap on everything names no shop, provider, key or backfill.",
        (_, null or "") => "Say which one the cap is for.",
        (BudgetScope.Provider, var provider) when provider.Contains('/', StringComparison.Ordinal) =>
            $"'{provider}' names an account, and a cap can't count one account alone. Name the provider: {provider.Split('/')[0]}.",
        (BudgetScope.Provider, var provider) when providers.All.All(p => p.Key != provider) =>
            $"There is no provider '{provider}'. The providers are: {string.Join(", ", providers.All.Select(p => p.Key))}.",
        (BudgetScope.ApiKey, var key) when !key.StartsWith("pv_", StringComparison.Ordinal) || key.Length != 9 =>
            $"'{key}' is not the start of an API key. Give its first nine characters, as the page “API keys” shows them.",
        (_, { Length: > 200 }) => "That name is too long.",
        _ => null,
    };

    /// <summary>Null if its shop is there, or it names none.</summary>
    internal string? ShopMistake(Budget cap) =>
        cap is { Scope: BudgetScope.Shop, Subject: { Length: > 0 } shop } && shops.Find(shop) is null ? shops.NotHere(shop) : null;
}

/// <param name="Field">Of the cap.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record BudgetMistake(string Field, string Text);
