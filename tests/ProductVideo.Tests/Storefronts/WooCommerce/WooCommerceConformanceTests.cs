using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.WooCommerce;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync() => new WooCommerceUnderTest(await WooCommerceParts.StartAsync());

    private sealed class WooCommerceUnderTest : StorefrontUnderTest
    {
        private readonly WooCommerceParts _parts;

        public WooCommerceUnderTest(WooCommerceParts parts)
        {
            _parts = parts;
            var mug = parts.Fake.Add(
                "Stoneware mug",
                product =>
                {
                    product["type"] = "variable";
                    product["brands"] = new JsonArray(new JsonObject { ["id"] = 3, ["name"] = "Tonwerk" });
                    product["categories"] = new JsonArray(Category("Kitchen"), Category("Gifts"));
                    (product["manage_stock"], product["stock_quantity"], product["total_sales"]) = (true, 7, 42);
                },
                new JsonArray(
                    new JsonObject { ["id"] = 901L, ["price"] = "11.90", ["attributes"] = new JsonArray(new JsonObject { ["name"] = "Color", ["option"] = "Sage" }) },
                    new JsonObject { ["id"] = 902L, ["price"] = "12.90", ["attributes"] = new JsonArray(new JsonObject { ["name"] = "Color", ["option"] = "Ink" }) }));
            AllProductIds = [$"{mug}", $"{parts.Fake.Add("Tea tin")}", $"{parts.Fake.Add("Sketch", product => product["status"] = "draft")}"];
            Known = new ExpectedProduct($"{mug}", "Stoneware mug", "dishwasher safe", "Tonwerk", 2, 2, FirstImage: null) { Handle = $"product-{mug}", Collections = ["Kitchen", "Gifts"], Stock = 7, Sold = 42 };
        }

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "99999";

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(_parts.Fake.Gallery(Number(productId)));

        public override Task<string> PublicTitleAsync(string productId) => Task.FromResult(_parts.Fake.TitleOf(Number(productId)));

        public override Task EditTitleAsync(string productId, string title)
        {
            _parts.Fake.Edit(Number(productId), product => product["name"] = title);
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            _parts.Fake.Edit(Number(productId), product =>
                (product["images"]![0]!["id"], product["images"]![0]!["src"]) = (77, "http://127.0.0.1:18080/wp-content/uploads/2026/11/other.jpg"));
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            _parts.Fake.Edit(Number(productId), product =>
                (product["stock_quantity"], product["total_sales"]) = ((int)product["stock_quantity"]! - 1, (int)product["total_sales"]! + 1));
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            _parts.Fake.Edit(Number(productId), product => product["categories"]!.AsArray().Add(Category(name)));
            return Task.CompletedTask;
        }

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId)
        {
            var body = System.Text.Encoding.UTF8.GetBytes($"{{\"id\":{productId}}}");
            return
            [
                new(
                    new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
                    {
                        ["X-WC-Webhook-Topic"] = "product.updated", ["X-WC-Webhook-Delivery-ID"] = "d-1",
                        [BodyHmacSignature.WooCommerceHeader] = BodyHmacSignature.Sign(body, _parts.Options.WebhookSecret!),
                    },
                    body, DateTimeOffset.UtcNow),
            ];
        }

        public override IStorefront WithWrongSecret => new WooCommerceStorefront(
            new WooCommerceOptions { Shop = "woo", Url = _parts.Options.Url, User = _parts.Options.User, ApplicationPassword = "of yesterday" },
            new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<WooCommerceStorefront>.Instance);

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();

        private static JsonObject Category(string name) => new() { ["id"] = 15, ["name"] = name };

        private static long Number(string id) => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
    }
}
