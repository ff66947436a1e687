using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>How a Shopify shop is connected.</summary>
internal sealed class ShopifyKind(ShopExchange exchange, IKeepShopTokens tokens, TimeProvider clock, ILogger<ShopifyStorefront> log)
    : StorefrontKind<ShopifyOptions>
{
    public override string Key => "shopify";

    public override string Name => "Shopify";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "In Shopify's Dev Dashboard, under the organisation that the shop belongs to, make an app with the access scopes read_products, write_products and write_files, and install it in the shop.",
        "Open the app's settings there and copy its client id and client secret. Write both here.",
        "For the button in Shopify's admin and for news of changes, put the app's client id into plugin-manifest/shopify/shopify.app.toml and deploy it with Shopify's command line.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(ShopifyOptions.Url), "Address at Shopify", "The one that ends in myshopify.com; it stands in the admin under Settings → Domains.") { IsRequired = true, Example = "https://tonwerk.myshopify.com" },
        new(nameof(ShopifyOptions.ClientId), "Client id", "In the Dev Dashboard under the app's settings.") { IsRequired = true },
        new(nameof(ShopifyOptions.ClientSecret), "Client secret", "Beside the client id.") { IsRequired = true, IsSecret = true },
        new(nameof(ShopifyOptions.EarlierClientSecret), "Client secret before the last rotation", "Only in the hour after you rotated it.") { IsSecret = true },
        new(nameof(ShopifyOptions.RefreshToken), "Refresh token", "Only for an app that is installed in shops of other organisations.") { IsSecret = true },
        new(nameof(ShopifyOptions.AdminMayOrder), "Button in Shopify's admin", "Whether staff of the shop may order videos there.") { Choices = [new("false", "No"), new("true", "Yes")] },
        new(nameof(ShopifyOptions.Place), "Place of the video", "Among the listing's pictures.") { Choices = [new(nameof(ClipPlace.Last), "Last"), new(nameof(ClipPlace.AfterFirst), "Behind the first picture")] },
        new(nameof(ShopifyOptions.Locale), "Language of the listings", "A language code.") { Example = "de" },
    ];

    public override IStorefront Make(ShopifyOptions options) => new ShopifyStorefront(options, exchange, tokens, clock, log);
}
