using ProductVideo.Spending;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>One Medusa shop. <see cref="ShopOptions.Url"/> is the address of Medusa itself, not that of the shop's pages.</summary>
public sealed class MedusaOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:Medusa";

    internal const string Handle = "{handle}";
    internal const string Id = "{id}";

    /// <summary>A secret key, <c>sk_…</c>, made in Medusa's admin under Settings → Secret API Keys.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Of an admin user, in the place of <see cref="ApiKey"/>.</summary>
    public string Email { get; set; } = "";

    /// <summary>That user's.</summary>
    public string Password { get; set; } = "";

    /// <summary>Where the shop's pages show a product, with <c>{handle}</c> or <c>{id}</c> in it: Medusa does not know.</summary>
    /// <value>Null: listings have no address.</value>
    public string? ListingUrl { get; set; }

    /// <summary>The secret that Medusa's calls are signed with: <c>whsec_</c> and base64 of 24 bytes or more. The plugin is given the same.</summary>
    /// <value>Null: Medusa's calls are refused.</value>
    public string? WebhookSecret { get; set; }

    /// <summary>ISO 4217 code of the prices that are read; Medusa has some for each currency.</summary>
    /// <value>Null: prices are not read.</value>
    public string? Currency { get; set; }

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        var signsIn = Email.Length > 0 || Password.Length > 0;
        if (ApiKey.StartsWith("pk_", StringComparison.Ordinal))
            yield return new(nameof(ApiKey), "ApiKey is a publishable key, which may only look at the shop; make a secret one in Medusa under Settings, Secret API Keys.");
        else if (ApiKey.Length > 0 ? string.IsNullOrWhiteSpace(ApiKey) || ApiKey.Contains(':', StringComparison.Ordinal) : !signsIn)
            yield return new(nameof(ApiKey), "ApiKey is missing or has a colon; make a secret key in Medusa under Settings, Secret API Keys, or write Email and Password of an admin user.");
        else if (ApiKey.Length > 0 && signsIn)
            yield return new(nameof(ApiKey), "ApiKey stands beside Email or Password; leave out the one or the others.");
        if (signsIn && string.IsNullOrWhiteSpace(Email))
            yield return new(nameof(Email), "Email is missing; write that of the admin user whose Password it is.");
        if (signsIn && string.IsNullOrWhiteSpace(Password))
            yield return new(nameof(Password), "Password is missing; write that of the admin user of Email.");
        if (ListingUrl is { } listing && !IsTemplate(listing))
            yield return new(nameof(ListingUrl), $"ListingUrl is '{listing}'; it must be the address of a product's page with {Handle} or {Id} in it, for example https://shop.example/products/{Handle}.");
        if (WebhookSecret is { } secret && !IsSecret(secret))
            yield return new(nameof(WebhookSecret), "WebhookSecret is not whsec_ and base64 of 24 bytes or more; make one with: echo whsec_$(openssl rand -base64 32)");
        if (Currency is { } currency && !Currencies.IsKnown(currency))
            yield return new(nameof(Currency), $"Currency is '{currency}'; it must be one of ISO 4217, for example EUR.");
    }

    private static bool IsTemplate(string template) =>
        (template.Contains(Handle, StringComparison.Ordinal) || template.Contains(Id, StringComparison.Ordinal))
        && Uri.TryCreate(template.Replace(Handle, "a", StringComparison.Ordinal).Replace(Id, "a", StringComparison.Ordinal), UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https";

    private static bool IsSecret(string secret)
    {
        const string start = Webhooks.Signatures.StandardWebhooks.SecretStart;
        var bytes = new byte[secret.Length];
        return secret.StartsWith(start, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[start.Length..], bytes, out var length) && length >= 24;
    }
}
