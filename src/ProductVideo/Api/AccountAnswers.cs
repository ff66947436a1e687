using ProductVideo.Accounts;

namespace ProductVideo.Api;

/// <param name="Scope"><c>all</c>, <c>provider:KEY</c> or <c>shop:KEY</c>; left out for all.</param>
/// <param name="Why">A sentence that merchants see beside what waits.</param>
internal sealed record StopBody(string? Scope = null, string? Why = null);

/// <param name="Scope"><c>all</c>, <c>provider:KEY</c> or <c>shop:KEY</c>.</param>
/// <param name="By">Who stopped it.</param>
/// <param name="Why">Why.</param>
/// <param name="Since">Since when.</param>
internal sealed record StopAnswer(string Scope, string By, string Why, DateTimeOffset Since)
{
    internal static StopAnswer Of(SubmitPause pause) => new(pause.Scope, pause.By, pause.Why, pause.Since);
}

/// <param name="Account">The provider's key.</param>
/// <param name="MaxInFlight">Tasks that may be unfinished at once; null for no limit.</param>
/// <param name="StartsPerSecond">Null for no limit.</param>
/// <param name="NotBefore">The provider asked to be left alone until then.</param>
/// <param name="State"><c>closed</c> while orders pass, <c>open</c> while they wait, <c>trying</c> while one of them
/// finds out whether they still must, <c>needsPerson</c> where only a person can mend it.</param>
/// <param name="OpenUntil">When it is tried again.</param>
/// <param name="Reason">For the merchant: why orders wait.</param>
/// <param name="OperatorText">What the provider said.</param>
/// <param name="Retires">The first day without a model that is switched off, by model.</param>
internal sealed record AccountAnswer(
    string Account, int? MaxInFlight, double? StartsPerSecond, DateTimeOffset? NotBefore, string State, DateTimeOffset? OpenUntil, string? Reason,
    string? OperatorText, IReadOnlyDictionary<string, DateOnly> Retires)
{
    internal static AccountAnswer Of(AccountStanding account, AccountsOptions options)
    {
        var state = account.State.ToString();
        return new(
            account.Account, account.MaxInFlight, account.StartsPerSecond, account.NotBefore, char.ToLowerInvariant(state[0]) + state[1..],
            account.Breaker.OpenUntil, account.Reason, account.Breaker.Reason?.OperatorText, options.Of(account.Account).Retires);
    }
}

/// <param name="Works">Whether the provider answered and lets us in.</param>
/// <param name="Text">For the merchant: what is wrong and the way out; null if it works.</param>
/// <param name="OperatorText">What the provider said.</param>
internal sealed record AccountTestAnswer(bool Works, string? Text, string? OperatorText);
