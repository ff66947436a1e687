using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceWebhooksTests : IAsyncLifetime
{
    private static readonly Uri Here = new("https://video.example/webhooks/shop/woo");

    private WooCommerceParts _parts = null!;

    private FakeWooCommerce Fake => _parts.Fake;

    public async ValueTask InitializeAsync() => _parts = await WooCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<IReadOnlyList<KeptWebhook>> KeepAsync() => _parts.Storefront.KeepAsync(Here, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<WebhookUpkeep>> UpkeepAsync() => (await KeepAsync()).Select(webhook => webhook.Upkeep).Distinct();

    [Fact]
    public async Task a_new_shop_gets_one_webhook_of_each_topic_with_its_secret_and_no_second_one()
    {
        (await KeepAsync()).Select(webhook => (webhook.Topic, webhook.Upkeep)).ShouldBe(
        [
            ("product.created", WebhookUpkeep.Made), ("product.updated", WebhookUpkeep.Made), ("product.deleted", WebhookUpkeep.Made), ("product.restored", WebhookUpkeep.Made),
        ]);
        Fake.Webhooks.ShouldAllBe(webhook => webhook.DeliveryUrl == Here.AbsoluteUri && webhook.Status == "active" && webhook.Secret == "whsec-test-1");

        (await UpkeepAsync()).ShouldBe([WebhookUpkeep.WasThere]);
        Fake.Webhooks.Count.ShouldBe(4);
        Fake.Webhooks.ShouldAllBe(webhook => !webhook.Name.Contains("whsec", StringComparison.Ordinal));
    }

    [Fact]
    public async Task several_that_look_after_them_at_once_leave_one_of_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => KeepAsync()));
        Fake.Webhooks.Count.ShouldBe(4);
    }

    [Fact]
    public async Task what_two_processes_made_at_once_is_one_again_and_nothing_of_the_merchants_goes()
    {
        await KeepAsync();
        Fake.AddWebhook("product.updated", Here, "whsec-test-1", "ProductVideo product.updated of another process");
        var own = Fake.AddWebhook("product.updated", Here, "whsec-test-1");
        Fake.AddWebhook("product.updated", new Uri("https://other.example/"), "theirs", "ProductVideo of another installation");
        (await KeepAsync()).Single(webhook => webhook.Upkeep is WebhookUpkeep.Mended).Topic.ShouldBe("product.updated");
        Fake.Webhooks.Count(webhook => webhook.Topic == "product.updated").ShouldBe(3);
        Fake.Webhooks.ShouldContain(webhook => webhook.Id == own);
    }

    [Fact]
    public async Task an_answer_that_was_lost_leaves_one()
    {
        Fake.Faults["POST /wp-json/wc/v3/webhooks"] = FakeShopFault.DropAfter;
        (await Should.ThrowAsync<StorefrontException>(KeepAsync)).Fault.ShouldBe(StorefrontFault.Unavailable);
        Fake.Webhooks.Count.ShouldBe(1);
        (await KeepAsync()).Count(webhook => webhook.Upkeep is WebhookUpkeep.WasThere).ShouldBe(1);
        Fake.Webhooks.Select(webhook => webhook.Topic).ShouldBe(WooCommerceWebhooks.Topics, ignoreOrder: true);
    }

    [Fact]
    public async Task what_the_shop_switched_off_is_switched_on_also_when_that_answer_is_lost()
    {
        await KeepAsync();
        Fake.SwitchWebhooks("disabled", "product.updated");
        Fake.Faults["PUT /wp-json/wc/v3/webhooks"] = FakeShopFault.DropAfter;
        await Should.ThrowAsync<StorefrontException>(KeepAsync);
        (await UpkeepAsync()).ShouldBe([WebhookUpkeep.WasThere]);

        Fake.SwitchWebhooks("disabled", "product.updated");
        (await KeepAsync()).Single(webhook => webhook.Upkeep is WebhookUpkeep.Mended).Topic.ShouldBe("product.updated");
        Fake.Webhooks.ShouldAllBe(webhook => webhook.Status == "active");
        Fake.Webhooks.Count.ShouldBe(4);
    }

    [Fact]
    public async Task what_the_merchant_paused_stays_paused_and_is_told_of()
    {
        await KeepAsync();
        Fake.SwitchWebhooks("paused", "product.created");
        var lacking = (await KeepAsync()).Single(webhook => webhook.Upkeep is WebhookUpkeep.Lacking);
        (lacking.Topic, lacking.WayOut!.Contains("Active", StringComparison.Ordinal)).ShouldBe(("product.created", true));
        Fake.Webhooks.Count(webhook => webhook.Status == "paused").ShouldBe(1);
    }

    [Fact]
    public async Task a_secret_that_was_changed_here_is_changed_there_and_the_merchants_own_webhook_is_used()
    {
        Fake.AddWebhook("product.updated", Here, "of yesterday");
        await KeepAsync();
        Fake.Webhooks.Count.ShouldBe(4);
        _parts.Options.WebhookSecret = "whsec-test-2";
        (await UpkeepAsync()).ShouldBe([WebhookUpkeep.Mended]);
        Fake.Webhooks.ShouldAllBe(webhook => webhook.Secret == "whsec-test-2");
        (await UpkeepAsync()).ShouldBe([WebhookUpkeep.WasThere]);
    }

    [Fact]
    public async Task a_shop_with_more_webhooks_than_a_page_holds_is_looked_through()
    {
        foreach (var i in Enumerable.Range(1, 230))
            Fake.AddWebhook("order.created", new Uri($"https://other.example/{i}"), "theirs");
        await KeepAsync();
        (await UpkeepAsync()).ShouldBe([WebhookUpkeep.WasThere]);
        Fake.Webhooks.Count.ShouldBe(234);
    }

    [Fact]
    public async Task what_only_the_merchant_can_do_is_told_and_nothing_is_written()
    {
        Fake.MayManage = false;
        await LacksAsync("Shop manager");
        Fake.MayManage = true;
        _parts.Options.WebhookSecret = null;
        await LacksAsync("WebhookSecret");
        Fake.Webhooks.ShouldBeEmpty();

        async Task LacksAsync(string told)
        {
            var kept = await KeepAsync();
            kept.Select(webhook => webhook.Topic).ShouldBe(WooCommerceWebhooks.Topics);
            kept.ShouldAllBe(webhook => webhook.Upkeep == WebhookUpkeep.Lacking && webhook.WayOut!.Contains(told, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task a_password_that_is_no_longer_good_is_no_missing_right()
    {
        _parts.Options.ApplicationPassword = "wrong";
        (await Should.ThrowAsync<StorefrontException>(KeepAsync)).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Theory]
    [InlineData("https://video.example/webhooks/shop/woo", "https://shop.example", null)]
    [InlineData("http://video.example:8080/webhooks/shop/woo", "https://shop.example", null)]
    [InlineData("https://video.example:8443/webhooks/shop/woo", "https://shop.example", "usual port")]
    [InlineData("http://localhost:80/webhooks/shop/woo", "https://shop.example", "public address")]
    [InlineData("http://localhost:5000/webhooks/shop/woo", "http://127.0.0.1:8000", null)]
    public void where_wordpress_sends_nothing_is_told_beforehand(string address, string shop, string? told)
    {
        var obstacle = WooCommerceDelivery.Obstacle(new Uri(address), new Uri(shop));
        (obstacle is null).ShouldBe(told is null);
        (obstacle ?? "").ShouldContain(told ?? "");
    }
}
