using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>How a Medusa shop is connected.</summary>
internal sealed class MedusaKind(ShopExchange exchange, ILogger<MedusaStorefront> log) : StorefrontKind<MedusaOptions>
{
    public override string Key => "medusa";

    public override string Name => "Medusa";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "Install the plugin of plugin-manifest/medusa in Medusa as its README says, and start Medusa again.",
        "In Medusa's admin, under Settings → Secret API Keys, make a key. Write it here with the address of Medusa.",
        "For the button in Medusa's admin, make a connection code here and set PRODUCTVIDEO_CONNECTION to it in Medusa's environment.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(MedusaOptions.Url), "Address of Medusa", "Where Medusa itself runs, not the shop's pages.") { IsRequired = true, Example = "https://medusa.shop.example" },
        new(nameof(MedusaOptions.ApiKey), "Secret key", "Made under Settings → Secret API Keys. A publishable key does not do.") { IsSecret = true, Example = "sk_…" },
        new(nameof(MedusaOptions.Email), "E-mail address", "Of an admin user, only if you have no secret key."),
        new(nameof(MedusaOptions.Password), "Password", "That user's.") { IsSecret = true },
        new(nameof(MedusaOptions.ListingUrl), "Address of a product's page", "With {handle} or {id} in the product's place; Medusa does not know it.") { Example = "https://shop.example/products/{handle}" },
        new(nameof(MedusaOptions.Currency), "Currency", "Medusa has prices for each; without it prices are not read.") { Example = "EUR" },
        new(nameof(MedusaOptions.Locale), "Language of the listings", "A language code.") { Example = "de" },
        new(nameof(MedusaOptions.WebhookSecret), "Secret of Medusa's calls", "Only if Medusa shall tell of changed products: what PRODUCTVIDEO_WEBHOOK_SECRET is in its environment.") { IsSecret = true },
    ];

    public override IStorefront Make(MedusaOptions options) => new MedusaStorefront(options, exchange, log);
}
