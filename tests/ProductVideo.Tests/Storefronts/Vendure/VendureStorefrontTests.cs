using System.Text;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Vendure;
using ProductVideo.Spending;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.Vendure;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Vendure;

public sealed class VendureStorefrontTests : IAsyncLifetime
{
    private VendureParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeVendure Fake => _parts.Fake;

    private VendureStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await VendureParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    /// <summary>As Vendure gives one.</summary>
    internal static JsonObject Variant(string id, long price, string color, string? picture = null, int stock = 0, string tracks = "INHERIT") => new()
    {
        ["id"] = id, ["enabled"] = true, ["sku"] = $"SKU-{id}", ["priceWithTax"] = price, ["currencyCode"] = "EUR", ["featuredAsset"] = picture is null ? null : new JsonObject { ["id"] = picture },
        ["options"] = new JsonArray(new JsonObject { ["name"] = color, ["group"] = new JsonObject { ["name"] = "Color" } }),
        ["trackInventory"] = tracks, ["useGlobalOutOfStockThreshold"] = true, ["outOfStockThreshold"] = 0,
        ["stockLevels"] = new JsonArray(new JsonObject { ["stockOnHand"] = stock, ["stockAllocated"] = 0 }),
    };

    private static JsonObject Facet(string code, string name, string value) =>
        new() { ["name"] = value, ["facet"] = new JsonObject { ["code"] = code, ["name"] = name } };

    private Task<AttachedMedia> AttachAsync(string product, string key = "mug-5f2c") => Shop.AttachAsync(product, VendureParts.Clip(key), Token);

    private async Task<ListedProduct> ReadAsync(string product) => (await Shop.ReadAsync(product, Token)).ShouldNotBeNull();

