using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Webhooks;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync() => new ShopifyUnderTest(await ShopifyParts.StartAsync());

    private sealed class ShopifyUnderTest : StorefrontUnderTest
    {
        private readonly ShopifyParts _parts;

        public ShopifyUnderTest(ShopifyParts parts)
        {
            _parts = parts;
            var mug = parts.Fake.Add("Stoneware mug", product =>
            {
                product.Options["Color"] = ["Sage", "Ink"];
                product.Collections.AddRange(["Kitchen", "Gifts"]);
                product.Inventory = 7;
                product.Variants.Add(new FakeVariant(901, "11.90", new Dictionary<string, string> { ["Color"] = "Sage" }, product.Media[0]));
                product.Variants.Add(new FakeVariant(902, "12.90", new Dictionary<string, string> { ["Color"] = "Ink" }, product.Media[1]));
            });
            AllProductIds = [$"{mug.Id}", $"{parts.Fake.Add("Tea tin").Id}", $"{parts.Fake.Add("Sketch", product => product.Status = "DRAFT").Id}"];
            Known = new ExpectedProduct($"{mug.Id}", "Stoneware mug", "dishwasher safe", "Tonwerk", 2, 2, FirstImage: null) { Handle = "stoneware-mug", Collections = ["Kitchen", "Gifts"], Stock = 7 };
        }

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "99999";

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(_parts.Fake.Gallery(Number(productId)));

        public override Task<string> PublicTitleAsync(string productId) => Task.FromResult(_parts.Fake.TitleOf(Number(productId)));

        public override Task EditTitleAsync(string productId, string title)
        {
            _parts.Fake.Edit(Number(productId), product => product.Title = title);
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            var picture = _parts.Fake.AddPicture([0xFF, 0xD8, 9]);
            _parts.Fake.Edit(Number(productId), product => product.Media[0] = picture);
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            _parts.Fake.Edit(Number(productId), product => product.Inventory--);
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            _parts.Fake.Edit(Number(productId), product => product.Collections.Add(name));
            return Task.CompletedTask;
        }

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId) =>
        [
            ShopifyCalls.Make("products/update", $$"""{"id":{{productId}},"title":"Stoneware mug","admin_graphql_api_id":"gid://shopify/Product/{{productId}}"}"""),
            ShopifyCalls.Make("products/create", $$"""{"id":{{productId}}}""", prefix: "shopify-"),
        ];

        public override IStorefront WithWrongSecret => _parts.Open(new ShopifyOptions
        {
            Shop = "tonwerk", Url = _parts.Options.Url, Address = _parts.Options.Address, ClientId = _parts.Options.ClientId, ClientSecret = "of yesterday",
        });

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();

        private static long Number(string id) => long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
    }
}
