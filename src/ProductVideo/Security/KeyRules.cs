using System.Globalization;
using ProductVideo.Connecting;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Security;

/// <summary>What an API key must be, whoever makes it. One of a shop that is not there would open nothing until somebody connected one by that name.</summary>
internal sealed class KeyRules(Shops shops)
{
    /// <summary>How many days one that ends lasts at most.</summary>
    public const int MostDays = 3650;

    /// <summary>All that is wrong with it; empty if nothing is.</summary>
    public IEnumerable<KeyMistake> Mistakes(NewApiKey wanted)
    {
        if (wanted.Lifetime is { } lifetime && (lifetime <= TimeSpan.Zero || lifetime > TimeSpan.FromDays(MostDays)))
            yield return new("lifetime", string.Create(CultureInfo.InvariantCulture, $"A key lasts 1 to {MostDays:N0} days, or for ever."));
        if (wanted.Shop is { } shop && shops.Find(shop) is null && (wanted.MayPrecedeShop ? ConnectionCodes.MistakeIn(shop) : shops.NotHere(shop)) is { } mistake)
            yield return new("shop", mistake);
        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Length > 100)
            yield return new("name", "Give the key a name of 1 to 100 characters, so that you know later what it is for.");
        if (wanted.Scopes.Count == 0 || wanted.Scopes.Except(Scopes.All).Any())
            yield return new("scopes", $"Give the key at least one of these scopes: {string.Join(", ", Scopes.All)}.");
    }

    /// <exception cref="RefusedException">Something is wrong with it; the first mistake names the field.</exception>
    public void Demand(NewApiKey wanted)
    {
        if (Mistakes(wanted).FirstOrDefault() is { } first)
            throw new RefusedException(RefusalKind.Invalid, new Problem("invalid_" + first.Field, first.Text, first.Text), first.Field);
    }
}

/// <param name="Field">Of the key: <c>name</c>, <c>scopes</c>, <c>shop</c> or <c>lifetime</c>.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record KeyMistake(string Field, string Text);
