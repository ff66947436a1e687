using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.VirtoCommerce;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.VirtoCommerce;

namespace ProductVideo.Tests.Storefronts.VirtoCommerce;

public sealed class VirtoCommerceConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync() => new VirtoCommerceUnderTest(await VirtoCommerceParts.StartAsync());

    private sealed class VirtoCommerceUnderTest : StorefrontUnderTest
    {
        private readonly VirtoCommerceParts _parts;

        public VirtoCommerceUnderTest(VirtoCommerceParts parts)
        {
            _parts = parts;
            var mug = parts.Fake.Add("Stoneware mug", product => product["variations"] = new JsonArray(Variation("v1", "Sage"), Variation("v2", "Ink")));
            AllProductIds = [mug, parts.Fake.Add("Tea tin"), parts.Fake.Add("Sketch", product => product["isActive"] = false)];
            Known = new ExpectedProduct(mug, "Stoneware mug", "dishwasher safe", "Tonwerk", 2, 2, FirstImage: null) { Collections = ["Kitchen", "Mugs"] };
        }

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "99999999-0000-4000-8000-000000000000";

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(_parts.Fake.Gallery(productId));

        public override Task<string> PublicTitleAsync(string productId) => Task.FromResult(_parts.Fake.TitleOf(productId));

        public override Task EditTitleAsync(string productId, string title)
        {
            _parts.Fake.Edit(productId, product => product["name"] = title);
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            _parts.Fake.Edit(productId, product => product["images"]![1] = FakeVirtoCommerce.Image("other.jpg", 1));
            return Task.CompletedTask;
        }

        /// <summary>Nothing of the product moves: the shop counts in other modules.</summary>
        public override Task SellOneAsync(string productId) => Task.CompletedTask;

        public override Task AddToCollectionAsync(string productId, string name)
        {
            _parts.Fake.Edit(productId, product => product["outlines"]!.AsArray().Add(FakeVirtoCommerce.Outline("Kitchen", name)));
            return Task.CompletedTask;
        }

        public override IStorefront WithWrongSecret => new VirtoCommerceStorefront(
            new VirtoCommerceOptions { Shop = "virto", Url = _parts.Options.Url, ClientId = FakeVirtoCommerce.ClientId, ClientSecret = "of yesterday" },
            new ShopExchange(new PlainClients(), TimeProvider.System), TimeProvider.System, NullLogger<VirtoCommerceStorefront>.Instance);

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();

        private static JsonObject Variation(string id, string colour) => new()
        {
            ["id"] = id, ["name"] = $"Mug, {colour}", ["code"] = $"MUG-{colour}", ["isActive"] = true, ["properties"] = new JsonArray(FakeVirtoCommerce.Property("Color", "Variation", colour)),
        };
    }
}
