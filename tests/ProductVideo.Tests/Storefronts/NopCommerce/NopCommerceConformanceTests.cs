using ProductVideo.Bridge;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Webhooks;

namespace ProductVideo.Tests.Storefronts.NopCommerce;

public sealed class NopCommerceConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync() => new NopCommerceUnderTest(await NopCommerceParts.StartAsync());

    private sealed class NopCommerceUnderTest : StorefrontUnderTest
    {
        private readonly NopCommerceParts _parts;

        public NopCommerceUnderTest(NopCommerceParts parts)
        {
            _parts = parts;
            byte[] first = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
            var mug = parts.Fake.Add("Stoneware mug", product => product with
            {
                Manufacturers = ["Tonwerk"],
                Categories = ["Kitchen", "Gifts"],
                Stock = 7,
                Sold = 42,
                Pictures = [parts.Fake.Catalogue.AddPicture("mug-front", first), parts.Fake.Catalogue.AddPicture("mug-side", [0xFF, 0xD8, 0xFF, 0xE0, 4])],
                Variants = [new(901, "MUG-S", 11.90m, [new("Color", "Sage")], null), new(902, "MUG-I", 12.90m, [new("Color", "Ink")], null)],
            });
            AllProductIds = [$"{mug}", $"{parts.Fake.Add("Tea tin")}", $"{parts.Fake.Add("Sketch", product => product with { Published = false })}"];
            Known = new ExpectedProduct($"{mug}", "Stoneware mug", "dishwasher safe", "Tonwerk", 2, 2, first) { Collections = ["Kitchen", "Gifts"], Stock = 7, Sold = 42 };
        }

        public override IStorefront Storefront => _parts.Storefront;

        public override ExpectedProduct Known { get; }

        public override IReadOnlyList<string> AllProductIds { get; }

        public override string UnknownProductId => "99999";

        public override IReadOnlyList<string> HostileImageKeys => ["../status", "0", "-1", "1/../../products/1", "01", "http://10.0.0.1/a.jpg", ""];

        public override IStorefront WithWrongSecret => _parts.With(BridgeSignature.NewSecret());

        public override (ClipToAttach Clip, byte[] Bytes) Clip(string key)
        {
            var bytes = NopCommerceParts.Mp4(key);
            return (NopCommerceParts.Clip(key, bytes), bytes);
        }

        public override Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId) => Task.FromResult(_parts.Fake.Gallery(Number(productId)));

        public override Task<string> PublicTitleAsync(string productId) =>
            Task.FromResult(_parts.Fake.Catalogue.All.Single(product => product.Id == Number(productId)).Name);

        public override Task EditTitleAsync(string productId, string title)
        {
            _parts.Fake.Catalogue.Edit(Number(productId), product => product with { Name = title });
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            var other = _parts.Fake.Catalogue.AddPicture("mug-other", [0xFF, 0xD8, 0xFF, 0xE0, 9]);
            _parts.Fake.Catalogue.Edit(Number(productId), product => product with { Pictures = [other, .. product.Pictures.Skip(1)] });
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            _parts.Fake.Catalogue.Edit(Number(productId), product => product with { Stock = product.Stock - 1, Sold = product.Sold + 1 });
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            _parts.Fake.Catalogue.Edit(Number(productId), product => product with { Categories = [.. product.Categories, name] });
            return Task.CompletedTask;
        }

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId)
        {
            using var request = new ChangeSender(new PlainClients(), TimeProvider.System).Request(
                new BridgeConnection(_parts.Fake.Secret, "https://video.example", "key", "nop", 1), ChangeBody.ProductsChanged, [Number(productId)]);
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, CancellationToken.None);
            return [new(request.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase), body.ToArray(), DateTimeOffset.UtcNow)];
        }

        public override ValueTask DisposeAsync() => _parts.DisposeAsync();

        private static int Number(string id) => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
    }
}
