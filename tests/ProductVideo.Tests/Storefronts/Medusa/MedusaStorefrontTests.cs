using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Medusa;
using ProductVideo.Spending;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.Medusa;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Medusa;

public sealed class MedusaStorefrontTests : IAsyncLifetime
{
    private MedusaParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeMedusa Fake => _parts.Fake;

    private MedusaStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await MedusaParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(string product, string key = "mug-5f2c") => Shop.AttachAsync(product, MedusaParts.Clip(key), Token);

    private async Task<ListedProduct> ReadAsync(string product) => (await Shop.ReadAsync(product, Token)).ShouldNotBeNull();

    private static async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(FakeMedusa.ApiKey);
        refused.Message.ShouldNotContain(FakeMedusa.Password);
        return refused;
    }

    [Fact]
    public async Task everything_a_film_needs_is_read()
    {
        var id = Fake.Add("Mug", product =>
        {
            (product["subtitle"], product["type"], product["collection"]) = ("For two hands", new JsonObject { ["value"] = "Mugs" }, new JsonObject { ["title"] = "Autumn" });
            product["tags"] = new JsonArray(new JsonObject { ["value"] = "tea" }, new JsonObject { ["value"] = "clay" });
            product["images"]!.AsArray().Insert(0, new JsonObject { ["id"] = "img_3", ["url"] = Fake.Picture(3), ["rank"] = 5 });
            (product["variants"]![0]!["thumbnail"], product["variants"]![0]!["sku"]) = (Fake.Picture(2), "MUG-S");
        });
        var product = await ReadAsync(id);
        (product.Title, product.ProductType, product.Locale, product.IsPublished).ShouldBe(("Mug", "Mugs", "en", true));
        product.DescriptionHtml.ShouldBe("For two hands\nThrown by hand and glazed twice. Dishwasher safe.");
        product.Tags.ShouldBe(["clay", "tea"]);
        product.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Stoneware" });
        product.Collections[0].ShouldBe("Autumn");
        product.Images.Select(image => ((ImageSource.Remote)image.Source).Address).ShouldBe([Fake.Picture(1), Fake.Picture(2), Fake.Picture(3)]);
        var variant = product.Variants.ShouldHaveSingleItem();
        (variant.Options["Color"], variant.Sku, variant.Price, variant.ImageId).ShouldBe(("Sage", "MUG-S", new Money(19.5m, "EUR"), product.Images[1].Id));
        (product.Price, product.ListingUrl).ShouldBe((new Money(19.5m, "EUR"), "https://shop.example/products/product-1"));
    }

    [Fact]
    public async Task stock_is_what_can_be_put_together_of_variants_that_are_counted()
    {
        var id = Fake.Add("Tea set", product =>
        {
            (product["variants"]![0]!["manage_inventory"], product["variants"]![0]!["inventory_items"]) = (true, JsonNode.Parse("""
                [{"required_quantity":1,"inventory":{"location_levels":[{"stocked_quantity":5,"reserved_quantity":1},{"stocked_quantity":3,"reserved_quantity":0}]}},
                 {"required_quantity":4,"inventory":{"location_levels":[{"stocked_quantity":11,"reserved_quantity":0}]}}]
                """));
            product["variants"]!.AsArray().Add(FakeMedusa.Count(new JsonObject { ["id"] = "variant_2" }, -3));
            product["variants"]!.AsArray().Add(new JsonObject { ["id"] = "variant_3", ["manage_inventory"] = false });
        });
        (await ReadAsync(id)).Stock.ShouldBe(2, "four cups make a set, and there are eleven");
        (await ReadAsync(Fake.Add("Download"))).Stock.ShouldBeNull("nobody counts it");
    }

    [Fact]
    public async Task the_price_is_everybodys_of_one_piece_in_the_currency()
    {
        var id = Fake.Add("Mug", product => product["variants"]![0]!["prices"] = JsonNode.Parse("""
            [{"amount":5,"currency_code":"eur","rules":{"region_id":"reg_1"}},{"amount":7,"currency_code":"eur","min_quantity":10,"rules":{}},
             {"amount":8,"currency_code":"usd","rules":{}},{"amount":9,"currency_code":"eur","min_quantity":null,"rules":{}}]
            """));
        (await ReadAsync(id)).Price.ShouldBe(new Money(9, "EUR"));
        _parts.Options.Currency = null;
        (await ReadAsync(id)).Price.ShouldBeNull();
    }

    [Fact]
    public async Task a_gallery_that_is_saved_with_new_ids_has_not_changed()
    {
        var id = Fake.Add("Mug");
        var before = await ReadAsync(id);
        Fake.Edit(id, product =>
        {
            product["images"]![0]!["id"] = "img_77";
            product["tags"] = new JsonArray();
            product["updated_at"] = "2026-11-28T14:00:00.000Z";
        });
        var after = await ReadAsync(id);
        after.Version.ShouldBe(before.Version);
        after.Images.ShouldBe(before.Images);
    }

    [Fact]
    public async Task a_price_that_changes_is_a_change()
    {
        var id = Fake.Add("Mug");
        var before = await ReadAsync(id);
        Fake.Edit(id, product => product["variants"]![0]!["prices"]![0]!["amount"] = 21);
        (await ReadAsync(id)).Version.ShouldNotBe(before.Version);
    }

    [Fact]
    public async Task a_product_without_pictures_has_none_and_what_is_no_id_is_not_asked_for()
    {
        var bare = Fake.Add("Bare", product => (product["images"], product["thumbnail"], product["handle"]) = (new JsonArray(), null, null));
        (await ReadAsync(bare)).Images.ShouldBeEmpty();
        (await ReadAsync(bare)).ListingUrl.ShouldBeNull();
        (await Shop.ReadAsync("../products/1", Token)).ShouldBeNull();
        Fake.Requests.ShouldNotContain(request => request.EndsWith("/1", StringComparison.Ordinal));
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
                foreach (var id in ids.Where(seen.Contains))
                    Fake.Remove(id);
                ids.Add(Fake.Add("Late"));
            }
        }
        while (cursor is not null);

        seen.ShouldBe(ids);
    }

    [Fact]
    public async Task a_shop_that_sorts_otherwise_is_told_of_and_not_walked_for_ever()
    {
        foreach (var i in Enumerable.Range(1, 5))
            Fake.Add($"Product {i}");
        Fake.SortsOtherwise = true;
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Take: 2), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("x.prod_1")]
    [InlineData("1.../secrets")]
    public async Task a_cursor_of_somebody_elses_is_refused(string cursor) =>
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Cursor: cursor), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_clip_goes_up_with_what_the_listing_says_of_it(bool ai)
    {
        var mug = Fake.Add("Mug");
        var attached = await Shop.AttachAsync(mug, MedusaParts.Clip("mug-5f2c") with { MadeWithAi = ai }, Token);
        var video = Fake.VideoOn(mug);
        ((string?)video["alt"], (int?)video["width"], (int?)video["height"], (double?)video["seconds"], (bool?)video["made_with_ai"])
            .ShouldBe(("The mug – “Ink” – turns once.", 1080, 1350, 8.5, ai));
        (attached.MediaId, attached.ClipUrl, attached.ListingUrl).ShouldBe(((string)video["file"]!, (string?)video["url"], "https://shop.example/products/product-1"));
        Fake.Files.Keys.Select(file => file[(file.IndexOf('-', StringComparison.Ordinal) + 1)..]).ShouldBe(["mug-5f2c.mp4", "mug-5f2c-poster.jpg"], ignoreOrder: true);
        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        Fake.Files.ShouldBeEmpty("files that were brought are taken away again");
    }

    [Theory]
    [InlineData("GET /admin/product-video", FakeMedusaFault.DropAfter, false)]
    [InlineData("PUT /admin/product-video", FakeMedusaFault.DropBefore, false)]
    [InlineData("PUT /admin/product-video", FakeMedusaFault.DropAfter, true)]
    public async Task a_lost_answer_leaves_one_file_and_one_clip_after_the_next_try(string lost, FakeMedusaFault fault, bool done)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = fault;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(done);
        Fake.Gallery(mug).Count(media => media.IsVideo).ShouldBe(1);
        Fake.Files.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_lost_answer_to_taking_off_leaves_nothing_after_the_next_try()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Faults["DELETE"] = FakeMedusaFault.DropAfter;
        (await RefusedAsync(() => Shop.DetachAsync(mug, "mug-5f2c", Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        Fake.Gallery(mug).ShouldAllBe(media => !media.IsVideo);
    }

    [Theory]
    [InlineData(FakeMedusaFault.Busy, StorefrontFault.RateLimited, "wait")]
    [InlineData(FakeMedusaFault.Maintenance, StorefrontFault.Unavailable, "can't be reached")]
    [InlineData(FakeMedusaFault.Page, StorefrontFault.Unavailable, "maintenance page")]
    [InlineData(FakeMedusaFault.TooLarge, StorefrontFault.ClipRefused, "size")]
    [InlineData(FakeMedusaFault.Moved, StorefrontFault.InvalidData, "https://www.shop.example/admin/?…")]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeMedusaFault wrong, StorefrontFault fault, string told)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["PUT"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(fault);
        refused.MerchantText.ShouldContain(told);
        refused.RetryAfter.ShouldBe(wrong is FakeMedusaFault.Busy ? TimeSpan.FromSeconds(7) : null);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_clip_without_a_length_in_time_is_refused_for_good()
    {
        var mug = Fake.Add("Mug");
        (await RefusedAsync(() => Shop.AttachAsync(mug, MedusaParts.Clip("mug-5f2c") with { Duration = TimeSpan.Zero }, Token))).Fault.ShouldBe(StorefrontFault.ClipRefused);
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_without_the_plugin_is_told_to_install_it()
    {
        var mug = Fake.Add("Mug");
        Fake.HasPlugin = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("plugin", StringComparison.Ordinal)).ShouldBe((StorefrontFault.InvalidData, true));
        (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem().WayOut!.ShouldContain("plugin");
    }

    [Fact]
    public async Task a_plugin_that_knows_nothing_of_us_is_told_what_to_be_given()
    {
        Fake.IsConnected = false;
        var lacking = (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).Select(check => check.WayOut!).ToList();
        lacking.Count.ShouldBe(2);
        lacking.ShouldAllBe(way => way.Contains("PRODUCTVIDEO_CONNECTION", StringComparison.Ordinal));
        Fake.Requests.ShouldAllBe(request => request.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task an_address_of_something_else_is_told()
    {
        _parts.Options.Url = new Uri(Fake.Address, "/shop/");
        (await RefusedAsync(() => Shop.ReadAsync("prod_1", Token))).MerchantText.ShouldContain("Url");
    }

    [Fact]
    public async Task a_user_signs_in_once_and_again_when_the_token_has_ended()
    {
        var mug = Fake.Add("Mug");
        (_parts.Options.ApiKey, _parts.Options.Email, _parts.Options.Password) = ("", FakeMedusa.Email, FakeMedusa.Password);
        await Task.WhenAll(ReadAsync(mug), ReadAsync(mug), ReadAsync(mug));
        Fake.Requests.Count(request => request == "POST /auth/user/emailpass").ShouldBe(1);

        Fake.EndTokens();
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        Fake.Requests.Count(request => request == "POST /auth/user/emailpass").ShouldBe(2);
        Fake.Files.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_password_that_is_not_taken_pauses_the_shop_after_one_try()
    {
        (_parts.Options.ApiKey, _parts.Options.Email, _parts.Options.Password) = ("", FakeMedusa.Email, "of yesterday");
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(), Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
        Fake.Requests.ShouldBe(["POST /auth/user/emailpass"]);
    }

    [Theory]
    [InlineData("product.deleted", typeof(ShopNews.ProductsRemoved))]
    [InlineData("product.created", typeof(ShopNews.ProductsChanged))]
    [InlineData("order.placed", typeof(ShopNews.Other))]
    public void a_call_is_read_by_its_topic(string topic, Type news) => Shop.Read(MedusaParts.Call(topic, "prod_1")).ShouldBeOfType(news);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"topic\":\"product.updated\"}")]
    [InlineData("{\"topic\":\"product.updated\",\"product\":\"../1\"}")]
    public void a_call_that_names_no_product_can_not_be_read(string body) =>
        Should.Throw<JsonException>(() => Shop.Read(new WebhookCall(new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow)));

    [Fact]
    public async Task a_call_that_is_old_or_for_which_there_is_no_secret_is_refused()
    {
        var call = MedusaParts.Call("product.updated", "prod_1");
        (await Shop.VerifyAsync(call with { ReceivedAt = call.ReceivedAt.AddMinutes(6) }, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
        (await Shop.VerifyAsync(call, Token)).ShouldBe(new WebhookVerdict.Accepted("msg_1"));
        _parts.Options.WebhookSecret = null;
        (await Shop.VerifyAsync(call, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
    }

    [Theory]
    [InlineData("", "", "", "ApiKey")]
    [InlineData("pk_1", "", "", "ApiKey")]
    [InlineData("sk_1:", "", "", "ApiKey")]
    [InlineData("sk_1", "a@b.example", "x", "ApiKey")]
    [InlineData("", "a@b.example", "", "Password")]
    [InlineData("", "", "x", "Email")]
    public void who_signs_in_is_told_in_one_way(string key, string email, string password, string setting)
    {
        (_parts.Options.ApiKey, _parts.Options.Email, _parts.Options.Password) = (key, email, password);
        Validate().ShouldHaveSingleItem().ShouldStartWith($"ProductVideo:Medusa:medusa:{setting} ");
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        (_parts.Options.Url, _parts.Options.ApiKey, _parts.Options.ListingUrl, _parts.Options.WebhookSecret, _parts.Options.Currency, _parts.Options.Locale) =
            (new Uri("http://shop.example/"), "", "https://shop.example/products", "secret", "EURO", "german");
        Validate().Count.ShouldBe(6);
    }

    [Fact]
    public void good_settings_have_no_mistake()
    {
        Validate().ShouldBeEmpty();
        (_parts.Options.ApiKey, _parts.Options.Email, _parts.Options.Password) = ("", FakeMedusa.Email, FakeMedusa.Password);
        Validate().ShouldBeEmpty();
    }

    private List<string> Validate() => [.. new ShopOptionsValidation<MedusaOptions>(MedusaOptions.Section).Validate("medusa", _parts.Options).Failures ?? []];
}
