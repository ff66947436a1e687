using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>How a WooCommerce shop is connected.</summary>
internal sealed class WooCommerceKind(ShopExchange exchange, ILogger<WooCommerceStorefront> log) : StorefrontKind<WooCommerceOptions>
{
    public override string Key => "woocommerce";

    public override string Name => "WooCommerce";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "Put the folder plugin-manifest/woocommerce/productvideo into wp-content/plugins of WordPress, and switch ProductVideo on under Plugins.",
        "Under Users → Profile, make an application password for a user who may edit products and upload files. Write both here.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(WooCommerceOptions.Url), "Address of WordPress", "As a browser shows it, with the folder where it has one.") { IsRequired = true, Example = "https://shop.example" },
        new(nameof(WooCommerceOptions.User), "WordPress user", "The one whose application password it is.") { IsRequired = true },
        new(nameof(WooCommerceOptions.ApplicationPassword), "Application password", "Made under Users → Profile → Application Passwords. A consumer key does not do.") { IsRequired = true, IsSecret = true },
        new(nameof(WooCommerceOptions.Currency), "Currency", "WooCommerce gives prices without it; without it prices are not read.") { Example = "EUR" },
        new(nameof(WooCommerceOptions.Locale), "Language of the listings", "A language code.") { Example = "de" },
        new(nameof(WooCommerceOptions.WebhookSecret), "Secret of the webhooks", "Only if you make a webhook under WooCommerce → Settings → Advanced → Webhooks.") { IsSecret = true },
    ];

    public override IStorefront Make(WooCommerceOptions options) => new WooCommerceStorefront(options, exchange, log);
}
