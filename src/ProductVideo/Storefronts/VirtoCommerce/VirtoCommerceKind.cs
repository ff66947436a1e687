using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>How a VirtoCommerce platform is connected.</summary>
internal sealed class VirtoCommerceKind(ShopExchange exchange, TimeProvider clock, ILogger<VirtoCommerceStorefront> log) : StorefrontKind<VirtoCommerceOptions>
{
    public override string Key => "virtocommerce";

    public override string Name => "VirtoCommerce";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "In the platform's admin under Security → OAuth applications, add an application. Write its client id and secret here; the secret is shown once.",
        $"Give the application these permissions, where your platform asks for them: {VirtoCommerceFaults.Permissions}.",
        "Check that the platform's catalog and assets modules are installed, and that .mp4 and .jpg are among the file extensions that may be uploaded.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(VirtoCommerceOptions.Url), "Address of the platform", "Where its admin is, not where shoppers are.") { IsRequired = true, Example = "https://platform.shop.example" },
        new(nameof(VirtoCommerceOptions.ClientId), "Client id", "Of the OAuth application.") { IsRequired = true },
        new(nameof(VirtoCommerceOptions.ClientSecret), "Client secret", "Shown once, when the application is added.") { IsRequired = true, IsSecret = true },
        new(nameof(VirtoCommerceOptions.StoreUrl), "Address of a product's page", "With {slug}, {id} or {code} where products differ; without it we can't link to listings.") { Example = "https://shop.example/product/{slug}" },
        new(nameof(VirtoCommerceOptions.Locale), "Language of the listings", "As the store writes it; shoppers see a video only in its own language.") { Example = "en-US" },
        new(nameof(VirtoCommerceOptions.Catalogs), "Catalogs", "Ids with commas between them; leave it empty for all."),
    ];

    public override IStorefront Make(VirtoCommerceOptions options) => new VirtoCommerceStorefront(options, exchange, clock, log);
}
