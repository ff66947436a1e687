using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Storefronts.Shopify;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyAttachTests : IAsyncLifetime
{
    private ShopifyParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeShopify Fake => _parts.Fake;

    private ShopifyStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await ShopifyParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(FakeProduct product, string key = "mug-5f2c") => Shop.AttachAsync($"{product.Id}", ShopifyParts.Clip(key), Token);

    private static async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(FakeShopify.ClientSecret);
        refused.Message.ShouldNotContain("shpat_");
        return refused;
    }

    [Fact]
    public async Task a_clip_goes_up_by_the_storages_form_and_is_served_by_shopify()
    {
        var mug = Fake.Add("Mug");
        var attached = await AttachAsync(mug);
        var video = Fake.Videos.ShouldHaveSingleItem();
        (attached.MediaId, video.FileName, video.Alt, video.Bytes.Length).ShouldBe(($"{video.Id}", "mug-5f2c.mp4", "The mug turns once.", 200_000));
        attached.ClipUrl.ShouldBe($"{Fake.Address}cdn/videos/mug-5f2c.mp4");
        attached.ListingUrl.ShouldBe($"https://{FakeShopify.Domain}/products/{mug.Id}");
    }

    [Fact]
    public async Task what_a_model_drew_says_so_in_its_alternative_text_which_is_never_too_long()
    {
        var mug = Fake.Add("Mug");
        await Shop.AttachAsync($"{mug.Id}", ShopifyParts.Clip("mug-5f2c") with { MadeWithAi = true }, Token);
        await Shop.AttachAsync($"{mug.Id}", ShopifyParts.Clip("mug-long") with { MadeWithAi = true, AltText = new string('m', 600) }, Token);
        Fake.Videos[0].Alt.ShouldBe("The mug turns once. (made with AI)");
        Fake.Videos[1].Alt!.Length.ShouldBe(512);
        Fake.Videos[1].Alt.ShouldEndWith("… (made with AI)");
    }

    [Fact]
    public async Task a_clip_may_stand_behind_the_first_picture_and_detaching_restores_the_order()
    {
        _parts.Options.Place = ClipPlace.AfterFirst;
        var mug = Fake.Add("Mug");
        var before = Fake.Gallery(mug.Id);
        await AttachAsync(mug);
        Fake.Gallery(mug.Id).Select(media => media.IsVideo).ShouldBe([false, true, false]);
        await AttachAsync(mug);
        Fake.Requests.Count(request => request == "MoveMedia").ShouldBe(1, "it stands there already");
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Gallery(mug.Id).ShouldBe(before);
    }

    [Fact]
    public async Task a_clip_is_moved_behind_the_first_picture_as_soon_as_shopify_is_done_with_putting_it_there()
    {
        _parts.Options.Place = ClipPlace.AfterFirst;
        var mug = Fake.Add("Mug");
        Fake.Refusals["productReorderMedia"] = "MEDIA_CANNOT_BE_MODIFIED";
        await AttachAsync(mug);
        Fake.Gallery(mug.Id).Select(media => media.IsVideo).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task a_product_that_goes_while_its_clip_is_brought_leaves_no_file_behind()
    {
        var mug = Fake.Add("Mug");
        Fake.Refusals["fileUpdate"] = "REFERENCE_TARGET_DOES_NOT_EXIST";
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.ProductNotFound);
        Fake.Videos.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(17, 17)]
    public void a_time_too_short_to_be_meant_is_not_taken_for_one(int said, int waits)
    {
        using var answered = new HttpResponseMessage();
        new ShopifyAnswer(new ShopAnswer("POST https://shop.example", 429, answered.Headers, [], TimeSpan.FromSeconds(said), MovedTo: null)).Throttled.ShouldBe(TimeSpan.FromSeconds(waits));
    }

    [Theory]
    [InlineData("StageVideo")]
    [InlineData("upload")]
    [InlineData("CreateVideo")]
    [InlineData("LinkVideo")]
    [InlineData("MoveMedia")]
    public async Task a_lost_answer_leaves_one_file_and_one_clip_after_the_next_try(string lost)
    {
        _parts.Options.Place = ClipPlace.AfterFirst;
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = FakeShopifyFault.DropAfter;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(lost is "LinkVideo" or "MoveMedia");
        Fake.Gallery(mug.Id).Select(media => media.IsVideo).ShouldBe([false, true, false]);
        Fake.Videos.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("LinkVideo")]
    [InlineData("DeleteFiles")]
    public async Task a_lost_answer_while_detaching_is_made_good_by_the_next_try(string lost)
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Faults[lost] = FakeShopifyFault.DropAfter;
        await RefusedAsync(() => Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token));
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Gallery(mug.Id).ShouldAllBe(media => !media.IsVideo);
        Fake.Videos.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_file_that_the_search_does_not_know_yet_is_not_made_twice(bool takesRaiseError)
    {
        var mug = Fake.Add("Mug");
        // By a call whose answer was lost, or by another process.
        var made = Fake.AddVideo("mug-5f2c.mp4", DateTimeOffset.UtcNow);
        (Fake.TakesRaiseError, Fake.SearchesBehind) = (takesRaiseError, takesRaiseError ? 2 : 1);
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);
        (await AttachAsync(mug)).MediaId.ShouldBe($"{made.Id}");
        Fake.Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_shop_that_can_not_refuse_a_name_for_videos_still_takes_them()
    {
        Fake.TakesRaiseError = false;
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Videos.ShouldHaveSingleItem().FileName.ShouldBe("mug-5f2c.mp4");
    }

    [Fact]
    public async Task a_slow_conversion_holds_no_worker_and_the_next_call_goes_on_from_there()
    {
        Fake.LooksUntilReady = 6;
        var mug = Fake.Add("Mug");
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.RetryAfter).ShouldBe((StorefrontFault.Unavailable, TimeSpan.FromSeconds(20)));
        refused.MerchantText.ShouldContain("still converting");
        Fake.Gallery(mug.Id).ShouldAllBe(media => !media.IsVideo, "only what is ready goes on the product");
        _parts.Clock.Pauses.Sum(pause => pause.TotalSeconds).ShouldBeLessThan(10);

        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        Fake.Requests.Count(request => request == "upload").ShouldBe(1);
    }

    [Theory]
    [InlineData("VIDEO_MAX_DURATION_ERROR", StorefrontFault.ClipRefused, "shorter")]
    [InlineData("VIDEO_MIN_WIDTH_ERROR", StorefrontFault.ClipRefused, "higher resolution")]
    [InlineData("VIDEO_METADATA_READ_ERROR", StorefrontFault.ClipRefused, "can't read")]
    [InlineData("FILE_STORAGE_LIMIT_EXCEEDED", StorefrontFault.ClipRefused, "storage")]
    [InlineData("MEDIA_TIMEOUT_ERROR", StorefrontFault.Unavailable, "in an hour")]
    public async Task a_file_that_can_not_be_converted_is_taken_away_and_told_of(string code, StorefrontFault fault, string told)
    {
        Fake.NextVideoFailsWith = code;
        var mug = Fake.Add("Mug");
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains(told, StringComparison.Ordinal)).ShouldBe((fault, true), refused.MerchantText);
        Fake.Videos.ShouldBeEmpty();
        Fake.NextVideoFailsWith = null;
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Theory]
    [InlineData("PRODUCT_MEDIA_LIMIT_EXCEEDED", StorefrontFault.ClipRefused)]
    [InlineData("NON_IMAGE_MEDIA_PER_SHOP_LIMIT_EXCEEDED", StorefrontFault.ClipRefused)]
    [InlineData("UNACCEPTABLE_TRIAL_ASSET", StorefrontFault.ClipRefused)]
    [InlineData("NON_READY_STATE", StorefrontFault.Unavailable)]
    [InlineData("MEDIA_CANNOT_BE_MODIFIED", StorefrontFault.Unavailable)]
    [InlineData("REFERENCE_TARGET_DOES_NOT_EXIST", StorefrontFault.ProductNotFound)]
    [InlineData("PRODUCT_SUSPENDED", StorefrontFault.InvalidData)]
    public async Task what_is_refused_with_200_is_a_refusal(string code, StorefrontFault fault)
    {
        var mug = Fake.Add("Mug");
        Fake.Refusals["fileUpdate"] = code;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(fault);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        Fake.Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task the_weeks_videos_used_up_are_told_with_the_time_when_there_is_room_again()
    {
        (Fake.WeeklyQuota, _parts.Options.WeeklyVideos) = (3, 3);
        var now = DateTimeOffset.UtcNow;
        foreach (var days in new[] { 9, 6, 4, 2 })
            Fake.AddVideo($"other-{days}.mp4", now.AddDays(-days));
        var mug = Fake.Add("Mug");
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(StorefrontFault.RateLimited);
        refused.MerchantText.ShouldContain("3 videos a week");
        refused.RetryAfter!.Value.TotalDays.ShouldBe(1, 0.01);
        _parts.Storefront.Capabilities.WeeklyQuota.ShouldBe(3);
    }

    [Fact]
    public async Task a_refusal_without_a_code_is_not_taken_for_the_quota_while_there_is_room()
    {
        Fake.Refusals["stagedUploadsCreate"] = "";
        (await RefusedAsync(() => AttachAsync(Fake.Add("Mug")))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Fact]
    public async Task a_file_that_the_merchant_put_elsewhere_too_stays_and_leaves_only_the_product()
    {
        var (mug, other) = (Fake.Add("Mug"), Fake.Add("Other"));
        await AttachAsync(mug);
        Fake.Edit(other.Id, product => product.Media.Add(Fake.Videos[0].Id));
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Gallery(mug.Id).ShouldAllBe(media => !media.IsVideo);
        Fake.Gallery(other.Id).Count(media => media.IsVideo).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_file_that_may_be_used_elsewhere_is_never_deleted(bool known)
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        (Fake.Videos[0].IsUsedElsewhere, Fake.KnowsUsedIn) = (true, known);
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Gallery(mug.Id).ShouldAllBe(media => !media.IsVideo);
        Fake.Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_clip_that_is_on_the_product_is_not_brought_again_by_a_search_that_is_behind()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.SearchesBehind = 5;
        (await AttachAsync(mug)).WasThere.ShouldBeTrue();
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Videos.ShouldBeEmpty();
        Fake.Requests.Count(request => request == "upload").ShouldBe(1);
    }

    [Fact]
    public async Task a_product_that_is_gone_leaves_no_file_behind()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Remove(mug.Id);
        await Shop.DetachAsync($"{mug.Id}", "mug-5f2c", Token);
        Fake.Videos.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FakeShopifyFault.Throttled, StorefrontFault.RateLimited, 90)]
    [InlineData(FakeShopifyFault.TooMany, StorefrontFault.RateLimited, 17)]
    [InlineData(FakeShopifyFault.Denied, StorefrontFault.Unauthorised, null)]
    [InlineData(FakeShopifyFault.Maintenance, StorefrontFault.Unavailable, null)]
    [InlineData(FakeShopifyFault.Page, StorefrontFault.Unavailable, null)]
    [InlineData(FakeShopifyFault.Frozen, StorefrontFault.Unauthorised, null)]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeShopifyFault wrong, StorefrontFault fault, int? seconds)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["CreateVideo"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.RetryAfter?.TotalSeconds).ShouldBe((fault, seconds));
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        Fake.Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task where_there_is_room_in_a_moment_a_call_waits_for_it()
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["LinkVideo"] = FakeShopifyFault.ThrottledBriefly;
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
        _parts.Clock.Pauses.ShouldContain(TimeSpan.FromSeconds(0.09));
    }
}
