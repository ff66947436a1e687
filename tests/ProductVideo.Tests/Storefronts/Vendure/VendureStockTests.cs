using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Vendure;

public sealed class VendureStockTests : IAsyncLifetime
{
    private VendureParts _parts = null!;

    public async ValueTask InitializeAsync() => _parts = await VendureParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task<ListedProduct> ReadAsync(string product) => (await _parts.Storefront.ReadAsync(product, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    [Theory]
    [InlineData(true, "INHERIT", "INHERIT", 7)]
    [InlineData(false, "INHERIT", "INHERIT", null)]
    [InlineData(false, "TRUE", "INHERIT", 4)]
    [InlineData(true, "FALSE", "FALSE", null)]
    public async Task only_variants_that_the_shop_counts_are_stock(bool shop, string first, string second, int? stock)
    {
        _parts.Fake.TracksInventory = shop;
        var product = await ReadAsync(_parts.Fake.Add("Mug", mug => mug["variants"] = new JsonArray(
            VendureStorefrontTests.Variant("8", 1290, "Ink", stock: 4, tracks: first), VendureStorefrontTests.Variant("9", 1190, "Sage", stock: 3, tracks: second))));
        product.Stock.ShouldBe(stock);
    }

    [Fact]
    public async Task what_is_sold_or_kept_back_is_no_stock_and_what_lies_elsewhere_is()
    {
        var product = await ReadAsync(_parts.Fake.Add("Mug", mug =>
        {
            var (ink, sage) = (VendureStorefrontTests.Variant("8", 1290, "Ink", stock: 4), VendureStorefrontTests.Variant("9", 1190, "Sage", stock: 1));
            ink["stockLevels"]!.AsArray().Add(new JsonObject { ["stockOnHand"] = 10, ["stockAllocated"] = 3 });
            (ink["useGlobalOutOfStockThreshold"], ink["outOfStockThreshold"]) = (false, 2);
            sage["stockLevels"]![0]!["stockAllocated"] = 5;
            mug["variants"] = new JsonArray(ink, sage);
        }));
        product.Stock.ShouldBe(9);
    }
}
