using System.Text;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.Vendure;
using ProductVideo.Storefronts.Vendure;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Tests.Storefronts.Vendure;

public class VendureConformanceTests : StorefrontConformance
{
    protected virtual bool UsesGallery => false;

    protected override async Task<StorefrontUnderTest> StartAsync()
    {
        var parts = await VendureParts.StartAsync();
        parts.Options.UseGallery = UsesGallery;
        return new VendureUnderTest(parts);
    }

    private sealed class VendureUnderTest : StorefrontUnderTest
    {
        private readonly VendureParts _parts;

        public VendureUnderTest(VendureParts parts)
        {
            _parts = parts;
            var mug = parts.Fake.Add("Stoneware mug", product =>
            {
                product["facetValues"] = new JsonArray(new JsonObject { ["name"] = "Tonwerk", ["facet"] = new JsonObject { ["code"] = "brand", ["name"] = "Brand" } });
                product["collections"] = new JsonArray(new JsonObject { ["name"] = "Kitchen" }, new JsonObject { ["name"] = "Gifts" });
                product["variants"] = new JsonArray(VendureStorefrontTests.Variant("901", 1190, "Sage", stock: 4), VendureStorefrontTests.Variant("902", 1290, "Ink", stock: 3));
            });
            AllProductIds = [mug, parts.Fake.Add("Tea tin"), parts.Fake.Add("Sketch", product => product["enabled"] = false)];
            Known = new ExpectedProduct(mug, "Stoneware mug", "dishwasher safe", "Tonwerk", 2, 2, FirstImage: null) { Handle = $"product-{mug}", Collections = ["Kitchen", "Gifts"], Stock = 7 };
        }

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "99999";

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(_parts.Fake.Gallery(productId));

        public override Task<string> PublicTitleAsync(string productId) => Task.FromResult(_parts.Fake.TitleOf(productId));

        public override Task EditTitleAsync(string productId, string title)
        {
            _parts.Fake.Edit(productId, product => product["name"] = title);
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            _parts.Fake.Edit(productId, product => (product["featuredAsset"], product["assets"]![0]) = (FakeVendure.Picture("77"), FakeVendure.Picture("77")));
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            _parts.Fake.Edit(productId, product => product["variants"]![0]!["stockLevels"]![0]!["stockAllocated"] = 1);
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            _parts.Fake.Edit(productId, product => product["collections"]!.AsArray().Add(new JsonObject { ["name"] = name }));
            return Task.CompletedTask;
        }

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId)
        {
            var (body, at) = (Encoding.UTF8.GetBytes($$$"""{"type":"product.updated","data":{"ids":["{{{productId}}}"]}}"""), DateTimeOffset.UtcNow);
            return
            [
                new(
                    new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
                    {
                        [StandardWebhooks.IdHeader] = "d-1", [StandardWebhooks.TimestampHeader] = StandardWebhooks.Seconds(at),
                        [StandardWebhooks.SignatureHeader] = StandardWebhooks.Sign("d-1", at, body, _parts.Options.WebhookSecret!),
                    },
                    body, at),
            ];
        }

        public override IStorefront WithWrongSecret => VendureParts.Connect(
            new VendureOptions { Shop = "vendure", Url = _parts.Options.Url, User = _parts.Options.User, Password = "of yesterday" });

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();
    }
}

public sealed class VendureGalleryConformanceTests : VendureConformanceTests
{
    protected override bool UsesGallery => true;
}
