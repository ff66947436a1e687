using AngleSharp.Dom;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;

namespace ProductVideo.Tests.Storefronts.Folder;

public sealed class FolderConformanceTests : StorefrontConformance
{
    protected override async Task<StorefrontUnderTest> StartAsync()
    {
        var folder = new ShopFolder();
        return new FolderUnderTest(folder, await ListingServer.StartAsync(folder));
    }

    private sealed class FolderUnderTest(ShopFolder folder, ListingServer server) : StorefrontUnderTest
    {
        public override IStorefront Storefront => server.Storefront;

        public override ExpectedProduct Known { get; } =
            new("stoneware-mug", "Stoneware mug", "300 ml", "Tonwerk", 2, 2, [0x89, 0x50, 0x4E, 0x47, 0]) { Collections = ["Kitchen", "Gifts"], Stock = 7, Sold = 42 };

        public override IReadOnlyList<string> AllProductIds => ["stoneware-mug", "tea-tin", "sketch"];

        public override string UnknownProductId => "no-such-mug";

        public override IReadOnlyList<string> HostileImageKeys =>
        [
            "../state/x.png", "images/../../x.png", "/etc/passwd", "/etc/x.png", @"..\x.png", @"C:\x.png", "images/x\0.png", "..%2f..%2fetc/passwd", "products.csv",
            "images", "", ".", "images//mug-1.png", "images/./mug-1.png", "images/" + new string('a', 4096) + ".png", "images/nothing.png",
        ];

        public override async Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId)
        {
            var page = await server.PageAsync($"/shop/sample/products/{productId}");
            var media = new List<PublicMedia>();
            foreach (var shown in page.QuerySelectorAll(".stage .slide"))
            {
                var clip = shown.QuerySelector("video source")?.GetAttribute("src");
                var address = clip ?? shown.QuerySelector("img")!.GetAttribute("src")!;
                media.Add(new(clip is not null, address, await server.Client.GetByteArrayAsync(address)));
            }

            return media;
        }

        public override async Task<string> PublicTitleAsync(string productId) =>
            (await server.PageAsync($"/shop/sample/products/{productId}")).QuerySelector("h1")!.TextContent;

        public override Task EditTitleAsync(string productId, string title)
        {
            var rows = folder.Text("products.csv").Split('\n');
            var at = Array.FindIndex(rows, r => r.StartsWith(productId + ",", StringComparison.Ordinal));
            var cells = rows[at].Split(',', 3);
            rows[at] = $"{cells[0]},{title},{cells[2]}";
            folder.Write("products.csv", string.Join('\n', rows));
            return Task.CompletedTask;
        }

        public override Task ReplaceFirstImageAsync(string productId)
        {
            folder.Write("images/mug-1.png", [0x89, 0x50, 0x4E, 0x47, 99]);
            return Task.CompletedTask;
        }

        public override Task SellOneAsync(string productId)
        {
            folder.Write("products.csv", folder.Text("products.csv").Replace(",Kitchen,4,42", ",Kitchen,3,43", StringComparison.Ordinal));
            return Task.CompletedTask;
        }

        public override Task AddToCollectionAsync(string productId, string name)
        {
            var columns = folder.Text("products.csv").Split('\n')[0].Split(',');
            folder.Write("products.csv", folder.Text("products.csv") + string.Join(',', columns.Select(column => column switch { "Handle" => productId, "Collection" => name, _ => "" })) + "\n");
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            folder.Dispose();
        }
    }
}
