using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>One Vendure shop. <see cref="ShopOptions.Url"/> is that of its admin API; without a path, <c>/admin-api</c> is added.</summary>
public sealed class VendureOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:Vendure";

    /// <summary>The administrator whose password it is.</summary>
    public string? User { get; set; }

    /// <summary>Of <see cref="User"/>.</summary>
    public string? Password { get; set; }

    /// <summary>In the place of user and password. Vendure takes a third of a second to check one with each request.</summary>
    /// <value>Null or blank: none.</value>
    public string? ApiKey
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    /// <summary>The token of the channel whose products are filmed.</summary>
    /// <value>Null: the default channel.</value>
    public string? Channel { get; set; }

    /// <summary>Where shoppers see a product: an address with <c>{slug}</c> or <c>{id}</c> in it, for example <c>https://shop.example/product/{slug}</c>.</summary>
    /// <value>Null: not known, because Vendure has no shop window of its own.</value>
    public string? ShopUrl { get; set; }

    /// <summary>Signs what the shop tells of changed products: <c>whsec_</c> and base64, the same as the plugin was given.</summary>
    /// <value>Null: what the shop tells is refused.</value>
    public string? WebhookSecret { get; set; }

    /// <summary>Puts clips among the product's assets too, for a shop window that shows those and does not know the plugin's field.</summary>
    public bool UseGallery { get; set; }

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        var signsIn = !string.IsNullOrWhiteSpace(User) || !string.IsNullOrWhiteSpace(Password);
        if (signsIn && ApiKey is not null)
            yield return new(nameof(ApiKey), "ApiKey is given beside User and Password; leave one of the two ways out.");
        else if (ApiKey is null && string.IsNullOrWhiteSpace(User))
            yield return new(nameof(User), "User is missing; write the e-mail address of an administrator of the shop, or give an ApiKey.");
        else if (ApiKey is null && string.IsNullOrWhiteSpace(Password))
            yield return new(nameof(Password), "Password is missing; write that of the administrator, or give an ApiKey.");
        if (Channel is { } channel && string.IsNullOrWhiteSpace(channel))
            yield return new(nameof(Channel), "Channel is blank; leave it out or write the token of the channel.");
        if (ShopUrl is { } shop && !IsTemplate(shop))
            yield return new(nameof(ShopUrl), $"ShopUrl is '{shop}'; write the address of a product with {{slug}} or {{id}} in it, for example https://shop.example/product/{{slug}}.");
        if (WebhookSecret is { } secret && !IsSecret(secret))
            yield return new(nameof(WebhookSecret), "WebhookSecret is no secret; write whsec_ and at least 16 bytes in base64, the same as the plugin was given.");
    }

    private static bool IsTemplate(string shop) =>
        (shop.Contains("{slug}", StringComparison.Ordinal) || shop.Contains("{id}", StringComparison.Ordinal))
        && Uri.TryCreate(shop.Replace("{slug}", "a", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https";

    private static bool IsSecret(string secret) =>
        secret.StartsWith(StandardWebhooks.SecretStart, StringComparison.Ordinal)
        && Convert.TryFromBase64String(secret[StandardWebhooks.SecretStart.Length..], new byte[secret.Length], out var length) && length >= 16;
}