    private static async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(FakeVendure.Password);
        return refused;
    }

    [Fact]
    public async Task facets_are_maker_kind_tags_and_facts()
    {
        var mug = Fake.Add("Mug", product => product["facetValues"] = new JsonArray(
            Facet("material", "Material", "Stoneware"), Facet("category", "Category", "Mugs"), Facet("brand", "Brand", "Tonwerk"), Facet("tag", "Tags", "new"),
            Facet("material", "Material", "Cork"), Facet("tag", "Tags", "gift"), Facet("category", "Category", "Tea")));
        var product = await ReadAsync(mug);
        (product.Vendor, product.ProductType).ShouldBe(("Tonwerk", "Mugs"));
        product.Tags.ShouldBe(["gift", "new"]);
        product.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Cork, Stoneware" });
    }

    [Theory]
    [InlineData(2, 11.90)]
    [InlineData(0, 1190)]
    [InlineData(3, 1.190)]
    public async Task prices_have_the_places_of_the_shops_money_strategy(int places, double price)
    {
        Fake.Precision = places;
        var product = await ReadAsync(Fake.Add("Mug", mug => mug["variants"] = new JsonArray(Variant("8", 1290, "Ink"), Variant("9", 1190, "Sage", picture: "102"))));
        product.Price.ShouldBe(new Money((decimal)price, "EUR"));
        (product.Variants[1].ImageId, product.Variants[1].Sku).ShouldBe(("102", "SKU-9"));
        product.Variants[1].Options.ShouldBe(new Dictionary<string, string> { ["Color"] = "Sage" });
    }

    [Fact]
    public async Task the_main_picture_comes_first_and_what_is_no_picture_is_left_out()
    {
        var mug = Fake.Add("Mug", product =>
        {
            product["featuredAsset"] = FakeVendure.Picture("7");
            product["assets"] = new JsonArray(
                FakeVendure.Picture("6"), FakeVendure.Picture("7"), new JsonObject { ["id"] = "8", ["type"] = "VIDEO", ["source"] = "/v.mp4" },
                new JsonObject { ["id"] = "9", ["type"] = "IMAGE", ["source"] = "/assets/relative.jpg" });
        });
        var images = (await ReadAsync(mug)).Images;
        images.Select(image => image.Id).ShouldBe(["7", "6", "9"]);
        images[2].Source.ShouldBe(new ImageSource.Remote(new Uri(Fake.Address, "/assets/relative.jpg").AbsoluteUri));
    }

    [Fact]
    public async Task the_order_in_which_the_shop_tells_of_options_and_facets_is_no_change()
    {
        var mug = Fake.Add("Mug", product => product["facetValues"] = new JsonArray(Facet("a", "A", "1"), Facet("b", "B", "2")));
        var before = (await ReadAsync(mug)).Version;
        Fake.Edit(mug, product => product["facetValues"] = new JsonArray(Facet("b", "B", "2"), Facet("a", "A", "1")));
        (await ReadAsync(mug)).Version.ShouldBe(before);
    }

    [Fact]
    public async Task a_product_that_is_not_enabled_is_not_published_and_what_is_no_id_is_no_product()
    {
        (await ReadAsync(Fake.Add("Sketch", product => product["enabled"] = false))).IsPublished.ShouldBeFalse();
        (await Shop.ReadAsync("1 or 1=1", Token)).ShouldBeNull();
        (await ReadAsync(Fake.Add("Mug"))).ListingUrl.ShouldBe("https://shop.example/product/product-2");
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

        seen.ShouldBeUnique();
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

    [Fact]
    public async Task a_cursor_of_another_shop_is_refused()
    {
        (await RefusedAsync(() => Shop.ListAsync(new ProductQuery(Cursor: "12-3"), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task clip_and_poster_go_up_with_all_that_shoppers_are_told(bool ai)
    {
        var mug = Fake.Add("Mug");
        var attached = await Shop.AttachAsync(mug, VendureParts.Clip("mug-5f2c") with { MadeWithAi = ai }, Token);
        var video = Fake.VideoOn(mug);
        (video.Clip.FileName, video.Clip.ContentType, video.Clip.Bytes.Length).ShouldBe(("mug-5f2c.mp4", "video/mp4", 200_000));
        (video.Poster!.FileName, video.Poster.ContentType).ShouldBe(("mug-5f2c-poster.jpg", "image/jpeg"));
        ((int)video.Input["width"]!, (double)video.Input["seconds"]!, (string?)video.Input["alt"], (bool)video.Input["madeWithAi"]!).ShouldBe((1080, 8, "The mug turns once.", ai));
        (attached.MediaId, attached.ClipUrl, attached.ListingUrl).ShouldBe((video.Clip.Id, video.Clip.Url, $"https://shop.example/product/product-{mug}"));
    }

    [Fact]
    public async Task a_clip_among_the_assets_goes_with_the_clip()
    {
        _parts.Options.UseGallery = true;
        var mug = Fake.Add("Mug");
        var before = await ReadAsync(mug);
        await AttachAsync(mug);
        ((bool)Fake.VideoOn(mug).Input["inGallery"]!).ShouldBeTrue();
        (await ReadAsync(mug)).Version.ShouldBe(before.Version);
        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        Fake.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ProductVideoLook", false)]
    [InlineData("ProductVideoAttach", true)]
    public async Task a_lost_answer_leaves_one_file_and_one_clip_after_the_next_try(string lost, bool wasThere)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = FakeVendureFault.DropAfter;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(wasThere);
        Fake.Gallery(mug).Count(media => media.IsVideo).ShouldBe(1);
        Fake.Files.Count.ShouldBe(2, "a clip and its poster");
    }

    [Fact]
    public async Task a_detach_whose_answer_was_lost_is_repeated_in_peace()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Faults["ProductVideoDetach"] = FakeVendureFault.DropAfter;
        (await RefusedAsync(() => Shop.DetachAsync(mug, "mug-5f2c", Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
        await Shop.DetachAsync(mug, "mug-5f2c", Token);
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_shop_is_signed_in_to_once_and_again_when_the_session_is_over()
    {
        var mug = Fake.Add("Mug");
        await ReadAsync(mug);
        await ReadAsync(mug);
        Fake.Requests.Count(request => request == "Login").ShouldBe(1);

        Fake.EndSessions();
        await AttachAsync(mug);
        Fake.Requests.Count(request => request == "Login").ShouldBe(2);

        Fake.EndSessions();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReadAsync(mug)));
        Fake.Requests.Count(request => request == "Login").ShouldBe(3);
    }

    [Fact]
    public async Task a_session_that_ends_between_look_and_upload_sends_the_files_again()
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["ProductVideoAttach"] = FakeVendureFault.Forbidden;
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        Fake.VideoOn(mug).Clip.Bytes.Length.ShouldBe(200_000);
    }

    [Fact]
    public async Task an_api_key_does_in_the_place_of_a_password_and_is_not_asked_about()
    {
        (_parts.Options.User, _parts.Options.Password, _parts.Options.ApiKey) = (null, null, FakeVendure.ApiKey);
        await AttachAsync(Fake.Add("Mug"));
        Fake.Requests.ShouldNotContain("Login");
        _parts.Options.ApiKey = "of yesterday";
        (await RefusedAsync(() => ReadAsync("1"))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task a_shop_that_gives_no_tokens_is_told_what_to_set()
    {
        Fake.GivesTokens = false;
        var refused = await RefusedAsync(() => ReadAsync("1"));
        (refused.Fault, refused.MerchantText.Contains("authOptions.tokenMethod", StringComparison.Ordinal)).ShouldBe((StorefrontFault.InvalidData, true));
    }

    [Fact]
    public async Task a_clip_above_the_shops_limit_is_refused_with_the_name_of_the_setting_and_not_sent()
    {
        var mug = Fake.Add("Mug");
        Fake.UploadMaxFileSize = 100_000;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(StorefrontFault.ClipRefused);
        refused.MerchantText.ShouldContain("assetOptions.uploadMaxFileSize");
        Fake.Requests.ShouldNotContain("ProductVideoAttach");
    }

    [Fact]
    public async Task a_shop_that_permits_no_videos_says_so_among_its_data()
    {
        var mug = Fake.Add("Mug");
        Fake.TakesVideo = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("permittedFileTypes", StringComparison.Ordinal)).ShouldBe((StorefrontFault.ClipRefused, true));
    }

    [Theory]
    [InlineData(FakeVendureFault.Busy, StorefrontFault.RateLimited, "wait")]
    [InlineData(FakeVendureFault.Maintenance, StorefrontFault.Unavailable, "can't be reached")]
    [InlineData(FakeVendureFault.Page, StorefrontFault.Unavailable, "maintenance page")]
    [InlineData(FakeVendureFault.TooLarge, StorefrontFault.ClipRefused, "size")]
    [InlineData(FakeVendureFault.Moved, StorefrontFault.InvalidData, "https://www.shop.example/admin-api?…")]
    [InlineData(FakeVendureFault.Inside, StorefrontFault.Unavailable, "inside the shop")]
    [InlineData(FakeVendureFault.NoChannel, StorefrontFault.InvalidData, "Channel")]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeVendureFault wrong, StorefrontFault fault, string told)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["ProductVideoAttach"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(fault);
        refused.MerchantText.ShouldContain(told);
        refused.RetryAfter.ShouldBe(wrong is FakeVendureFault.Busy ? TimeSpan.FromSeconds(7) : null);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_product_that_goes_between_look_and_upload_is_gone()
    {
        var mug = Fake.Add("Mug");
        var clip = VendureParts.Clip("mug-5f2c");
        var refused = await RefusedAsync(() => Shop.AttachAsync(
            mug,
            clip with
            {
                OpenClip = token =>
                {
                    Fake.Remove(mug);
                    return clip.OpenClip(token);
                },
            },
            Token));
        refused.Fault.ShouldBe(StorefrontFault.ProductNotFound);
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_without_the_plugin_is_told_to_add_it_and_lists_that_as_missing()
    {
        var mug = Fake.Add("Mug");
        Fake.HasPlugin = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("plugin", StringComparison.Ordinal)).ShouldBe((StorefrontFault.InvalidData, true));
        (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem().Right.ShouldBe("The plugin of ProductVideo");
    }

    [Fact]
    public async Task every_right_that_is_missing_is_listed_with_its_way_out()
    {
        Fake.MayAttach = Fake.TakesVideo = false;
        Fake.Faults["MayRead"] = FakeVendureFault.Forbidden;
        // Once only: a new session is tried before the role is blamed.
        (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).Select(check => check.Right).ShouldBe(["Put clips on products", "Upload MP4 videos"]);
        var wrong = VendureParts.Connect(new VendureOptions { Shop = "vendure", Url = Fake.Address, User = FakeVendure.User, Password = "wrong" });
        (await RefusedAsync(() => wrong.CheckAccessAsync(Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task a_plugin_that_tells_nobody_of_changes_is_told_of_where_they_are_waited_for()
    {
        Fake.TellsOfChanges = false;
        (await Shop.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem().Right.ShouldBe("Hear of changed products");
        _parts.Options.WebhookSecret = null;
        (await Shop.CheckAccessAsync(Token)).ShouldAllBe(check => check.IsGranted);
    }

    [Fact]
    public async Task a_blank_key_is_none_and_the_password_counts()
    {
        var mug = Fake.Add("Mug");
        var options = new VendureOptions { Shop = "vendure", Url = Fake.Address, User = FakeVendure.User, Password = FakeVendure.Password, ApiKey = " " };
        options.Mistakes().ShouldBeEmpty();
        (await VendureParts.Connect(options).ReadAsync(mug, Token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("product.deleted", typeof(ShopNews.ProductsRemoved))]
    [InlineData("product.created", typeof(ShopNews.ProductsChanged))]
    [InlineData("order.placed", typeof(ShopNews.Other))]
    public void a_call_is_read_by_its_type(string type, Type news) => Shop.Read(Call($$$"""{"type":"{{{type}}}","data":{"ids":["13"]}}""")).ShouldBeOfType(news);

    [Theory]
    [InlineData("""{"type":"product.updated","data":{"ids":[]}}""")]
    [InlineData("""{"type":"product.updated","data":{"ids":["../1"]}}""")]
    [InlineData("""{"type":"product.updated"}""")]
    [InlineData("[]")]
    public void a_call_that_names_no_product_is_refused(string body) => Should.Throw<System.Text.Json.JsonException>(() => Shop.Read(Call(body)));

    [Fact]
    public async Task without_a_secret_no_call_is_believed()
    {
        _parts.Options.WebhookSecret = null;
        (await Shop.VerifyAsync(Call("{}"), Token)).ShouldBeOfType<WebhookVerdict.Refused>();
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new VendureOptions
        {
            Shop = "Vendure!", Url = new Uri("http://shop.example/admin-api"), User = "a", ApiKey = "b", WebhookSecret = "whsec_short", Channel = " ",
            ShopUrl = "https://shop.example/product", DisplayName = "", Locale = "german", MaxClipBytes = 1,
        };
        var failures = new ShopOptionsValidation<VendureOptions>(VendureOptions.Section).Validate("vendure", options).Failures!.ToList();
        failures.Count.ShouldBe(9);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Vendure:vendure:", StringComparison.Ordinal));
        new ShopOptionsValidation<VendureOptions>(VendureOptions.Section).Validate("vendure", _parts.Options).Succeeded.ShouldBeTrue();
        new VendureOptions().Mistakes().ShouldHaveSingleItem().Text.ShouldStartWith("User is missing");
        new VendureOptions { User = "a" }.Mistakes().ShouldHaveSingleItem().Text.ShouldStartWith("Password is missing");
    }

    private static WebhookCall Call(string body) => new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow);
}
