using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>How a WooCommerce shop is connected.</summary>
internal sealed class WooCommerceKind(ShopExchange exchange, ILogger<WooCommerceStorefront> log) : StorefrontKind<WooCommerceOptions>, IHandOver
{
    public override string Key => "woocommerce";

    public override string Name => "WooCommerce";

    public override IReadOnlyList<string> Steps { get; } =
    [
        "Put the folder plugin-manifest/woocommerce/productvideo into wp-content/plugins of WordPress, and switch ProductVideo on under Plugins.",
        "Let WordPress hand an application password over while you are signed in there as a user who may edit products, upload files and delete what it uploaded, such as a shop manager; or make one under Users → Profile and write both here.",
    ];

    public override IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(nameof(WooCommerceOptions.Url), "Address of WordPress", "As a browser shows it, with the folder where it has one.") { IsRequired = true, Example = "https://shop.example" },
        new(nameof(WooCommerceOptions.User), "WordPress user", "The one whose application password it is.") { IsRequired = true },
        new(nameof(WooCommerceOptions.ApplicationPassword), "Application password", "Made under Users → Profile → Application Passwords. A consumer key does not do.") { IsRequired = true, IsSecret = true },
        new(nameof(WooCommerceOptions.Currency), "Currency", "WooCommerce gives prices without it; without it prices are not read.") { Example = "EUR" },
        new(nameof(WooCommerceOptions.Locale), "Language of the listings", "A language code.") { Example = "de" },
        new(nameof(WooCommerceOptions.WebhookSecret), "Secret of the webhooks", "A text of your own that nobody can guess; with it the shop tells of changes at once. Webhooks are made with it by themselves.") { IsSecret = true },
    ];

    public IReadOnlyList<string> FieldsBefore => [nameof(WooCommerceOptions.Url)];

    public IReadOnlyList<ConnectionMistake> MistakesBefore(IReadOnlyDictionary<string, string> values) => Mistakes("shop", WooCommerceHandOver.WithMadeUpLogin(values));

    public async Task<Uri> SendAsync(IReadOnlyDictionary<string, string> values, Uri comeBackTo, string state, CancellationToken cancellationToken)
    {
        var shop = WooCommerceHandOver.Shop(values);
        using var request = new HttpRequestMessage(HttpMethod.Get, shop.AbsoluteUri.TrimEnd('/') + "/wp-json/?_fields=authentication");
        return WooCommerceHandOver.Page(new WooAnswer(await exchange.AskAsync(request, cancellationToken)), shop, comeBackTo, state);
    }

    public HandedOver Read(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> answer, string state) =>
        WooCommerceHandOver.Read(values, answer, state);

    public override IStorefront Make(WooCommerceOptions options) => new WooCommerceStorefront(options, exchange, log);
}
