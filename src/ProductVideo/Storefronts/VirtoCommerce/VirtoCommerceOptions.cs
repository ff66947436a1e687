namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>One VirtoCommerce platform. <see cref="ShopOptions.Url"/> is the platform's address, not the storefront's.</summary>
public sealed class VirtoCommerceOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:VirtoCommerce";

    /// <summary>The most characters of a language that the shop's video rows hold.</summary>
    internal const int MaxLanguage = 5;

    /// <summary>Of an OAuth application of the platform.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Of that application; asks for a token that lives half an hour.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Ids of the catalogs whose products are listed, with commas between them.</summary>
    /// <value>Null: all catalogs.</value>
    public string? Catalogs { get; set; }

    /// <summary>Where shoppers see a product, for example <c>https://shop.example/product/{slug}</c>. <c>{slug}</c>, <c>{id}</c> and <c>{code}</c> are filled in.</summary>
    /// <value>Null: where a listing is is not told.</value>
    public string? StoreUrl { get; set; }

    internal IReadOnlyList<string> CatalogIds => (Catalogs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        if (string.IsNullOrWhiteSpace(ClientId))
            yield return new(nameof(ClientId), "ClientId is missing; add an OAuth application in the platform under Security, and write its client id.");
        if (string.IsNullOrWhiteSpace(ClientSecret))
            yield return new(nameof(ClientSecret), "ClientSecret is missing; the platform shows it when the OAuth application is added.");
        if (Catalogs is not null && CatalogIds.Count == 0)
            yield return new(nameof(Catalogs), "Catalogs is blank; leave it out for all catalogs, or write their ids with commas between them.");
        if (StoreUrl is { } store && !IsTemplate(store))
            yield return new(nameof(StoreUrl), $"StoreUrl is '{store}'; write where shoppers see a product, for example https://shop.example/product/{{slug}}. It must hold {{slug}}, {{id}} or {{code}}.");
        if (Locale is { Length: > MaxLanguage })
            yield return new(nameof(Locale), $"Locale is '{Locale}'; VirtoCommerce keeps the language of a video in five characters, for example de-DE.");
    }

    private static bool IsTemplate(string text) =>
        (text.Contains("{slug}", StringComparison.Ordinal) || text.Contains("{id}", StringComparison.Ordinal) || text.Contains("{code}", StringComparison.Ordinal))
        && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
