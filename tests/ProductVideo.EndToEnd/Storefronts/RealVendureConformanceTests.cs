using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.Vendure;
using ProductVideo.Webhooks;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The suite of every storefront, on a real Vendure. Each case has a product of its own.</summary>
public class RealVendureConformanceTests(Vendure vendure) : StorefrontConformance, IClassFixture<Vendure>
{
    protected override async Task<StorefrontUnderTest> StartAsync()
    {
        var (id, title) = await vendure.AddProductAsync();
        await vendure.UntilInAsync(id, Vendure.Collections);
        var news = (await vendure.News.UntilAsync(id, TestContext.Current.CancellationToken))[^1];
        var all = (await vendure.AdminAsync("{ products(options: { take: 1000 }) { items { id } } }"))["products"]!["items"]!.AsArray();
        return new RealVendureUnderTest(vendure, new ExpectedProduct(id, title, "dishwasher safe", vendure.Brand, 2, 2, FirstImage: null) { Collections = Vendure.Collections, Stock = 7 }, [.. all.Select(one => (string)one!["id"]!)], news);
    }

    internal static VendureStorefront Connect(Vendure vendure, Action<VendureOptions>? change = null)
    {
        var options = new VendureOptions { Shop = "vendure", Url = vendure.AdminApi, User = vendure.User, Password = vendure.Password, WebhookSecret = Vendure.WebhookSecret };
        change?.Invoke(options);
        return new VendureStorefront(options, new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<VendureStorefront>.Instance);
    }

    /// <summary>A clip that Vendure takes: it looks at the first bytes, and makes a preview of the poster.</summary>
    internal static (ClipToAttach Clip, byte[] Bytes) Clip(string key, int length = 200_000)
    {
        var bytes = new byte[length];
        new Random(key.Length).NextBytes(bytes);
        byte[] start = [.. "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom"u8, .. Encoding.UTF8.GetBytes(key)];
        start.CopyTo(bytes, 0);
        return (new(
            key, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), TimeSpan.FromSeconds(8), 1080, 1080, "The mug turns once.",
            _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream(Vendure.Photograph("chalk.jpg"), writable: false))), bytes);
    }

    private sealed class RealVendureUnderTest(Vendure vendure, ExpectedProduct known, IReadOnlyList<string> all, WebhookCall news) : StorefrontUnderTest
    {
        public override IStorefront Storefront { get; } = Connect(vendure);

        public override ExpectedProduct Known => known;

        public override IReadOnlyList<string> AllProductIds => all;

        public override string UnknownProductId => "99999";

        public override IStorefront WithWrongSecret => Connect(vendure, options => options.Password = "of yesterday");

        public override async Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId)
        {
            var product = (await vendure.ShopAsync("query ($id: ID!) { product(id: $id) { assets { type source } productVideos { url mimeType } } }", new { id = productId }))["product"]!;
            var media = product["assets"]!.AsArray().Select(asset => new PublicMedia(IsVideo: false, (string)asset!["source"]!, Bytes: null)).ToList();
            foreach (var video in product["productVideos"]!.AsArray().Select(one => (string)one!["url"]!))
                media.Add(new PublicMedia(IsVideo: true, video, await vendure.BytesAsync(video)));
            return media;
        }

        public override async Task<string> PublicTitleAsync(string productId) =>
            (string)(await vendure.ShopAsync("query ($id: ID!) { product(id: $id) { name } }", new { id = productId }))["product"]!["name"]!;

        public override Task EditTitleAsync(string productId, string title) => vendure.EditTitleAsync(productId, title);

        public override Task ReplaceFirstImageAsync(string productId) => vendure.ReplaceFirstPictureAsync(productId);

        public override Task SellOneAsync(string productId) => vendure.SellOneAsync(productId);

        public override Task AddToCollectionAsync(string productId, string name) => vendure.AddToCollectionAsync(productId, name);

        /// <summary>What the shop really sent when the product was made.</summary>
        public override IReadOnlyList<WebhookCall> CallsAbout(string productId) => [news];

        public override (ClipToAttach Clip, byte[] Bytes) Clip(string key) => RealVendureConformanceTests.Clip(key);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
