using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.Storefronts.Medusa;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The whole suite against a real Medusa with the plugin: each case has a product of its own.</summary>
[Collection(nameof(Medusa))]
public sealed class RealMedusaConformanceTests(Medusa medusa) : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync()
    {
        var product = await medusa.AddProductAsync("Stoneware mug of the suite", shelves: medusa.Shelves);
        using var admin = medusa.Admin();
        await medusa.Shelves.StockAsync(admin, product, 4, 3);
        return new MedusaUnderTest(medusa, product, await medusa.CallAsync("product.created", product));
    }

    private sealed class MedusaUnderTest(Medusa medusa, string product, WebhookCall call) : StorefrontUnderTest
    {
        private readonly HttpClient _admin = medusa.Admin();

        public override IStorefront Storefront { get; } = Medusa.Open(medusa.Options);

        public override ExpectedProduct Known { get; } = new(product, "Stoneware mug of the suite", "Dishwasher safe", Vendor: null, Images: 2, Variants: 2, FirstImage: null) { Collections = ["Kitchen", "Gifts"], Stock = 7 };

        public override IReadOnlyList<string> AllProductIds { get; } = [.. medusa.Products, product];

        public override string UnknownProductId => "prod_01ARZ3NDEKTSV4RRFFQ69G5FAV";

        public override async Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId)
        {
            using var shopper = new HttpClient();
            var listed = await medusa.ListedAsync(productId);
            var media = listed["images"]!.AsArray().OrderBy(image => (int)image!["rank"]!).Select(image => new PublicMedia(IsVideo: false, (string)image!["url"]!, Bytes: null)).ToList();
            foreach (var video in listed["metadata"]?["product_videos"]?.AsArray() ?? [])
                media.Add(new PublicMedia(IsVideo: true, (string)video!["url"]!, await shopper.GetByteArrayAsync((string)video["url"]!)));
            return media;
        }

        public override async Task<string> PublicTitleAsync(string productId) => (string)(await medusa.ListedAsync(productId))["title"]!;

        public override Task EditTitleAsync(string productId, string title) => medusa.EditAsync(productId, new { title });

        public override async Task ReplaceFirstImageAsync(string productId)
        {
            using var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug", "detail.jpg")));
            picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            using var form = new MultipartFormDataContent { { picture, "files", "another.jpg" } };
            using var answer = await _admin.PostAsync("/admin/uploads", form);
            var url = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["files"]![0]!["url"]!;
            var second = (string)(await medusa.ListedAsync(productId))["images"]![1]!["url"]!;
            await medusa.EditAsync(productId, new { thumbnail = url, images = new[] { new { url }, new { url = second } } });
        }

        public override Task SellOneAsync(string productId) => medusa.Shelves.LeaveAsync(_admin, productId, 3);

        public override async Task AddToCollectionAsync(string productId, string name) => await medusa.EditAsync(
            productId, new { categories = new[] { new { id = medusa.Shelves.Gifts }, new { id = await MedusaShelves.AddCategoryAsync(_admin, name) } } });

        public override IReadOnlyList<WebhookCall> CallsAbout(string productId) => [call];

        public override IStorefront WithWrongSecret => Medusa.Open(new MedusaOptions { Shop = Medusa.Shop, Url = medusa.Address, ApiKey = "sk_of_yesterday" });

        public override async ValueTask DisposeAsync()
        {
            await medusa.RemoveAsync(product);
            await medusa.CallAsync("product.deleted", product);
            medusa.FilesOf("mug-").ShouldBeEmpty();
            _admin.Dispose();
        }
    }
}
