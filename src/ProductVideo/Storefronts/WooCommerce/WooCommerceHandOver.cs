using System.Security.Cryptography;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>WordPress's own page on which a user lets a program in: <c>authorize-application.php</c>. It comes back with the password in the address.</summary>
internal static class WooCommerceHandOver
{
    /// <summary>What WordPress knows the program by; the same everywhere, for ever.</summary>
    private const string AppId = "8f2b6d1e-5c0a-4f7b-9f0e-2f6f5f1f7a34";

    private const string State = "state";

    public static Uri Shop(IReadOnlyDictionary<string, string> values) => new(values[nameof(WooCommerceOptions.Url)].Trim(), UriKind.Absolute);

    /// <summary>So that what is known can be judged as if all were.</summary>
    public static IReadOnlyDictionary<string, string> WithMadeUpLogin(IReadOnlyDictionary<string, string> values) => new Dictionary<string, string>(values, StringComparer.Ordinal)
    {
        [nameof(WooCommerceOptions.User)] = "user", [nameof(WooCommerceOptions.ApplicationPassword)] = "password",
    };

    /// <summary>The page's address, as the shop tells it: WordPress may lie in a folder beside the shop.</summary>
    /// <param name="index">What <c>/wp-json/</c> answered.</param>
    /// <param name="shop">As the merchant wrote it.</param>
    /// <param name="comeBackTo">Where the answer is received.</param>
    /// <param name="state">Tells the answer from a forged one.</param>
    /// <exception cref="StorefrontException">The shop offers no such page.</exception>
    public static Uri Page(WooAnswer index, Uri shop, Uri comeBackTo, string state)
    {
        var authentication = WooCommerceApi.Read<WooSite>(index).Authentication;
        if (authentication.ValueKind is not JsonValueKind.Object
            || SnakeJson.Read<WooAuthentication>(JsonSerializer.SerializeToUtf8Bytes(authentication))?.ApplicationPasswords?.Endpoints?.Authorization is not { } told)
        {
            throw new StorefrontException(
                StorefrontFault.InvalidData, "WordPress offers no application passwords there. Have it served by https, or allow them in the security plugin that switched them off.",
                $"{index.Asked} names no authentication.application-passwords.");
        }

        if (!Uri.TryCreate(told, UriKind.Absolute, out var page) || page.Host != shop.Host || page.Scheme is not ("http" or "https"))
        {
            throw new StorefrontException(
                StorefrontFault.InvalidData, "The shop has another address than the one you wrote. Write the one that a browser ends up at.",
                $"{index.Asked} names '{ShopWords.Short(told)}' for signing in.");
        }

        var back = With(comeBackTo, (State, state));
        // WordPress takes a name once for each user, and one that is given up stays in its list.
        return With(
            page, ("app_name", $"ProductVideo {comeBackTo.Host} {state[..Math.Min(6, state.Length)]}"), ("app_id", AppId),
            ("success_url", back.AbsoluteUri), ("reject_url", With(back, ("success", "false")).AbsoluteUri));
    }

    public static HandedOver Read(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> answer, string state)
    {
        if (!HandOverState.IsThat(state, answer.GetValueOrDefault(State)))
            return new HandedOver.Refused("This is no answer to a question of ours, or an old one. Begin the connection again.");
        if (answer.ContainsKey("success") || answer.ContainsKey("error"))
            return new HandedOver.Declined();
        if (answer.GetValueOrDefault("user_login") is not { Length: > 0 } user || answer.GetValueOrDefault("password") is not { Length: > 0 } password)
            return new HandedOver.Refused("WordPress came back without a password. Begin the connection again.");
        if (!Uri.TryCreate(answer.GetValueOrDefault("site_url"), UriKind.Absolute, out var site) || site.Host != Shop(values).Host)
            return new HandedOver.Refused("Another shop answered than the one that was asked. Begin the connection again with the address that a browser ends up at.");
        var given = new Dictionary<string, string>(values, StringComparer.Ordinal)
        {
            [nameof(WooCommerceOptions.User)] = user, [nameof(WooCommerceOptions.ApplicationPassword)] = password,
        };
        // The webhooks are made by us, so nobody needs to think of a secret.
        given.TryAdd(nameof(WooCommerceOptions.WebhookSecret), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return new HandedOver.Given(given);
    }

    private static Uri With(Uri address, params (string Name, string Value)[] query)
    {
        var more = string.Join('&', query.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));
        return new UriBuilder(address) { Query = address.Query is { Length: > 1 } there ? $"{there[1..]}&{more}" : more }.Uri;
    }
}
