using System.Globalization;
using ProductVideo.Security;

namespace ProductVideo.Admin.Keys;

/// <summary>How the pages say what an API key may do and how long it is good.</summary>
internal static class KeyWords
{
    /// <summary>How long before its end a key is told to end soon: time enough to give the program another one.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>What a merchant calls the scope, and a sentence of what is in it.</summary>
    public static (string Label, string Text) Of(string scope) => scope switch
    {
        Scopes.Read => ("See products and videos", "Products, how each video stands, its prompt and the clip itself."),
        Scopes.Create => ("Order videos", "Ask what a video costs, order it, make it anew when its product changed, cancel it. With a paid provider an order costs money."),
        Scopes.Review => ("Decide about videos", "Approve and reject videos and take them off listings. A program then puts videos on listings without your look."),
        Scopes.SpendingRead => ("See spending", "Caps, providers and their accounts, stops, and every payment."),
        Scopes.SpendingManage => ("Change what may be spent", "Choose providers, and what follows when a product changes; with all shops also set and lift caps and stop all orders."),
        Scopes.Webhooks => ("Manage webhooks", "Say which systems are told what happens, and send it again."),
        Scopes.ShopsManage => ("Manage shops", "Test whether a shop answers, and switch the AI label in its videos on or off; with all shops also connect and disconnect them."),
        _ => (scope, ""),
    };

    /// <summary>What the key may do, in one line.</summary>
    public static string May(ApiKey key) =>
        Scopes.All.All(key.Scopes.Contains) ? "Everything" : string.Join(" · ", key.Scopes.Select(scope => Of(scope).Label));

    /// <summary>For example <c>good until 3 March 2027</c>.</summary>
    public static string Ends(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is { } revoked ? $"revoked {Words.Ago(revoked, now)}"
        : key.ExpiresAt is not { } end ? "good for ever"
        : $"{(end > now ? "good until" : "ended on")} {end.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en"))}";

    /// <summary>What is to be noticed about it; null where nothing is.</summary>
    public static (string Label, Tone Tone)? StateOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? ("Revoked", Tone.Over)
        : key.ExpiresAt is not { } end ? null
        : end <= now ? ("Expired", Tone.Over)
        : end - now < Soon ? ("Ends soon", Tone.Asks)
        : null;
}
