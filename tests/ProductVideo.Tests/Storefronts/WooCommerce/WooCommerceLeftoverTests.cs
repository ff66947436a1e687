using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

/// <summary>What was uploaded and came onto no listing.</summary>
public sealed class WooCommerceLeftoverTests : IAsyncLifetime
{
    private WooCommerceParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeWooCommerce Fake => _parts.Fake;

    public async ValueTask InitializeAsync() => _parts = await WooCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(long product) => _parts.Storefront.AttachAsync($"{product}", WooCommerceParts.Clip("mug-5f2c"), Token);

    private Task DetachAsync(long product) => _parts.Storefront.DetachAsync($"{product}", "mug-5f2c", Token);

    private async Task BreakOffAsync(long product)
    {
        Fake.Faults["PUT /wp-json/productvideo"] = FakeShopFault.Maintenance;
        (await Should.ThrowAsync<StorefrontException>(() => AttachAsync(product))).Fault.ShouldBe(StorefrontFault.Unavailable);
        Fake.Media.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_try_that_broke_off_leaves_no_file_behind_once_it_is_taken_off(bool gone)
    {
        var mug = Fake.Add("Mug");
        await BreakOffAsync(mug);
        if (gone)
            Fake.Remove(mug);
        await DetachAsync(mug);
        Fake.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_product_that_is_gone_leaves_no_file_behind()
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["PUT /wp-json/productvideo"] = FakeShopFault.Vanished;
        (await Should.ThrowAsync<StorefrontException>(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.ProductNotFound);
        Fake.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_product_that_went_between_two_tries_leaves_no_file_behind()
    {
        var mug = Fake.Add("Mug");
        await BreakOffAsync(mug);
        Fake.Remove(mug);
        (await Should.ThrowAsync<StorefrontException>(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.ProductNotFound);
        Fake.Media.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FakeShopFault.Maintenance)]
    [InlineData(FakeShopFault.Firewall)]
    public async Task a_product_that_is_gone_is_told_as_that_though_its_files_can_t_be_taken_away(FakeShopFault inTheWay)
    {
        var mug = Fake.Add("Mug");
        Fake.Remove(mug);
        Fake.Faults["DELETE /wp-json/productvideo"] = inTheWay;
        (await Should.ThrowAsync<StorefrontException>(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.ProductNotFound);
    }

    [Fact]
    public async Task what_another_product_shows_stays()
    {
        var (mug, tin) = (Fake.Add("Mug"), Fake.Add("Tin"));
        await AttachAsync(tin);
        await DetachAsync(mug);
        Fake.Media.Count.ShouldBe(2);
    }
}
