using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Vendure;

public sealed class VendureVariantTests : IAsyncLifetime
{
    private VendureParts _parts = null!;

    public async ValueTask InitializeAsync() => _parts = await VendureParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_variant_that_is_not_enabled_is_neither_price_nor_stock_nor_variant()
    {
        var mug = _parts.Fake.Add("Mug", product => product["variants"] = new JsonArray(
            VendureStorefrontTests.Variant("8", 990, "Ink", stock: 4), VendureStorefrontTests.Variant("9", 1190, "Sage", stock: 3)));
        var before = await ReadAsync(mug);
        (before.Price, before.Stock, before.Variants.Count).ShouldBe((new Money(9.90m, "EUR"), 7, 2));

        _parts.Fake.Edit(mug, product => product["variants"]![0]!["enabled"] = false);
        foreach (var product in new[] { await ReadAsync(mug), (await _parts.Storefront.ListAsync(new ProductQuery(), Token)).Products.Single() })
        {
            (product.Price, product.Stock).ShouldBe((new Money(11.90m, "EUR"), 3));
            product.Variants.ShouldHaveSingleItem().Id.ShouldBe("9");
            product.Version.ShouldNotBe(before.Version);
        }

        _parts.Fake.Edit(mug, product => product["variants"]![1]!["enabled"] = false);
        var none = await ReadAsync(mug);
        (none.Price, none.Stock, none.Variants.Count).ShouldBe((null, null, 0));
    }

    [Fact]
    public async Task another_sku_is_no_other_version()
    {
        var mug = _parts.Fake.Add("Mug", product => product["variants"] = new JsonArray(VendureStorefrontTests.Variant("8", 990, "Ink")));
        var before = await ReadAsync(mug);
        _parts.Fake.Edit(mug, product => product["variants"]![0]!["sku"] = "MUG-INK");
        var after = await ReadAsync(mug);
        (after.Variants[0].Sku, after.Version).ShouldBe(("MUG-INK", before.Version));
    }

    private async Task<ListedProduct> ReadAsync(string product) => (await _parts.Storefront.ReadAsync(product, Token)).ShouldNotBeNull();
}
