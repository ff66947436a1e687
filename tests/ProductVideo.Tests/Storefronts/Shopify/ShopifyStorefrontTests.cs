using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Spending;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.Shopify;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyStorefrontTests : IAsyncLifetime
{
    private ShopifyParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeShopify Fake => _parts.Fake;

    private ShopifyStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await ShopifyParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task<ListedProduct> ReadAsync(FakeProduct product) => (await Shop.ReadAsync($"{product.Id}", Token)).ShouldNotBeNull();

    [Fact]
    public async Task a_product_is_read_with_all_that_a_film_is_made_from()
    {
        var mug = Fake.Add("Mug", product =>
        {
            (product.ProductType, product.Category) = ("", "Home & Garden > Kitchen & Dining > Mugs");
            product.Options["Color"] = ["Sage", "Ink"];
            product.Options["Material"] = ["Stoneware"];
            product.Variants.Add(new FakeVariant(901, "11.90", new Dictionary<string, string> { ["Color"] = "Sage", ["Material"] = "Stoneware" }, product.Media[1]) { Sku = "MUG-S" });
        });
        var read = await ReadAsync(mug);
        (read.ProductType, read.Price, read.Locale, read.Vendor).ShouldBe(("Mugs", new Money(11.90m, "EUR"), "en", "Tonwerk"));
        read.Tags.ShouldBe(["kitchen"]);
        read.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Stoneware" });
        read.ListingUrl.ShouldBe($"https://{FakeShopify.Domain}/products/{mug.Id}");
        var variant = read.Variants.ShouldHaveSingleItem();
        (variant.Id, variant.Sku, variant.Price, variant.ImageId).ShouldBe(("901", "MUG-S", new Money(11.90m, "EUR"), read.Images[1].Id));
        variant.Options["Color"].ShouldBe("Sage");
        read.Images[0].Source.ShouldBe(new ImageSource.Remote($"{Fake.Address}cdn/files/picture-{mug.Media[0]}.jpg"));
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 0)]
    [InlineData(-3, 0)]
    [InlineData(null, null)]
    public async Task stock_is_what_shopify_counts(int? inventory, int? stock) =>
        (await ReadAsync(Fake.Add("Mug", product => product.Inventory = inventory))).Stock.ShouldBe(stock);

    [Theory]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(240)]
    public async Task a_list_tells_all_collections_of_a_product_as_the_product_itself_does(int count)
    {
        string[] names = [.. Enumerable.Range(1, count).Select(i => $"Collection {i}")];
        var mug = Fake.Add("Mug", product => product.Collections.AddRange(names));
        (await Shop.ListAsync(new ProductQuery(), Token)).Products.ShouldHaveSingleItem().Collections.ShouldBe(names);
        (await ReadAsync(mug)).Collections.ShouldBe(names);
    }

    [Fact]
    public async Task a_product_without_options_has_one_variant_that_says_nothing()
    {
        var read = await ReadAsync(Fake.Add("Tin"));
        read.Variants.ShouldHaveSingleItem().Options.ShouldBeEmpty();
        read.Attributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task every_variant_is_read_however_many_there_are()
    {
        var shirt = Fake.Add("Shirt", product =>
        {
            foreach (var size in Enumerable.Range(1, 120))
                product.Variants.Add(new FakeVariant(5000 + size, "9.00", new Dictionary<string, string> { ["Size"] = $"{size}" }));
        });
        (await ReadAsync(shirt)).Variants.Select(variant => variant.Id).ShouldBe(Enumerable.Range(5001, 120).Select(id => $"{id}"));
    }

    [Theory]
    [InlineData("ACTIVE", true)]
    [InlineData("UNLISTED", true)]
    [InlineData("DRAFT", false)]
    [InlineData("ARCHIVED", false)]
    public async Task drafts_and_the_archive_are_not_published(string status, bool published) =>
        (await ReadAsync(Fake.Add("Mug", product => product.Status = status))).IsPublished.ShouldBe(published);

    [Theory]
    [InlineData("mug/../1")]
    [InlineData("gid://shopify/Product/1")]
    [InlineData("-1")]
    [InlineData("007")]
    public async Task what_is_no_number_names_no_product(string id) => (await Shop.ReadAsync(id, Token)).ShouldBeNull();

    [Fact]
    public async Task products_that_are_removed_during_a_walk_hide_no_others()
    {
        var ids = Enumerable.Range(1, 60).Select(i => Fake.Add($"Product {i}").Id).ToList();
        var seen = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await Shop.ListAsync(new ProductQuery(Take: 25, Cursor: cursor), Token);
            seen.AddRange(page.Products.Select(product => product.Ref.ProductId));
            cursor = page.NextCursor;
            if (++pages == 1)
            {
                foreach (var id in ids.Where(id => seen.Contains($"{id}")))
                    Fake.Remove(id);
                ids.Add(Fake.Add("Late").Id);
            }
        }
        while (cursor is not null);
        seen.ShouldBe(ids.Select(id => $"{id}"));
    }

    [Theory]
    [InlineData("stoneware MUG", 1)]
    [InlineData("mug status:active OR tin", 0)]
    [InlineData("5\" \"quoted\"", 1)]
    public async Task a_search_is_words_and_no_query_language(string search, int found)
    {
        Fake.Add("Stoneware mug");
        Fake.Add("Tin");
        Fake.Add("Pan 5\" \"quoted\"");
        (await Shop.ListAsync(new ProductQuery(search), Token)).Products.Count.ShouldBe(found);
    }

    [Fact]
    public async Task only_what_was_written_since_is_listed_where_that_is_asked()
    {
        var since = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.FromHours(1));
        Fake.Add("Stoneware mug of yesterday", product => product.UpdatedAt = since.AddSeconds(-1));
        Fake.Add("Stoneware mug", product => product.UpdatedAt = since);
        Fake.Add("Pan", product => product.UpdatedAt = since.AddDays(1));
        (await Shop.ListAsync(new ProductQuery(ChangedSince: since), Token)).Products.Select(product => product.Title).ShouldBe(["Stoneware mug", "Pan"]);
        (await Shop.ListAsync(new ProductQuery("stoneware mug", ChangedSince: since), Token)).Products.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_missing_scope_is_named_with_the_way_out()
    {
        Fake.Scopes.Remove("write_files");
        var checks = await Shop.CheckAccessAsync(Token);
        checks.Where(check => !check.IsGranted).ShouldHaveSingleItem().WayOut!.ShouldContain("write_files");
        Fake.Requests.ShouldBe(["access_token", "AccessScopes"]);
    }

    [Fact]
    public async Task one_token_serves_until_it_ends_or_is_refused()
    {
        var mug = Fake.Add("Mug");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReadAsync(mug)));
        Fake.TokensGiven.ShouldBe(1);
        Fake.ExpireTokens();
        await ReadAsync(mug);
        Fake.TokensGiven.ShouldBe(2);
        _parts.Clock.Ahead = TimeSpan.FromHours(24);
        await ReadAsync(mug);
        Fake.TokensGiven.ShouldBe(3);
    }

    [Fact]
    public async Task a_shop_that_takes_no_token_any_more_pauses()
    {
        var mug = Fake.Add("Mug");
        await ReadAsync(mug);
        Fake.ExpireTokens();
        Fake.Secret = "rotated";
        (await Should.ThrowAsync<StorefrontException>(() => ReadAsync(mug))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task each_refresh_token_is_used_once_and_the_next_one_kept_before_that()
    {
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        var mug = Fake.Add("Mug");
        await ReadAsync(mug);
        (await _parts.Tokens.ReadAsync("tonwerk", Token))!.Refresh.ShouldBe(Fake.RefreshToken);
        Fake.ExpireTokens();
        await ReadAsync(mug);
        (Fake.TokensGiven, (await _parts.Tokens.ReadAsync("tonwerk", Token))!.Refresh).ShouldBe((2, Fake.RefreshToken));

        // Another process finds what this one kept, and asks for none.
        (await _parts.Open(_parts.Options).ReadAsync($"{mug.Id}", Token)).ShouldNotBeNull();
        Fake.TokensGiven.ShouldBe(2);
    }

    [Fact]
    public async Task a_refresh_whose_answer_was_lost_is_asked_for_again_with_the_same_token()
    {
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        var mug = Fake.Add("Mug");
        Fake.Faults["access_token"] = FakeShopifyFault.DropAfter;
        (await Should.ThrowAsync<StorefrontException>(() => ReadAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);
        await ReadAsync(mug);
    }

    [Theory]
    [InlineData(FakeShopifyFault.TooMany, StorefrontFault.RateLimited, 17)]
    [InlineData(FakeShopifyFault.Maintenance, StorefrontFault.Unavailable, null)]
    [InlineData(FakeShopifyFault.Page, StorefrontFault.Unavailable, null)]
    public async Task a_shop_that_is_busy_when_a_token_is_due_is_waited_for_and_not_connected_again(FakeShopifyFault wrong, StorefrontFault fault, int? seconds)
    {
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        var mug = Fake.Add("Mug");
        await ReadAsync(mug);
        Fake.ExpireTokens();
        await ReadAsync(mug);
        Fake.ExpireTokens();
        Fake.Faults["access_token"] = wrong;
        var refused = await Should.ThrowAsync<StorefrontException>(() => ReadAsync(mug));
        (refused.Fault, refused.RetryAfter?.TotalSeconds).ShouldBe((fault, seconds));
        await ReadAsync(mug);
    }

    [Fact]
    public async Task a_token_that_was_written_when_the_shop_was_connected_again_is_used_where_the_kept_one_is_refused()
    {
        await _parts.Tokens.WriteAsync("tonwerk", new ShopToken("shpat_old", DateTimeOffset.UnixEpoch, "shprt_used_up"), Token);
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        await ReadAsync(Fake.Add("Mug"));
        Fake.TokensGiven.ShouldBe(2, "the first of them was refused");
    }

    [Fact]
    public async Task tokens_of_the_store_that_stood_here_before_are_not_sent_to_this_one()
    {
        await _parts.Tokens.WriteAsync("tonwerk", new ShopToken("shpat_old", DateTimeOffset.MaxValue, "shprt_old", "before.myshopify.com"), Token);
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        await ReadAsync(Fake.Add("Mug"));
        Fake.TokensGiven.ShouldBe(1, "it was asked with the token of its own alone");
        (await _parts.Tokens.ReadAsync("tonwerk", Token))!.Refresh.ShouldBe(Fake.RefreshToken);
    }

    [Fact]
    public async Task a_store_that_fails_keeps_a_new_token_from_being_used()
    {
        _parts.Options.RefreshToken = FakeShopify.FirstRefreshToken;
        _parts.Tokens = new FullStore();
        var mug = Fake.Add("Mug");
        await Should.ThrowAsync<IOException>(() => ReadAsync(mug));
        Fake.Requests.ShouldNotContain("ReadProduct");
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new ShopifyOptions
        {
            Shop = "Ton!", Url = new Uri("https://www.tonwerk.example/"), EarlierClientSecret = " ", RefreshToken = "", WeeklyVideos = 0, Address = new Uri("https://shop.example"),
            DisplayName = "", Locale = "german", MaxClipBytes = 1,
        };
        var failures = new ShopOptionsValidation<ShopifyOptions>(ShopifyOptions.Section).Validate("tonwerk", options).Failures!.ToList();
        failures.Count.ShouldBe(11, string.Join('\n', failures));
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Shopify:tonwerk:", StringComparison.Ordinal));
        new ShopOptionsValidation<ShopifyOptions>(ShopifyOptions.Section).Validate("tonwerk", _parts.Options).Succeeded.ShouldBeTrue();
    }

    private sealed class FullStore : IKeepShopTokens
    {
        public Task<ShopToken?> ReadAsync(string shop, CancellationToken cancellationToken) => Task.FromResult<ShopToken?>(null);

        public Task WriteAsync(string shop, ShopToken token, CancellationToken cancellationToken) => throw new IOException("The disk is full.");
    }
}
