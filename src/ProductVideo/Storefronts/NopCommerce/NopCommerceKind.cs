using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>How a nopCommerce shop is connected.</summary>
internal sealed class NopCommerceKind(ShopExchange exchange, TimeProvider clock, ILogger<NopCommerceStorefront> log) : StorefrontKind<NopCommerceOptions>
{
    public override string Key => "nopcommerce";

    public override string Name => "nopCommerce";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "Pack the plugin with plugin-manifest/nopcommerce/pack, upload the zip in nopCommerce under Configuration → Local plugins, and install it there.",
        "Open the plugin's settings with Configure. Copy the address and the secret, and write both here.",
        "For the button and for news of changes, press “Make a connection code” on the shop's page here, and paste the code into the plugin's settings.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(NopCommerceOptions.Url), "Address of the shop", "As the plugin's settings show it.") { IsRequired = true, Example = "https://shop.example" },
        new(nameof(NopCommerceOptions.Secret), "Secret", "Made by the plugin; its settings show it.") { IsRequired = true, IsSecret = true },
        new(nameof(NopCommerceOptions.Locale), "Language of the listings", "Only where it is not the shop's own first language.") { Example = "de" },
    ];

    public override IStorefront Make(NopCommerceOptions options) => new NopCommerceStorefront(options, exchange, clock, log);
}
