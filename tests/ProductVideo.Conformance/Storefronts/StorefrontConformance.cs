using ProductVideo.Catalog;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Storefronts;

/// <summary>What every storefront must do. Derive, start a shop, and all of it runs.</summary>
public abstract class StorefrontConformance
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fresh shop, or one put back to its beginning.</summary>
    protected abstract Task<StorefrontUnderTest> StartAsync();

    [Fact]
    public async Task a_known_product_is_read_completely()
    {
        await using var shop = await StartAsync();
        var product = await Read(shop);

        product.Ref.ShouldBe(new ProductRef(shop.Storefront.Shop, shop.Known.Id));
        product.Title.ShouldBe(shop.Known.Title);
        product.DescriptionHtml.ShouldContain(shop.Known.DescriptionHolds);
        product.Vendor.ShouldBe(shop.Known.Vendor);
        product.Images.Count.ShouldBe(shop.Known.Images);
        product.Images.Select(m => m.Id).ShouldBeUnique();
        product.Variants.Count.ShouldBe(shop.Known.Variants);
        product.Version.ShouldNotBeNullOrEmpty();
        product.IsPublished.ShouldBeTrue();
    }

    [Fact]
    public async Task an_unknown_product_is_null()
    {
        await using var shop = await StartAsync();
        (await shop.Storefront.ReadAsync(shop.UnknownProductId, Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(250)]
    public async Task pages_cover_every_product_exactly_once(int take)
    {
        await using var shop = await StartAsync();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await shop.Storefront.ListAsync(new(Take: take, Cursor: cursor), Token);
            page.Products.Count.ShouldBeLessThanOrEqualTo(take);
            seen.AddRange(page.Products.Select(p => p.Ref.ProductId));
            cursor = page.NextCursor;
            seen.Count.ShouldBeLessThanOrEqualTo(shop.AllProductIds.Count, "the list never ends");
        }
        while (cursor is not null);

        seen.ShouldBe(shop.AllProductIds, ignoreOrder: true);
    }

    [Fact]
    public async Task a_listed_product_equals_the_read_one()
    {
        await using var shop = await StartAsync();
        var page = await shop.Storefront.ListAsync(new(Search: shop.Known.Title), Token);
        page.Products.ShouldContain(p => p.Ref.ProductId == shop.Known.Id && p.Title == shop.Known.Title);
        page.Products.First(p => p.Ref.ProductId == shop.Known.Id).Version.ShouldBe((await Read(shop)).Version);
    }

    [Fact]
    public async Task collections_stock_and_sales_are_told_as_the_storefront_claims()
    {
        await using var shop = await StartAsync();
        var tells = shop.Storefront.Capabilities.Tells;
        (shop.Known.Collections.Count > 1).ShouldBe(tells.HasFlag(ListedFacts.Collections));
        shop.Known.Stock.HasValue.ShouldBe(tells.HasFlag(ListedFacts.Stock));
        shop.Known.Sold.HasValue.ShouldBe(tells.HasFlag(ListedFacts.Sold));

        foreach (var product in await EverywhereAsync(shop))
        {
            product.Collections.ShouldBe(shop.Known.Collections);
            (product.Stock, product.Sold).ShouldBe((shop.Known.Stock, shop.Known.Sold));
        }
    }

    [Fact]
    public async Task a_handle_is_told_alike_however_the_product_is_read()
    {
        await using var shop = await StartAsync();
        var handle = (await EverywhereAsync(shop)).Select(product => product.Handle).Distinct().ShouldHaveSingleItem();
        if (shop.Known.Handle is { } known)
            handle.ShouldBe(known);
    }

    [Fact]
    public async Task what_changed_since_a_moment_is_listed_as_the_storefront_claims()
    {
        await using var shop = await StartAsync();
        Assert.SkipUnless(shop.Storefront.Capabilities.ListsChanges, "This shop does not list what changed.");
        var now = DateTimeOffset.UtcNow;
        await shop.EditTitleAsync(shop.Known.Id, "Another title");

        (await ChangedAsync(shop, now.AddMinutes(-5))).ShouldContain(shop.Known.Id);
        (await ChangedAsync(shop, now.AddYears(-50))).ShouldBe(shop.AllProductIds, ignoreOrder: true);
        (await ChangedAsync(shop, now.AddDays(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_sale_and_another_collection_are_no_change_of_the_product()
    {
        await using var shop = await StartAsync();
        var before = await Read(shop);

        await shop.SellOneAsync(shop.Known.Id);
        await shop.AddToCollectionAsync(shop.Known.Id, "Winter");

        foreach (var product in await EverywhereAsync(shop))
        {
            product.Version.ShouldBe(before.Version);
            (product.Stock, product.Sold).ShouldBe((before.Stock - 1, before.Sold + 1));
            if (shop.Storefront.Capabilities.Tells.HasFlag(ListedFacts.Collections))
                product.Collections.ShouldBe([.. before.Collections, "Winter"]);
        }
    }

    [Fact]
    public async Task a_search_for_what_no_product_holds_finds_nothing()
    {
        await using var shop = await StartAsync();
        var page = await shop.Storefront.ListAsync(new(Search: "qzxqzxqzx"), Token);
        page.Products.ShouldBeEmpty();
        page.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task an_attached_clip_is_shown_to_shoppers_byte_for_byte()
    {
        await using var shop = await StartAsync();
        var (clip, bytes) = shop.Clip("mug-5f2c");

        var attached = await shop.Storefront.AttachAsync(shop.Known.Id, clip, Token);

        attached.WasThere.ShouldBeFalse();
        attached.MediaId.ShouldNotBeNullOrEmpty();
        var video = (await Videos(shop)).ShouldHaveSingleItem();
        video.Bytes.ShouldBe(bytes);
    }

    [Fact]
    public async Task attaching_the_same_clip_twice_leaves_one_video()
    {
        await using var shop = await StartAsync();
        var (clip, _) = shop.Clip("mug-5f2c");

        var first = await shop.Storefront.AttachAsync(shop.Known.Id, clip, Token);
        var second = await shop.Storefront.AttachAsync(shop.Known.Id, clip, Token);

        second.WasThere.ShouldBeTrue();
        second.MediaId.ShouldBe(first.MediaId);
        (await Videos(shop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task parallel_attaches_of_one_clip_leave_one_video()
    {
        await using var shop = await StartAsync();
        var (clip, _) = shop.Clip("mug-5f2c");
        // One connector, taken before the race: two would be two processes, of which each may believe that it came first.
        var storefront = shop.Storefront;

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => storefront.AttachAsync(shop.Known.Id, clip, Token), Token)));

        all.Count(a => !a.WasThere).ShouldBe(1);
        all.Select(a => a.MediaId).Distinct().Count().ShouldBe(1);
        (await Videos(shop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task detaching_one_of_two_clips_leaves_the_other()
    {
        await using var shop = await StartAsync();
        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-first").Clip, Token);
        var before = await shop.PublicMediaAsync(shop.Known.Id);
        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-second").Clip, Token);
        (await Videos(shop)).Count.ShouldBe(2);

        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-second", Token);

        Addresses(await shop.PublicMediaAsync(shop.Known.Id)).ShouldBe(Addresses(before));
    }

    [Fact]
    public async Task detaching_restores_the_gallery_that_was_there()
    {
        await using var shop = await StartAsync();
        var before = await shop.PublicMediaAsync(shop.Known.Id);
        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-5f2c").Clip, Token);

        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-5f2c", Token);

        Addresses(await shop.PublicMediaAsync(shop.Known.Id)).ShouldBe(Addresses(before));
    }

    [Fact]
    public async Task detaching_twice_is_fine_and_so_is_a_clip_or_product_that_never_was()
    {
        await using var shop = await StartAsync();
        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-5f2c").Clip, Token);

        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-5f2c", Token);
        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-5f2c", Token);
        await shop.Storefront.DetachAsync(shop.Known.Id, "never-was", Token);
        await shop.Storefront.DetachAsync(shop.UnknownProductId, "mug-5f2c", Token);

        (await Videos(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_detached_clip_can_be_attached_again()
    {
        await using var shop = await StartAsync();
        var (clip, _) = shop.Clip("mug-5f2c");
        await shop.Storefront.AttachAsync(shop.Known.Id, clip, Token);
        await shop.Storefront.DetachAsync(shop.Known.Id, clip.Key, Token);

        (await shop.Storefront.AttachAsync(shop.Known.Id, clip, Token)).WasThere.ShouldBeFalse();
        (await Videos(shop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task attaching_to_a_product_that_is_gone_says_so()
    {
        await using var shop = await StartAsync();
        var refused = await Should.ThrowAsync<StorefrontException>(
            () => shop.Storefront.AttachAsync(shop.UnknownProductId, shop.Clip("mug-5f2c").Clip, Token));
        refused.Fault.ShouldBe(StorefrontFault.ProductNotFound);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task what_the_merchant_writes_meanwhile_survives_attach_and_detach()
    {
        await using var shop = await StartAsync();
        await shop.EditTitleAsync(shop.Known.Id, "Written by hand 1");
        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-5f2c").Clip, Token);
        (await shop.PublicTitleAsync(shop.Known.Id)).ShouldBe("Written by hand 1");

        await shop.EditTitleAsync(shop.Known.Id, "Written by hand 2");
        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-5f2c", Token);
        (await shop.PublicTitleAsync(shop.Known.Id)).ShouldBe("Written by hand 2");
    }

    [Fact]
    public async Task the_version_changes_with_the_text()
    {
        await using var shop = await StartAsync();
        var before = await Read(shop);
        await shop.EditTitleAsync(shop.Known.Id, "Another title");

        var after = await Read(shop);
        after.Title.ShouldBe("Another title");
        after.Version.ShouldNotBe(before.Version);
    }

    [Fact]
    public async Task the_version_changes_with_a_picture()
    {
        await using var shop = await StartAsync();
        var before = await Read(shop);
        await shop.ReplaceFirstImageAsync(shop.Known.Id);
        (await Read(shop)).Version.ShouldNotBe(before.Version);
    }

    [Fact]
    public async Task our_own_attach_does_not_change_what_is_read()
    {
        await using var shop = await StartAsync();
        var before = await Read(shop);

        await shop.Storefront.AttachAsync(shop.Known.Id, shop.Clip("mug-5f2c").Clip, Token);
        var attached = await Read(shop);
        await shop.Storefront.DetachAsync(shop.Known.Id, "mug-5f2c", Token);

        attached.Version.ShouldBe(before.Version);
        attached.Images.ShouldBe(before.Images);
        (await Read(shop)).Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task a_held_picture_opens_with_its_bytes()
    {
        await using var shop = await StartAsync();
        Assert.SkipUnless(shop.Storefront is IHoldImages, "This shop keeps pictures at addresses.");
        var held = (await Read(shop)).Images[0].Source.ShouldBeOfType<ImageSource.Held>();

        await using var opened = await ((IHoldImages)shop.Storefront).OpenImageAsync(held, Token);
        using var bytes = new MemoryStream();
        await opened.CopyToAsync(bytes, Token);
        bytes.ToArray().ShouldBe(shop.Known.FirstImage);
    }

    [Fact]
    public async Task a_hostile_picture_key_is_refused()
    {
        await using var shop = await StartAsync();
        Assert.SkipUnless(shop.Storefront is IHoldImages, "This shop keeps pictures at addresses.");
        shop.HostileImageKeys.ShouldNotBeEmpty();
        foreach (var key in shop.HostileImageKeys)
        {
            var refused = await Should.ThrowAsync<StorefrontException>(
                () => ((IHoldImages)shop.Storefront).OpenImageAsync(new ImageSource.Held(key), Token), key);
            refused.Fault.ShouldBe(StorefrontFault.InvalidData, key);
        }
    }

    [Fact]
    public async Task a_genuine_call_names_the_product_that_changed()
    {
        await using var shop = await StartAsync();
        foreach (var (webhook, call) in Calls(shop))
        {
            (await webhook.VerifyAsync(call, Token)).ShouldBeOfType<WebhookVerdict.Accepted>().DeliveryId.ShouldNotBeNullOrEmpty();
            webhook.Read(call).ShouldBeOfType<ShopNews.ProductsChanged>().ProductIds.ShouldBe([shop.Known.Id]);
        }
    }

    [Fact]
    public async Task a_call_that_was_touched_is_refused_before_anything_is_read()
    {
        await using var shop = await StartAsync();
        foreach (var (webhook, call) in Calls(shop))
        {
            var touched = call.Body.ToArray();
            touched[^1] ^= 1;
            (await webhook.VerifyAsync(call with { Body = touched }, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
            (await webhook.VerifyAsync(call with { Body = "}{ nothing that can be read"u8.ToArray() }, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
            (await webhook.VerifyAsync(call with { Headers = new Dictionary<string, string>(), SecretPath = null }, Token)).ShouldBeOfType<WebhookVerdict.Refused>();
        }
    }

    [Fact]
    public async Task a_shop_that_is_connected_well_lacks_no_right()
    {
        await using var shop = await StartAsync();
        Assert.SkipUnless(shop.Storefront is ICheckAccess, "This shop has no rights to grant.");
        var checks = await ((ICheckAccess)shop.Storefront).CheckAccessAsync(Token);
        checks.ShouldNotBeEmpty();
        checks.ShouldAllBe(check => check.IsGranted);
    }

    [Fact]
    public async Task a_wrong_password_is_told_as_such()
    {
        await using var shop = await StartAsync();
        Assert.SkipUnless(shop.WithWrongSecret is not null, "This shop has no password.");
        var refused = await Should.ThrowAsync<StorefrontException>(() => shop.WithWrongSecret!.ReadAsync(shop.Known.Id, Token));
        refused.Fault.ShouldBe(StorefrontFault.Unauthorised);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
    }

    private static IEnumerable<(IStorefrontWebhook Webhook, WebhookCall Call)> Calls(StorefrontUnderTest shop)
    {
        Assert.SkipUnless(shop.Storefront is IStorefrontWebhook, "This shop calls nobody.");
        var calls = shop.CallsAbout(shop.Known.Id);
        calls.ShouldNotBeEmpty("a storefront that hears webhooks says how its shop calls");
        return calls.Select(call => ((IStorefrontWebhook)shop.Storefront, call));
    }

    /// <summary>The known product in each way in which the storefront gives it.</summary>
    private static async Task<IReadOnlyList<ListedProduct>> EverywhereAsync(StorefrontUnderTest shop)
    {
        var page = await shop.Storefront.ListAsync(new(Search: shop.Known.Title), Token);
        return [await Read(shop), page.Products.Single(product => product.Ref.ProductId == shop.Known.Id)];
    }

    private static async Task<List<string>> ChangedAsync(StorefrontUnderTest shop, DateTimeOffset since)
    {
        var (found, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await shop.Storefront.ListAsync(new(Take: 1, Cursor: cursor, ChangedSince: since), Token);
            found.AddRange(page.Products.Select(product => product.Ref.ProductId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return found;
    }

    private static async Task<ListedProduct> Read(StorefrontUnderTest shop) =>
        (await shop.Storefront.ReadAsync(shop.Known.Id, Token)).ShouldNotBeNull();

    private static async Task<List<PublicMedia>> Videos(StorefrontUnderTest shop) =>
        [.. (await shop.PublicMediaAsync(shop.Known.Id)).Where(m => m.IsVideo)];

    private static List<string> Addresses(IEnumerable<PublicMedia> media) => [.. media.Select(m => m.Address)];
}
