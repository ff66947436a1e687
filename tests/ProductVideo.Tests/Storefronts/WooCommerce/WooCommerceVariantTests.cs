using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceVariantTests : IAsyncLifetime
{
    private WooCommerceParts _parts = null!;

    public async ValueTask InitializeAsync() => _parts = await WooCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static JsonObject Variation(long id, string price, string status = "publish", string? shown = null) => new()
    {
        ["id"] = id, ["status"] = status, ["sku"] = $"MUG-{id}", ["price"] = price, ["productvideo_price"] = shown, ["attributes"] = new JsonArray(),
    };

    private async Task<ListedProduct> ReadAsync(long product) => (await _parts.Storefront.ReadAsync($"{product}", TestContext.Current.CancellationToken)).ShouldNotBeNull();

    [Fact]
    public async Task a_variant_that_the_merchant_switched_off_is_none()
    {
        var mug = await ReadAsync(_parts.Fake.Add("Mug", product => product["type"] = "variable", new JsonArray(
            Variation(901, "9.90", "private"), Variation(902, "11.90"), Variation(903, "11.90", "draft"))));
        var variant = mug.Variants.ShouldHaveSingleItem();
        (variant.Id, variant.Price, variant.Sku).ShouldBe(("902", new Money(11.90m, "EUR"), "MUG-902"));
    }

    [Fact]
    public async Task the_price_is_what_the_shop_shows_where_the_plugin_tells_it()
    {
        var mug = await ReadAsync(_parts.Fake.Add(
            "Mug", product => (product["price"], product["productvideo_price"], product["sku"]) = ("10.00", "11.90", "MUG"), new JsonArray(
                Variation(901, "10.00", shown: "11.90"), Variation(902, "20"))));
        (mug.Price, mug.Sku).ShouldBe((new Money(11.90m, "EUR"), "MUG"));
        mug.Variants.Select(variant => variant.Price).ShouldBe([new Money(11.90m, "EUR"), new Money(20m, "EUR")]);
    }

    [Fact]
    public async Task another_sku_is_no_other_version()
    {
        var mug = _parts.Fake.Add("Mug");
        var before = (await ReadAsync(mug)).Version;
        _parts.Fake.Edit(mug, product => product["sku"] = "MUG-2");
        (await ReadAsync(mug)).Version.ShouldBe(before);
    }
}
