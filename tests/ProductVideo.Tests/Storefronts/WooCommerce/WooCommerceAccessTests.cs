using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceAccessTests : IAsyncLifetime
{
    private WooCommerceParts _parts = null!;

    private FakeWooCommerce Fake => _parts.Fake;

    public async ValueTask InitializeAsync()
    {
        _parts = await WooCommerceParts.StartAsync();
        Fake.Add("Mug");
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<IReadOnlyList<AccessCheck>> CheckAsync() => _parts.Storefront.CheckAccessAsync(TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> LackingAsync()
    {
        var checks = await CheckAsync();
        Fake.Requests.ShouldAllBe(request => request.StartsWith("GET ", StringComparison.Ordinal), "nothing is written");
        return checks.Where(check => !check.IsGranted).Select(check => $"{check.Right}: {check.WayOut}");
    }

    [Fact]
    public async Task a_shop_manager_with_the_plugin_lacks_nothing_and_is_told_its_version()
    {
        (await LackingAsync()).ShouldBeEmpty();
        (await CheckAsync()).Select(check => check.Right).ShouldBe(["Read products", "Edit products", "Upload files", "Delete what it uploaded", "Show videos on listings, by the ProductVideo plugin 0.1.0"]);
    }

    [Fact]
    public async Task an_empty_shop_lacks_nothing()
    {
        await using var empty = await WooCommerceParts.StartAsync();
        (await empty.Storefront.CheckAccessAsync(TestContext.Current.CancellationToken)).ShouldAllBe(check => check.IsGranted);
    }

    [Fact]
    public async Task each_right_that_is_missing_is_told_with_its_way_out()
    {
        Fake.MayUpload = false;
        (await LackingAsync()).First().ShouldBe("Upload files: The WordPress user service may not upload files. Give it the role Shop manager under Users, or write another user's application password here.");
        (Fake.MayUpload, Fake.MayDelete) = (true, false);
        (await LackingAsync()).ShouldHaveSingleItem().ShouldStartWith("Delete what it uploaded: The WordPress user service may not delete what it uploaded, and so not take a video off again.");
        (Fake.MayDelete, Fake.MayEdit) = (true, false);
        (await LackingAsync()).First().ShouldStartWith("Edit products: ");
        Fake.MayRead = false;
        (await LackingAsync()).First().ShouldStartWith("Read products: The WordPress user service may not read products.");
    }

    [Fact]
    public async Task a_missing_plugin_is_told_and_the_rights_beside_it()
    {
        Fake.HasCompanion = false;
        (await LackingAsync()).ShouldHaveSingleItem().ShouldContain("wp-content/plugins");
        (Fake.MayEdit, Fake.MayDelete) = (false, false);
        (await LackingAsync()).Count().ShouldBe(3);
    }

    [Fact]
    public async Task an_old_plugin_is_told()
    {
        Fake.CompanionVersion = "0.0.9";
        (await LackingAsync()).ShouldHaveSingleItem().ShouldContain("older than 0.1.0");
    }

    [Fact]
    public async Task woocommerce_switched_off_is_told()
    {
        Fake.HasCommerce = false;
        (await LackingAsync()).ShouldHaveSingleItem().ShouldBe("Read products: Switch WooCommerce on in WordPress under Plugins.");
    }

    [Fact]
    public async Task a_shop_that_hides_its_users_is_believed_by_the_plugins_guard()
    {
        Fake.HidesUsers = true;
        (await LackingAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FakeShopFault.Maintenance, StorefrontFault.Unavailable)]
    [InlineData(FakeShopFault.Moved, StorefrontFault.InvalidData)]
    [InlineData(FakeShopFault.Firewall, StorefrontFault.Unauthorised)]
    public async Task a_shop_that_gives_no_answer_is_not_said_to_lack_rights(FakeShopFault wrong, StorefrontFault fault)
    {
        Fake.Faults["GET /wp-json/wc/v3/products"] = wrong;
        (await Should.ThrowAsync<StorefrontException>(CheckAsync)).Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task a_firewall_is_not_taken_for_a_wrong_password_and_what_it_says_is_told()
    {
        Fake.Faults["GET /wp-json/productvideo/v1/status"] = FakeShopFault.Firewall;
        var refused = await Should.ThrowAsync<StorefrontException>(CheckAsync);
        refused.MerchantText.ShouldNotContain("application password");
        refused.Message.ShouldContain("<title>Request blocked</title>");
    }

    [Fact]
    public async Task a_wrong_password_is_thrown()
    {
        _parts.Options.ApplicationPassword = "wrong";
        (await Should.ThrowAsync<StorefrontException>(CheckAsync)).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }
}
