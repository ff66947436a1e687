using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>How a Vendure shop is connected.</summary>
internal sealed class VendureKind(ShopExchange exchange, ILogger<VendureStorefront> log) : StorefrontKind<VendureOptions>
{
    public override string Key => "vendure";

    public override string Name => "Vendure";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "Add the package of plugin-manifest/vendure to the shop, put ProductVideoPlugin.init into its plugins, write a database migration and build the dashboard again.",
        "Let authOptions.tokenMethod hold 'bearer', and raise assetOptions.uploadMaxFileSize where clips may be larger than 20 MiB.",
        "In the dashboard, make an administrator for ProductVideo whose role may read and update products and read and create assets. Write its e-mail address and password here.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(VendureOptions.Url), "Address of the admin API", "As apiOptions.adminApiPath has it.") { IsRequired = true, Example = "https://shop.example/admin-api" },
        new(nameof(VendureOptions.User), "Administrator", "The e-mail address that it signs in with."),
        new(nameof(VendureOptions.Password), "Password", "Of that administrator.") { IsSecret = true },
        new(nameof(VendureOptions.ApiKey), "API key", "In the place of administrator and password, where the shop takes API keys. It is slower.") { IsSecret = true },
        new(nameof(VendureOptions.ShopUrl), "Address of a product", "Where shoppers see it, with {slug} or {id}.") { Example = "https://shop.example/product/{slug}" },
        new(nameof(VendureOptions.Channel), "Channel", "The token of the channel, if it is not the default one."),
        new(nameof(VendureOptions.Locale), "Language of the listings", "A language code.") { Example = "de" },
        new(nameof(VendureOptions.WebhookSecret), "Secret of the news", "The webhookSecret that the plugin was given; whsec_ and base64.") { IsSecret = true },
        new(nameof(VendureOptions.UseGallery), "Show clips among the assets", "For a shop window that does not know the plugin's field.") { Choices = [new("false", "No"), new("true", "Yes")] },
    ];

    public override IStorefront Make(VendureOptions options) => new VendureStorefront(options, exchange, log);
}
