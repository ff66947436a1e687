using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Medusa;
using ProductVideo.Storefronts.Medusa;
using ProductVideo.Webhooks;

namespace ProductVideo.Tests.Storefronts.Medusa;

public sealed class MedusaConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync() => new MedusaUnderTest(await MedusaParts.StartAsync());

    private sealed class MedusaUnderTest : StorefrontUnderTest
    {
        private readonly MedusaParts _parts;

        public MedusaUnderTest(MedusaParts parts)
        {
            _parts = parts;
            var mug = parts.Fake.Add("Stoneware mug", product =>
            {
                (product["collection"], product["categories"]) = (new JsonObject { ["title"] = "Kitchen" }, new JsonArray(new JsonObject { ["name"] = "Gifts" }));
                FakeMedusa.Count(product["variants"]![0]!, 4);
                product["variants"]!.AsArray().Add(FakeMedusa.Count(new JsonObject { ["id"] = "variant_2", ["variant_rank"] = 1 }, 3));
            });
            AllProductIds = [mug, parts.Fake.Add("Tea tin"), parts.Fake.Add("Sketch", product => product["status"] = "draft")];
            Known = new ExpectedProduct(mug, "Stoneware mug", "Dishwasher safe", Vendor: null, Images: 2, Variants: 2, FirstImage: null) { Collections = ["Kitchen", "Gifts"], Stock = 7 };
        }

        private FakeMedusa Fake => _parts.Fake;

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "prod_01ARZ3NDEKTSV4RRFFQ69G5FAV";

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(Fake.Gallery(productId));

        public override Task<string> PublicTitleAsync(string productId) => Task.FromResult(Fake.TitleOf(productId));

        public override Task EditTitleAsync(string productId, string title)
        {
            Fake.Edit(productId, product => product["title"] = title);
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            Fake.Edit(productId, product => (product["images"]![0]!["url"], product["thumbnail"]) = (Fake.Picture(9), Fake.Picture(9)));
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            Fake.Edit(productId, product => product["variants"]![0]!["inventory_items"]![0]!["inventory"]!["location_levels"]![0]!["reserved_quantity"] = 1);
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            Fake.Edit(productId, product => product["categories"]!.AsArray().Add(new JsonObject { ["name"] = name }));
            return Task.CompletedTask;
        }

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId) => [MedusaParts.Call("product.updated", productId)];

        public override IStorefront WithWrongSecret => MedusaParts.Open(new MedusaOptions { Shop = "medusa", Url = _parts.Options.Url, ApiKey = "sk_of_yesterday" });

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();
    }
}
