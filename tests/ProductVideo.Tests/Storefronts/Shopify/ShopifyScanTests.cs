using System.Text;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Storefronts.Shopify;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyScanTests : IAsyncLifetime
{
    private ShopifyParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _parts = await ShopifyParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task<List<ListedProduct>> ScanAsync() => await _parts.Storefront.ScanAsync(Token).ToListAsync(Token);

    [Fact]
    public async Task a_scan_gives_every_product_once_as_reading_does()
    {
        for (var i = 0; i < 30; i++)
            _parts.Fake.Add($"Product {i}", product => product.Variants.Add(new FakeVariant(7000 + product.Id, "9.00", new Dictionary<string, string> { ["Size"] = "M" })));
        await _parts.Storefront.AttachAsync("1001", ShopifyParts.Clip("mug-5f2c"), Token);

        var scanned = await ScanAsync();

        scanned.Count.ShouldBe(30);
        foreach (var product in scanned)
        {
            var read = (await _parts.Storefront.ReadAsync(product.Ref.ProductId, Token)).ShouldNotBeNull();
            product.Version.ShouldBe(read.Version);
            product.Images.ShouldBe(read.Images);
            product.Variants.Select(variant => (variant.Id, variant.Price)).ShouldBe(read.Variants.Select(variant => (variant.Id, variant.Price)));
        }

        _parts.Fake.Requests.Count(request => request == "WatchBulk").ShouldBe(2);
    }

    [Fact]
    public async Task a_shop_without_products_has_none() => (await ScanAsync()).ShouldBeEmpty();

    [Fact]
    public async Task a_shop_that_is_busy_with_others_is_asked_later()
    {
        _parts.Fake.Refusals["bulkOperationRunQuery"] = "OPERATION_IN_PROGRESS";
        var refused = await Should.ThrowAsync<StorefrontException>(ScanAsync);
        (refused.Fault, refused.RetryAfter).ShouldBe((StorefrontFault.RateLimited, TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData("ACCESS_DENIED", StorefrontFault.Unauthorised)]
    [InlineData("TIMEOUT", StorefrontFault.Unavailable)]
    public async Task a_scan_that_shopify_could_not_finish_is_told_of(string code, StorefrontFault fault)
    {
        _parts.Fake.NextBulkFailsWith = code;
        (await Should.ThrowAsync<StorefrontException>(ScanAsync)).Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task lines_that_stand_apart_come_together()
    {
        // Longer than what is read at once.
        var text = new string('x', 100_000);
        string[] lines =
        [
            $$"""{"__typename":"Product","id":"gid://shopify/Product/1","title":"One","status":"ACTIVE","descriptionHtml":"{{text}}"}""",
            """{"__typename":"Product","id":"gid://shopify/Product/2","title":"Two","status":"ACTIVE"}""",
            """{"__typename":"ProductVariant","id":"gid://shopify/ProductVariant/9","price":"1.00","__parentId":"gid://shopify/Product/2"}""",
            """{"__typename":"Collection","id":"gid://shopify/Collection/7","title":"Gifts","__parentId":"gid://shopify/Product/1"}""",
            """{"__typename":"MediaImage","id":"gid://shopify/MediaImage/5","image":{"url":"https://cdn.example/5.jpg"},"__parentId":"gid://shopify/Product/1"}""",
            """{"__typename":"ProductVariant","id":"gid://shopify/ProductVariant/8","price":"2.00","__parentId":"gid://shopify/Product/1"}""",
        ];
        var products = await new ShopifyLines(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)))).ProductsAsync(Token).ToListAsync(Token);
        products.Select(product => (product.Title, product.Media!.Nodes.Count, product.Variants!.Nodes.Single().Price)).ShouldBe([("One", 1, "2.00"), ("Two", 0, "1.00")]);
        products[0].DescriptionHtml.ShouldBe(text);
        products[0].Collections!.Nodes.ShouldHaveSingleItem().Title.ShouldBe("Gifts");
    }

    [Fact]
    public async Task what_is_no_line_of_shopifys_is_told_of() => (await Should.ThrowAsync<StorefrontException>(async () =>
        await new ShopifyLines(new MemoryStream("<html>"u8.ToArray())).ProductsAsync(Token).ToListAsync(Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
}
