using System.Text;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Exchange;
using ProductVideo.Spending;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.WooCommerce;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceStorefrontTests : IAsyncLifetime
{
    private WooCommerceParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeWooCommerce Fake => _parts.Fake;

    private WooCommerceStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await WooCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(long product, string key = "mug-5f2c") => Shop.AttachAsync($"{product}", WooCommerceParts.Clip(key), Token);

    private async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(FakeWooCommerce.Password);
        return refused;
    }

    [Fact]
    public void what_a_real_shop_answered_is_read_completely()
    {
        var product = WooCommerceMapping.Listed(
            SnakeJson.Read<WooProduct>(Encoding.UTF8.GetBytes(Recorded.Body("product-get").ToJsonString()))!, variations: null, _parts.Options);
        (product.Ref, product.Title, product.Price, product.Locale).ShouldBe((new ProductRef("woo", "13"), "Demo mug 1", new Money(11.90m, "EUR"), "en"));
        product.DescriptionHtml.ShouldContain("<p>Stoneware mug number 1, 350 ml, dishwasher safe.</p>");
        product.ProductType.ShouldBeNull("Uncategorized says nothing");
        product.Images.Select(image => image.Id).ShouldBe(["10", "11"]);
        product.ListingUrl.ShouldBe("http://127.0.0.1:18080/product/demo-mug-1/");
        product.Collections.ShouldBeEmpty();
        (product.Stock, product.Sold).ShouldBe((null, 0), "it is in stock, and nobody counts");
        Recorded.Whole("products-list-page1")["response"]!["body"]!.AsArray().Count.ShouldBe(
            SnakeJson.Read<List<WooProduct>>(Encoding.UTF8.GetBytes(Recorded.Whole("products-list-page1")["response"]!["body"]!.ToJsonString()))!.Count);
    }

    [Fact]
    public async Task names_come_without_entities_and_facts_without_what_variants_differ_in()
    {
        var id = Fake.Add("Salt &amp; Pepper &#8220;Duo&#8221;", product =>
        {
            product["categories"] = new JsonArray(new JsonObject { ["name"] = "Uncategorized" }, new JsonObject { ["name"] = "Mills &amp; Shakers" });
            product["attributes"] = new JsonArray(
                new JsonObject { ["name"] = "Material", ["options"] = new JsonArray("Beech", "Steel"), ["variation"] = false },
                new JsonObject { ["name"] = "Color", ["options"] = new JsonArray("Sage", "Ink"), ["variation"] = true });
        });
        var product = (await Shop.ReadAsync($"{id}", Token)).ShouldNotBeNull();
        (product.Title, product.ProductType).ShouldBe(("Salt & Pepper “Duo”", "Mills & Shakers"));
        product.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Beech, Steel" });
    }

    [Theory]
    [InlineData(true, "7", "instock", 7)]
    [InlineData(true, "7.5", "instock", 7)]
    [InlineData(true, "-2", "onbackorder", 0)]
    [InlineData(true, "null", "instock", null)]
    [InlineData(false, "7", "instock", null)]
    [InlineData(false, "null", "outofstock", 0)]
    public async Task stock_is_what_the_shop_counts(bool counts, string quantity, string status, int? stock)
    {
        var id = Fake.Add("Mug", product => (product["manage_stock"], product["stock_quantity"], product["stock_status"]) = (counts, JsonNode.Parse(quantity), status));
        (await Shop.ReadAsync($"{id}", Token)).ShouldNotBeNull().Stock.ShouldBe(stock);
    }

    [Theory]
    [InlineData(false, "7", 7)]
    [InlineData(true, "7", 9)]
    [InlineData(true, "null", 2)]
    [InlineData(false, "null", null)]
    public async Task variants_that_are_counted_each_for_itself_are_stock_too(bool counts, string variants, int? stock)
    {
        var id = Fake.Add("Shirt", product => (product["type"], product["manage_stock"], product["stock_quantity"], product["productvideo_stock"]) =
            ("variable", counts, counts ? 2 : null, JsonNode.Parse(variants)));
        (await Shop.ReadAsync($"{id}", Token)).ShouldNotBeNull().Stock.ShouldBe(stock);
    }

    [Fact]
    public async Task figures_that_plugins_write_otherwise_are_read()
    {
        var id = Fake.Add("Mug", product => (product["manage_stock"], product["stock_quantity"], product["total_sales"]) = ("parent", "", "42"));
        var product = (await Shop.ReadAsync($"{id}", Token)).ShouldNotBeNull();
        (product.Stock, product.Sold).ShouldBe((null, 42));
    }

    [Fact]
    public async Task a_product_without_pictures_has_none_and_one_in_the_bin_is_gone()
    {
        var bare = Fake.Add("Bare", product => product["images"] = new JsonArray(new JsonObject { ["id"] = 0, ["src"] = "http://127.0.0.1/placeholder.png" }));
        (await Shop.ReadAsync($"{bare}", Token)).ShouldNotBeNull().Images.ShouldBeEmpty();
        var binned = Fake.Add("Binned", product => product["status"] = "trash");
        (await Shop.ReadAsync($"{binned}", Token)).ShouldBeNull();
        var variant = Fake.Add("Shirt, size 3", product => product["type"] = "variation");
        (await Shop.ReadAsync($"{variant}", Token)).ShouldBeNull("the shop gives a variant as a product of its own");
        (await Shop.ReadAsync("mug/../1", Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(250)]
    public async Task products_that_are_removed_during_a_walk_hide_no_others(int take)
    {
        var ids = Enumerable.Range(1, 320).Select(i => Fake.Add($"Product {i}")).ToList();
        var seen = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await Shop.ListAsync(new ProductQuery(Take: take, Cursor: cursor), Token);
            seen.AddRange(page.Products.Select(product => product.Ref.ProductId));
            cursor = page.NextCursor;
            // Those already seen go, the last one among them, and others come.
            if (++pages == 1)
            {
                foreach (var id in ids.Where(id => seen.Contains($"{id}")))
                    Fake.Remove(id);
                ids.Add(Fake.Add("Late"));
            }
        }
        while (cursor is not null);

        seen.ShouldBeUnique();
        seen.ShouldBe(ids.Select(id => $"{id}"));
    }

    [Fact]
    public async Task a_product_that_the_shop_can_not_read_hides_none_of_those_behind_it()
    {
        var ids = Enumerable.Range(1, 30).Select(i => Fake.Add($"Product {i}")).ToList();
        Fake.Unreadable.UnionWith([ids[3], ids[10], ids[11]]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Shop.ListAsync(new ProductQuery(Take: 10, Cursor: cursor), Token);
            seen.AddRange(page.Products.Select(product => product.Ref.ProductId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.ShouldBe(ids.Except(Fake.Unreadable).Select(id => $"{id}"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task all_variants_are_read_however_many(int count)
    {
        var variants = new JsonArray([.. Enumerable.Range(1, count).Select(i => (JsonNode)new JsonObject
        {
            ["id"] = 10_000L + i, ["price"] = $"{i}.50", ["attributes"] = new JsonArray(new JsonObject { ["name"] = "Size", ["option"] = $"No. {i}" }),
        })]);
        var shirt = (await Shop.ReadAsync($"{Fake.Add("Shirt", product => product["type"] = "variable", variants)}", Token)).ShouldNotBeNull();
        shirt.Variants.Select(variant => variant.Id).ShouldBe(Enumerable.Range(1, count).Select(i => $"{10_000 + i}"));
        (shirt.Variants[^1].Price, shirt.Variants[^1].Options["Size"]).ShouldBe((new Money(count + 0.5m, "EUR"), $"No. {count}"));
    }

    [Fact]
    public async Task a_shop_that_sorts_otherwise_is_told_of_and_not_walked_for_ever()
    {
        foreach (var i in Enumerable.Range(1, 5))
            Fake.Add($"Product {i}");
        Fake.SortsOtherwise = true;
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Take: 2), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Fact]
    public async Task a_clip_goes_up_as_the_raw_body_and_is_described_in_the_listings_words()
    {
        var mug = Fake.Add("Mug");
        var attached = await AttachAsync(mug);
        var video = Fake.Media.Single(media => media.MimeType == "video/mp4");
        (attached.MediaId, video.FileName, video.AltText, video.Post, video.Bytes.Length).ShouldBe(($"{video.Id}", "mug-5f2c.mp4", "The mug turns once.", mug, 200_000));
        Fake.Media.Single(media => media.MimeType == "image/jpeg").Id.ShouldBe(video.Poster!.Value);
        attached.ListingUrl.ShouldBe($"{Fake.Address}product/product-{mug}/");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task the_shop_is_told_whether_a_model_drew_it(bool ai)
    {
        var mug = Fake.Add("Mug");
        await Shop.AttachAsync($"{mug}", WooCommerceParts.Clip("mug-5f2c") with { MadeWithAi = ai }, Token);
        ((bool?)Fake.VideoOn(mug)["made_with_ai"]).ShouldBe(ai);
    }

    [Fact]
    public async Task our_own_attach_and_detach_are_no_change_of_the_product()
    {
        var mug = Fake.Add("Mug");
        var before = Fake.ModifiedAt(mug);
        await AttachAsync(mug);
        await Shop.DetachAsync($"{mug}", "mug-5f2c", Token);
        Fake.ModifiedAt(mug).ShouldBe(before);
        Fake.Requests.ShouldNotContain(request => request.StartsWith("PUT /wp-json/wc/", StringComparison.Ordinal));
        Fake.Media.ShouldBeEmpty("files that were brought are taken away again");
    }

    [Theory]
    [InlineData("POST /wp-json/wp/v2/media")]
    [InlineData("PUT /wp-json/productvideo")]
    [InlineData("POST /wp-json/wp/v2/media/1")]
    public async Task a_lost_answer_leaves_one_file_and_one_clip_after_the_next_try(string lost)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = FakeShopFault.DropAfter;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(lost.StartsWith("PUT", StringComparison.Ordinal));
        Fake.Gallery(mug).Count(media => media.IsVideo).ShouldBe(1);
        Fake.Media.Select(media => media.MimeType).ShouldBe(["video/mp4", "image/jpeg"], ignoreOrder: true);
    }

    [Fact]
    public async Task of_two_processes_that_attach_at_once_the_second_takes_away_its_own_file_and_not_the_poster_of_both()
    {
        var mug = Fake.Add("Mug");
        Fake.AnotherIsFirst = true;
        var attached = await AttachAsync(mug);
        var shown = Fake.VideoOn(mug);
        attached.MediaId.ShouldBe($"{shown["media_id"]}");
        Fake.Media.Select(media => media.Id).ShouldBe([(long)shown["poster_id"]!, (long)shown["media_id"]!], ignoreOrder: true);
    }

    [Fact]
    public async Task an_upload_that_broke_off_is_replaced()
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["PUT /wp-json/productvideo"] = FakeShopFault.Maintenance;
        await RefusedAsync(() => Shop.AttachAsync($"{mug}", WooCommerceParts.Clip("mug-5f2c", new byte[1_000]), Token));
        await Shop.AttachAsync($"{mug}", WooCommerceParts.Clip("mug-5f2c", new byte[2_000]), Token);
        Fake.Media.Single(media => media.MimeType == "video/mp4").Bytes.Length.ShouldBe(2_000);
    }

    [Fact]
    public async Task files_of_the_merchants_own_of_that_name_are_left_alone()
    {
        var mug = Fake.Add("Mug");
        await Shop.AttachAsync($"{Fake.Add("Other")}", WooCommerceParts.Clip("mug-5f2c-poster"), Token);
        await AttachAsync(mug);
        await Shop.DetachAsync($"{mug}", "mug-5f2c", Token);
        Fake.Media.ShouldContain(media => media.Slug == "mug-5f2c-poster" && media.MimeType == "video/mp4");
    }

    [Theory]
    [InlineData(FakeShopFault.Busy, StorefrontFault.RateLimited, "wait")]
    [InlineData(FakeShopFault.Maintenance, StorefrontFault.Unavailable, "can't be reached")]
    [InlineData(FakeShopFault.Warning, StorefrontFault.Unavailable, "maintenance page")]
    [InlineData(FakeShopFault.TooLarge, StorefrontFault.ClipRefused, "size")]
    [InlineData(FakeShopFault.Firewall, StorefrontFault.Unauthorised, "firewall")]
    [InlineData(FakeShopFault.Moved, StorefrontFault.InvalidData, "https://www.shop.example/wp-json/?…")]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeShopFault wrong, StorefrontFault fault, string told)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["POST /wp-json/wp/v2/media"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(fault);
        refused.MerchantText.ShouldContain(told);
        refused.RetryAfter.ShouldBe(wrong is FakeShopFault.Busy ? TimeSpan.FromSeconds(7) : null);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_shop_without_the_plugin_is_told_to_install_it()
    {
        var mug = Fake.Add("Mug");
        Fake.HasCompanion = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("plugin", StringComparison.Ordinal)).ShouldBe((StorefrontFault.InvalidData, true));
        Fake.Media.ShouldBeEmpty("nothing was brought in vain");
    }

    [Fact]
    public async Task a_user_that_may_not_delete_its_uploads_is_told_that_and_not_to_make_a_new_password()
    {
        var mug = Fake.Add("Mug");
        Fake.MayDelete = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("password", StringComparison.Ordinal)).ShouldBe((StorefrontFault.Unauthorised, false));
        refused.MerchantText.ShouldContain("may not delete");
    }

    [Fact]
    public async Task a_password_that_is_no_longer_good_pauses_the_shop()
    {
        _parts.Options.ApplicationPassword = "wrong";
        var refused = await RefusedAsync(() => Shop.ListAsync(new ProductQuery(), Token));
        refused.Fault.ShouldBe(StorefrontFault.Unauthorised);
        refused.MerchantText.ShouldContain("Make a new application password");
        // WordPress can't tell it from one that its web server keeps to itself.
        refused.MerchantText.ShouldContain("Authorization header");
    }

    [Fact]
    public async Task a_webhook_that_a_real_shop_sent_verifies_and_names_its_product()
    {
        var recorded = Recorded.Whole("webhook-product-updated");
        var call = new WebhookCall(
            recorded["headers"]!.AsObject().ToDictionary(header => header.Key, header => (string)header.Value!, StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetBytes((string)recorded["body_raw"]!), DateTimeOffset.UtcNow);
        (await Shop.VerifyAsync(call, Token)).ShouldBeOfType<WebhookVerdict.Accepted>().DeliveryId.ShouldStartWith(call.Header("X-WC-Webhook-Delivery-ID")!);
        Shop.Read(call).ShouldBeOfType<ShopNews.ProductsChanged>().ProductIds.ShouldBe(["13"]);

        (await Shop.VerifyAsync(call with { Body = Encoding.UTF8.GetBytes((string)recorded["body_raw"]! + " ") }, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
        _parts.Options.WebhookSecret = null;
        (await Shop.VerifyAsync(call, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
    }

    [Fact]
    public async Task products_that_a_shop_tells_of_in_the_same_second_are_deliveries_of_their_own_and_a_repeat_is_none()
    {
        async Task<string> DeliveryAsync(string body) => (await Shop.VerifyAsync(Signed(body), Token)).ShouldBeOfType<WebhookVerdict.Accepted>().DeliveryId;
        var mug = await DeliveryAsync("""{"id":13}""");
        (await DeliveryAsync("""{"id":14}""")).ShouldNotBe(mug);
        (await DeliveryAsync("""{"id":13}""")).ShouldBe(mug);
    }

    /// <summary>As WooCommerce sends it: its id is one for each webhook and second.</summary>
    private WebhookCall Signed(string body) => new(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-WC-Webhook-Topic"] = "product.updated",
            ["X-WC-Webhook-Delivery-ID"] = "d41d8cd98f00b204e9800998ecf8427e",
            [BodyHmacSignature.WooCommerceHeader] = BodyHmacSignature.Sign(Encoding.UTF8.GetBytes(body), _parts.Options.WebhookSecret!),
        },
        Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("webhook_id=3", true)]
    [InlineData("webhook_id=3&x=1", false)]
    [InlineData("{\"id\":13}", false)]
    public async Task the_ping_of_a_new_webhook_is_answered_kindly_and_nothing_else_unsigned_is(string body, bool ping)
    {
        var verdict = await Shop.VerifyAsync(
            new WebhookCall(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow), Token);
        (verdict is WebhookVerdict.Ignored).ShouldBe(ping);
        (verdict is WebhookVerdict.Refused).ShouldBe(!ping);
    }

    [Theory]
    [InlineData("product.deleted", typeof(ShopNews.ProductsRemoved))]
    [InlineData("product.created", typeof(ShopNews.ProductsChanged))]
    [InlineData("order.created", typeof(ShopNews.Other))]
    public void a_call_is_read_by_its_topic(string topic, Type news) => Shop.Read(new WebhookCall(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-WC-Webhook-Topic"] = topic }, "{\"id\":13}"u8.ToArray(), DateTimeOffset.UtcNow)).ShouldBeOfType(news);

    [Theory]
    [InlineData("""{"id":20,"type":"variation","parent_id":13}""", "13")]
    [InlineData("""{"id":20,"type":"simple","parent_id":13}""", "20")]
    [InlineData("""{"id":20}""", "20")]
    public void a_variant_that_changed_is_a_change_of_its_product(string body, string product) => Shop.Read(new WebhookCall(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-WC-Webhook-Topic"] = "product.updated" }, Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow))
        .ShouldBeOfType<ShopNews.ProductsChanged>().ProductIds.ShouldBe([product]);

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new WooCommerceOptions
        {
            Shop = "Woo!", Url = new Uri("http://shop.example/"), User = "a:b", ApplicationPassword = "ck_0123", WebhookSecret = " ", DisplayName = "", Currency = "EURO",
            Locale = "german", MaxClipBytes = 1,
        };
        var failures = new ShopOptionsValidation<WooCommerceOptions>(WooCommerceOptions.Section).Validate("woo", options).Failures!.ToList();
        failures.Count.ShouldBe(9);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:WooCommerce:woo:", StringComparison.Ordinal));
        new ShopOptionsValidation<WooCommerceOptions>(WooCommerceOptions.Section).Validate("woo", _parts.Options).Succeeded.ShouldBeTrue();
    }
}
