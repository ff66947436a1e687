using ProductVideo.Spending;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>One WooCommerce shop.</summary>
public sealed class WooCommerceOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:WooCommerce";

    /// <summary>The WordPress user whose application password it is; may edit products, upload files and delete what it uploaded.</summary>
    public string User { get; set; } = "";

    /// <summary>Made in WordPress under Users → Profile → Application Passwords. A consumer key does not do: it can't upload files.</summary>
    public string ApplicationPassword { get; set; } = "";

    /// <summary>The secret of the shop's webhooks; null where it has none.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>ISO 4217 code of the shop's prices; they come without one.</summary>
    /// <value>Null: prices are not read.</value>
    public string? Currency { get; set; }

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        if (string.IsNullOrWhiteSpace(User) || User.Contains(':', StringComparison.Ordinal))
            yield return new(nameof(User), "User is missing or has a colon; write the name of the WordPress user whose application password it is.");
        if (string.IsNullOrWhiteSpace(ApplicationPassword))
            yield return new(nameof(ApplicationPassword), "ApplicationPassword is missing; make one in WordPress under Users, Profile, Application Passwords.");
        else if (ApplicationPassword.StartsWith("ck_", StringComparison.Ordinal) || ApplicationPassword.StartsWith("cs_", StringComparison.Ordinal))
            yield return new(nameof(ApplicationPassword), "ApplicationPassword is a consumer key of WooCommerce, which can't upload files; make an application password in WordPress under Users, Profile.");
        if (WebhookSecret is { } secret && string.IsNullOrWhiteSpace(secret))
            yield return new(nameof(WebhookSecret), "WebhookSecret is blank; leave it out or write the secret of the shop's webhooks.");
        if (Currency is { } currency && !Currencies.IsKnown(currency))
            yield return new(nameof(Currency), $"Currency is '{currency}'; it must be one of ISO 4217, for example EUR.");
    }
}
