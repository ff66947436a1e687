using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.VirtoCommerce;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.VirtoCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.VirtoCommerce;

public sealed class VirtoCommerceStorefrontTests : IAsyncLifetime
{
    private VirtoCommerceParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeVirtoCommerce Fake => _parts.Fake;

    private VirtoCommerceStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await VirtoCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(string product, string key = "mug-5f2c") => Shop.AttachAsync(product, VirtoCommerceParts.Clip(key), Token);

    private static async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(FakeVirtoCommerce.Secret);
        refused.Message.ShouldNotContain("token-");
        return refused;
    }

    [Fact]
    public async Task a_product_is_read_in_the_language_of_the_listings()
    {
        _parts.Options.Locale = "de-AT";
        var mug = Fake.Add("Mug", product => product["properties"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "Care", ["type"] = "Product",
            ["values"] = new JsonArray(
                new JsonObject { ["value"] = "Hand wash", ["languageCode"] = "en-US" }, new JsonObject { ["value"] = "Handwäsche", ["languageCode"] = "de-DE" }),
        }));
        var product = (await Shop.ReadAsync(mug, Token)).ShouldNotBeNull();
        product.DescriptionHtml.ShouldBe("Für lange Morgen.");
        (product.Vendor, product.ProductType, product.Locale).ShouldBe(("Tonwerk", "Mugs", "de-AT"));
        product.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Stoneware", ["care"] = "Handwäsche" });
    }

    [Fact]
    public async Task pictures_come_in_their_order_and_with_whole_addresses()
    {
        var mug = Fake.Add("Mug", product => product["images"]!.AsArray().Add(FakeVirtoCommerce.Image("elsewhere", 0)));
        Fake.Edit(mug, product => product["images"]![2]!["url"] = "https://cdn.example/main.jpg");
        var product = (await Shop.ReadAsync(mug, Token)).ShouldNotBeNull();
        product.Images.Select(image => ((ImageSource.Remote)image.Source).Address).ShouldBe(
            ["https://cdn.example/main.jpg", $"{Fake.Address}assets/catalog/{mug}-a.jpg", $"{Fake.Address}assets/catalog/{mug}-b.jpg"]);
        product.ListingUrl.ShouldBe("https://shop.example/product/product-1");
    }

    [Fact]
    public async Task a_product_without_anything_is_still_read()
    {
        var bare = Fake.Add("Bare", product =>
        {
            foreach (var part in new[] { "images", "reviews", "properties", "variations", "seoInfos", "path", "outlines" })
                product.Remove(part);
        });
        var product = (await Shop.ReadAsync(bare, Token)).ShouldNotBeNull();
        product.Images.ShouldBeEmpty();
        product.ListingUrl.ShouldBeNull("there is no slug");
    }

    [Fact]
    public async Task a_module_that_does_not_name_the_ways_to_a_product_still_names_its_own_categories()
    {
        var mug = Fake.Add("Mug", product => product["outlines"] = new JsonArray(new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = "c", ["seoObjectType"] = "Category" }) }));
        (await Shop.ReadAsync(mug, Token)).ShouldNotBeNull().Collections.ShouldBe(["Kitchen", "Mugs"]);
        await MoveAsync("Pantry/Mugs", changes: false);
        await MoveAsync("Pantry/Cups", changes: true);

        async Task MoveAsync(string path, bool changes)
        {
            var before = (await Shop.ReadAsync(mug, Token))!.Version;
            Fake.Edit(mug, product => product["path"] = path);
            ((await Shop.ReadAsync(mug, Token))!.Version != before).ShouldBe(changes, path);
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../users")]
    [InlineData("")]
    public async Task what_is_no_id_of_a_product_is_none(string id) => (await Shop.ReadAsync(id, Token)).ShouldBeNull();

    [Fact]
    public async Task a_shop_that_knows_no_address_at_all_has_lost_no_product()
    {
        var mug = Fake.Add("Mug");
        Fake.IsHidden = true;
        (await RefusedAsync(() => Shop.ReadAsync(mug, Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.InvalidData);
        Fake.IsHidden = false;
        Fake.Remove(mug);
        (await Shop.ReadAsync(mug, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_variation_is_no_product_of_its_own()
    {
        var variation = Fake.Add("Mug, sage", product => product["mainProductId"] = "other");
        (await Shop.ReadAsync(variation, Token)).ShouldBeNull();
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
    public async Task a_shop_that_sorts_otherwise_is_told_of()
    {
        foreach (var i in Enumerable.Range(1, 5))
            Fake.Add($"Product {i}");
        Fake.SortsOtherwise = true;
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Take: 3), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task words_are_found_with_a_search_module_and_without(bool module)
    {
        Fake.HasSearchModule = module;
        var mugs = Enumerable.Range(1, 7).Select(i => Fake.Add($"Mug {i}")).ToList();
        Fake.Add("Tea tin");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Shop.ListAsync(new ProductQuery(Search: " mug ", Take: 3, Cursor: cursor), Token);
            seen.AddRange(page.Products.Select(product => product.Ref.ProductId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.ShouldBe(mugs, ignoreOrder: true);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1:2")]
    [InlineData("99999999999")]
    [InlineData("1:x:y")]
    public async Task a_cursor_of_somebody_elses_is_refused(string cursor) =>
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Cursor: cursor), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);

    [Fact]
    public async Task only_the_catalogs_that_are_named_are_listed()
    {
        Fake.Add("Elsewhere", product => product["catalogId"] = "cat-2");
        var mug = Fake.Add("Mug");
        _parts.Options.Catalogs = "cat-1, cat-7";
        (await _parts.Another().ListAsync(new ProductQuery(), Token)).Products.Select(product => product.Ref.ProductId).ShouldBe([mug]);
    }

    [Fact]
    public async Task a_clip_is_a_row_in_the_listings_words_behind_the_merchants_own()
    {
        var mug = Fake.Add("Mug");
        Fake.AddVideo(mug, "https://videos.example/maker.mp4");

        var attached = await AttachAsync(mug);

        var row = Fake.Videos.Single(video => (string)video["id"]! == attached.MediaId);
        ((string)row["name"]!, (string)row["description"]!, (string)row["duration"]!, (string)row["languageCode"]!).ShouldBe(("Mug", "The mug turns once.", "PT8.04S", "en-US"));
        ((int)row["sortOrder"]!, (string)row["ownerId"]!, (string)row["ownerType"]!).ShouldBe((4, mug, "Product"));
        attached.ClipUrl.ShouldBe($"{Fake.Address}assets/catalog/productvideo/{mug}/mug-5f2c.mp4");
        ((string)row["contentUrl"]!, (string?)row["embedUrl"], (string)row["thumbnailUrl"]!).ShouldBe(
            (attached.ClipUrl, attached.ClipUrl, $"{Fake.Address}assets/catalog/productvideo/{mug}/mug-5f2c-poster.jpg"));
        attached.ListingUrl.ShouldBe("https://shop.example/product/product-1");
        using var shopper = new HttpClient();
        (await shopper.GetByteArrayAsync(attached.ClipUrl, Token)).Length.ShouldBe(200_000);
    }

    [Fact]
    public async Task a_clip_without_a_poster_shows_the_main_picture()
    {
        var mug = Fake.Add("Mug");
        await Shop.AttachAsync(mug, VirtoCommerceParts.Clip("mug-5f2c") with { OpenPoster = null }, Token);
        ((string)Fake.Videos.Single()["thumbnailUrl"]!).ShouldBe($"{Fake.Address}assets/catalog/{mug}-a.jpg");
    }

    [Theory]
    [InlineData("POST /api/assets", false)]
    [InlineData("POST /api/catalog/videos", true)]
    public async Task a_lost_answer_leaves_one_file_and_one_row_after_the_next_try(string lost, bool done)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = FakeVirtoFault.DropAfter;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(done);
        Fake.Videos.Count.ShouldBe(1);
        Fake.Files.Count.ShouldBe(2);
        Fake.Requests.Count(request => request == "POST /api/assets").ShouldBe(2, "what is there is not sent again");
    }

    [Theory]
    [InlineData("DELETE /api/catalog/videos")]
    [InlineData("DELETE /api/assets")]
    public async Task a_lost_answer_while_taking_off_leaves_nothing_after_the_next_try(string lost)
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Faults[lost] = FakeVirtoFault.DropAfter;
        (await RefusedAsync(() => Shop.DetachAsync(mug, "mug-5f2c", Token))).Fault.ShouldBe(StorefrontFault.Unavailable);

        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        Fake.Videos.ShouldBeEmpty();
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_upload_that_broke_off_is_replaced()
    {
        var mug = Fake.Add("Mug");
        Fake.AddFile($"catalog/productvideo/{mug}/mug-5f2c.mp4", new byte[1_000]);
        await Shop.AttachAsync(mug, VirtoCommerceParts.Clip("mug-5f2c", new byte[2_000]), Token);
        Fake.Gallery(mug).Single(media => media.IsVideo).Bytes!.Length.ShouldBe(2_000);
    }

    [Fact]
    public async Task of_two_rows_that_a_race_made_the_oldest_stays()
    {
        var mug = Fake.Add("Mug");
        Fake.HasRival = true;
        var attached = await AttachAsync(mug);
        attached.WasThere.ShouldBeTrue("another process was first");
        ((string)Fake.Videos.ShouldHaveSingleItem()["id"]!).ShouldBe(attached.MediaId);
    }

    [Fact]
    public async Task several_processes_at_once_leave_one_row()
    {
        var mug = Fake.Add("Mug");
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _parts.Another().AttachAsync(mug, VirtoCommerceParts.Clip("mug-5f2c"), Token), Token)));
        var row = Fake.Videos.ShouldHaveSingleItem();
        (await AttachAsync(mug)).MediaId.ShouldBe((string)row["id"]!);
        all.ShouldContain(attached => attached.MediaId == (string)row["id"]!);
    }

    [Fact]
    public async Task what_is_the_merchants_stays()
    {
        var mug = Fake.Add("Mug");
        Fake.AddVideo(mug, "https://videos.example/mug-5f2c.mp4");
        Fake.AddFile("catalog/mug-5f2c.mp4", new byte[10]);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse("a file of that name elsewhere is not ours");
        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        ((string)Fake.Videos.ShouldHaveSingleItem()["contentUrl"]!).ShouldBe("https://videos.example/mug-5f2c.mp4");
        Fake.Files.ShouldBe(["catalog/mug-5f2c.mp4"]);
    }

    [Fact]
    public async Task a_token_is_asked_for_once_and_again_when_it_ends_or_is_refused()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.TokensGiven.ShouldBe(1);
        _parts.Clock.Advance(TimeSpan.FromMinutes(29.5));
        await Shop.ReadAsync(mug, Token);
        Fake.TokensGiven.ShouldBe(2);
        Fake.ExpireTokens();
        (await AttachAsync(mug, "mug-2")).WasThere.ShouldBeFalse();
        Fake.TokensGiven.ShouldBe(3);
    }

    [Fact]
    public async Task a_token_that_ends_during_an_upload_is_renewed_and_the_file_is_sent_whole()
    {
        var mug = Fake.Add("Mug");
        await Shop.ReadAsync(mug, Token);
        Fake.ExpiresBefore = "POST /api/assets";
        await AttachAsync(mug);
        Fake.Gallery(mug).Single(media => media.IsVideo).Bytes!.Length.ShouldBe(200_000);
    }

    [Theory]
    [InlineData(FakeVirtoFault.Busy, StorefrontFault.RateLimited, "wait")]
    [InlineData(FakeVirtoFault.Maintenance, StorefrontFault.Unavailable, "can't be reached")]
    [InlineData(FakeVirtoFault.Page, StorefrontFault.Unavailable, "maintenance page")]
    [InlineData(FakeVirtoFault.TooLarge, StorefrontFault.ClipRefused, "size")]
    [InlineData(FakeVirtoFault.Moved, StorefrontFault.InvalidData, "https://platform.shop.example/api?…")]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeVirtoFault wrong, StorefrontFault fault, string told)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["POST /api/assets"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(fault);
        refused.MerchantText.ShouldContain(told);
        refused.RetryAfter.ShouldBe(wrong is FakeVirtoFault.Busy ? TimeSpan.FromSeconds(7) : null);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_file_extension_that_may_not_be_stored_is_told_of()
    {
        Fake.Extensions.Remove(".mp4");
        var refused = await RefusedAsync(() => AttachAsync(Fake.Add("Mug")));
        (refused.Fault, refused.MerchantText.Contains(".mp4", StringComparison.Ordinal)).ShouldBe((StorefrontFault.ClipRefused, true));
    }

    [Theory]
    [InlineData("catalog:read", "Read products")]
    [InlineData("catalog:update", "Put videos on products")]
    [InlineData("catalog:delete", "Take videos off products")]
    [InlineData("platform:asset:read", "See stored files")]
    [InlineData("platform:asset:create", "Store files")]
    [InlineData("platform:asset:delete", "Delete its own files")]
    public async Task a_permission_that_is_missing_is_named_and_nothing_is_written(string permission, string right)
    {
        Fake.Denied.Add(permission);
        var missing = (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem();
        missing.Right.ShouldBe(right);
        missing.WayOut!.ShouldContain(permission);
        (Fake.Videos.Count, Fake.Files.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task an_application_without_a_permission_pauses_the_shop()
    {
        Fake.Denied.Add("catalog:update");
        var refused = await RefusedAsync(() => AttachAsync(Fake.Add("Mug")));
        (refused.Fault, refused.MerchantText.Contains("catalog:update", StringComparison.Ordinal)).ShouldBe((StorefrontFault.Unauthorised, true));
    }

    [Fact]
    public async Task the_address_of_the_storefront_in_place_of_the_platforms_is_told_of()
    {
        _parts.Options.Url = new Uri(Fake.Address, "/store/");
        (await RefusedAsync(() => _parts.Another().ListAsync(new ProductQuery(), Token))).MerchantText.ShouldContain("not of the storefront");
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new VirtoCommerceOptions
        {
            Shop = "Virto!", Url = new Uri("http://shop.example/"), ClientId = " ", Catalogs = " , ", StoreUrl = "https://shop.example/product", Locale = "zh-Hans", DisplayName = "", MaxClipBytes = 1,
        };
        var failures = new ShopOptionsValidation<VirtoCommerceOptions>(VirtoCommerceOptions.Section).Validate("virto", options).Failures!.ToList();
        failures.Count.ShouldBe(9);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:VirtoCommerce:virto:", StringComparison.Ordinal));
        new ShopOptionsValidation<VirtoCommerceOptions>(VirtoCommerceOptions.Section).Validate("virto", _parts.Options).Succeeded.ShouldBeTrue();
    }
}
