using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using ProductVideo.Tests.Http;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Changes;

public sealed class ProductLookTests : ChangesFixture
{
    [Fact]
    public async Task another_title_makes_the_clip_stale_and_orders_nothing_unless_the_shop_wants_it()
    {
        var clip = await PublishAsync();
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

        var row = await HintAndLookAsync();

        (row.State, row.Reasons, row.ClipId, row.RemakeId).ShouldBe(("Stale", "Text", clip.Id, null));
        ChangeWords.Of(WatchedProduct.Of(row)).ShouldBe("The product has changed since this video was made: other text.");
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_price_a_stock_or_a_tag_that_the_clip_does_not_use_is_no_reason_and_orders_nothing()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake);
        Shop.Edit("mug", mug => mug with { Price = new ProductVideo.Spending.Money(9, "EUR"), Tags = ["sale", "turntable"], ListingUrl = "https://shop.example/new" });

        var row = await HintAndLookAsync();

        (row.State, row.Version).ShouldBe(("Current", Shop.Products["mug"].Version));
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task an_unchanged_product_is_read_and_its_pictures_are_not_fetched()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake);
        var (reads, pictures) = (Shop.Reads, Shop.PictureReads);

        (await HintAndLookAsync()).State.ShouldBe("Current");

        (Shop.Reads - reads, Shop.PictureReads - pictures).ShouldBe((1, 0));
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task our_own_write_is_no_change_even_in_a_shop_where_it_moves_the_version()
    {
        Shop.AttachMovesVersion = true;
        await WantAsync(OnChange.Remake);
        await PublishAsync();

        (await HintAndLookAsync()).State.ShouldBe("Current");
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_picture_that_left_the_listing_is_told_and_one_that_was_only_edited_is_not_gone()
    {
        await PublishAsync();
        Shop.Pictures["front.jpg"] = PipelineFixture.Picture(801, 600);
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).Reasons.ShouldBe("Pictures");

        Shop.Edit("mug", mug => mug with { Images = [mug.Images[1]] });
        var row = await HintAndLookAsync();
        row.Reasons.ShouldBe("Pictures,RemovedPicture");
        ChangeWords.Of(WatchedProduct.Of(row))!.ShouldContain("a picture that it shows left the listing");

        Shop.Edit("mug", mug => mug with { Images = [] });
        (await HintAndLookAsync()).Reasons.ShouldBe("Pictures,RemovedPicture");
    }

    [Fact]
    public async Task a_clip_of_pictures_far_down_the_listing_is_compared_with_those()
    {
        Shop.Add("mug", [.. Enumerable.Range(1, 15).Select(i => ($"{i}.jpg", PipelineFixture.Picture(800 + i, 600)))]);
        await PublishAsync(new VideoWishes { ImageIds = ["15.jpg"] });
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).State.ShouldBe("Current");

        Shop.Pictures["15.jpg"] = PipelineFixture.Picture(900, 600);
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).Reasons.ShouldBe("Pictures");
    }

    [Fact]
    public async Task a_picture_that_came_under_another_id_far_down_the_listing_has_not_left_it()
    {
        Shop.Add("mug", [.. Enumerable.Range(1, 15).Select(i => ($"{i}.jpg", PipelineFixture.Picture(800 + i, 600)))]);
        await WantAsync(OnChange.Tell, withdraw: true);
        var clip = await PublishAsync(new VideoWishes { ImageIds = ["15.jpg"] });
        Shop.Pictures["again.jpg"] = Shop.Pictures["15.jpg"];
        Shop.Edit("mug", mug => mug with { Images = [.. mug.Images.SkipLast(1), new ListedImage("again", new ImageSource.Held("again.jpg"), null)] });

        (await HintAndLookAsync()).Reasons.ShouldNotContain("RemovedPicture");
        (await FindAsync(clip.Id)).State.ShouldBeOfType<Published>();

        Shop.Pictures["again.jpg"] = PipelineFixture.Picture(700, 700);
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).Reasons.ShouldContain("RemovedPicture");
        (await FindAsync(clip.Id)).State.ShouldBeOfType<Withdrawing>();
    }

    [Fact]
    public async Task a_clip_on_the_listing_is_compared_however_many_tries_came_after_it()
    {
        var clip = await PublishAsync();
        Pipeline.Provider.OnStart = _ => new ProductVideo.Providers.StartOutcome.Refused(new ProductVideo.Providers.ProviderFault(ProductVideo.Providers.ProviderFaultCode.InvalidInput, "no", "No."));
        for (var i = 0; i < 31; i++)
            (await Pipeline.AdvanceAsync((await Pipeline.OrderAsync(new VideoWishes { Seed = i })).Id)).State.ShouldBeOfType<Failed>();
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

        var row = await HintAndLookAsync();

        (row.State, row.ClipId).ShouldBe(("Stale", clip.Id));
    }

    [Fact]
    public async Task a_clip_that_was_made_without_an_unusable_main_picture_is_as_it_would_be_made_now()
    {
        Shop.Add("mug", ("moving.gif", "GIF89a"u8.ToArray()), ("front.jpg", PipelineFixture.Picture(800, 600)));
        await PublishAsync();
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).State.ShouldBe("Current");

        Shop.Pictures["moving.gif"] = PipelineFixture.Picture(700, 600);
        Shop.Edit("mug", mug => mug);
        (await HintAndLookAsync()).Reasons.ShouldBe("Pictures");
    }

    [Fact]
    public async Task a_picture_that_can_not_be_fetched_now_has_not_left_the_listing()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake, withdraw: true);
        Shop.Edit("mug", mug => mug);
        var back = Shop.Pictures["back.jpg"];
        Shop.Pictures.Remove("back.jpg");

        var row = await HintAndLookAsync();

        (row.State, row.Tries).ShouldBe(("Current", 1));
        WatchedProduct.Of(row).Problem!.Code.ShouldBe("image_unreachable");
        (await VideosAsync()).ShouldHaveSingleItem().State.ShouldBeOfType<Published>();
        row.DueAt.ShouldNotBeNull("it is tried again");
        Shop.Pictures["back.jpg"] = back;
        await LookAsync();
        ((await RowAsync()).Tries, (await RowAsync()).Problem).ShouldBe((0, null));
    }

    [Fact]
    public async Task a_picture_that_may_be_the_one_that_can_not_be_fetched_now_has_not_left_the_listing()
    {
        await PublishAsync();
        await WantAsync(OnChange.Tell, withdraw: true);
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[0], new ListedImage("again", new ImageSource.Held("again.jpg"), null)] });

        var row = await HintAndLookAsync();

        (row.State, row.Tries).ShouldBe(("Current", 1));
        WatchedProduct.Of(row).Problem!.Code.ShouldBe("image_unreachable");
        (await VideosAsync()).ShouldHaveSingleItem().State.ShouldBeOfType<Published>();
        Shop.Pictures["again.jpg"] = Shop.Pictures["back.jpg"];
        await LookAsync();
        ((await RowAsync()).State, (await RowAsync()).Problem).ShouldBe(("Current", null));
        (await VideosAsync()).ShouldHaveSingleItem().State.ShouldBeOfType<Published>();
    }

    [Theory]
    [InlineData("403 Forbidden", false)]
    [InlineData("401 Unauthorized", false)]
    [InlineData("404 Not Found", true)]
    [InlineData("410 Gone", true)]
    public async Task a_picture_that_is_kept_from_us_and_not_from_shoppers_has_not_left_the_listing(string answer, bool gone)
    {
        await using var server = FakeServer.Saying($"{answer}\r\nContent-Length: 0");
        Pipeline.Get<ShopDownloads>()["test"] = new PictureRules { AllowHttp = true, LoopbackAllowed = [$"127.0.0.1:{server.Port}"] };
        await PublishAsync();
        await WantAsync(OnChange.Tell, withdraw: true);
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[0], new ListedImage("again", new ImageSource.Remote($"http://127.0.0.1:{server.Port}/a.jpg"), null)] });

        var row = await HintAndLookAsync();

        (row.State, row.Tries).ShouldBe(gone ? ("Stale", 0) : ("Current", 1));
        (await VideosAsync()).ShouldHaveSingleItem().State.Name.ShouldBe(gone ? nameof(Withdrawing) : nameof(Published));
    }

    [Fact]
    public async Task a_picture_at_an_address_that_is_not_fetched_from_has_not_left_the_listing()
    {
        await PublishAsync();
        await WantAsync(OnChange.Tell, withdraw: true);
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[0], new ListedImage("again", new ImageSource.Remote("https://127.0.0.1/a.jpg"), null)] });

        (await HintAndLookAsync()).State.ShouldBe("Current");
        (await VideosAsync()).ShouldHaveSingleItem().State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task a_clip_whose_picture_is_listed_under_another_id_is_not_withdrawn_with_one_whose_picture_is_gone()
    {
        var kept = await PublishAsync(new VideoWishes { ImageIds = ["front.jpg"] });
        var shown = await Pipeline.AdvanceAsync((await Pipeline.OrderAsync(new VideoWishes { ImageIds = ["back.jpg"] })).Id);
        await Pipeline.Get<VideoGenerations>().ApproveAsync(shown.Id, "tester", keepEarlier: true, Token);
        await Pipeline.AdvanceAsync(shown.Id);
        Shop.Pictures["again.jpg"] = Shop.Pictures["front.jpg"];
        Shop.Edit("mug", mug => mug with { Images = [new ListedImage("again", new ImageSource.Held("again.jpg"), null)] });
        (await HintAndLookAsync()).Reasons.ShouldContain("RemovedPicture");

        await WantAsync(OnChange.Tell, withdraw: true);
        await HintAndLookAsync();

        (await FindAsync(shown.Id)).State.ShouldBeOfType<Withdrawing>();
        (await FindAsync(kept.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task a_clip_that_shows_a_removed_picture_is_withdrawn_where_the_shop_wants_that()
    {
        var clip = await PublishAsync();
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[1]] });
        await HintAndLookAsync();
        (await FindAsync(clip.Id)).State.ShouldBeOfType<Published>("the default tells only");

        await WantAsync(OnChange.Tell, withdraw: true);
        await HintAndLookAsync();

        (await FindAsync(clip.Id)).State.ShouldBeOfType<Withdrawing>();
        (await Pipeline.AdvanceAsync(clip.Id)).State.ShouldBeOfType<Withdrawn>();
    }

    [Fact]
    public async Task a_look_for_a_dry_run_leaves_to_the_next_what_follows_and_calls_for_none_where_nothing_is_new()
    {
        var clip = await PublishAsync();
        await WantAsync(OnChange.Remake, withdraw: true);
        (await SeeAsync()).DueAt.ShouldBeNull("nothing is new");
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup", Images = [mug.Images[1]] });

        var row = await SeeAsync();
        (row.State, row.Reasons, row.RemakeId, row.TriedFor).ShouldBe(("Stale", "Text,Pictures,RemovedPicture", null, null));
        row.DueAt.ShouldBe(Pipeline.Clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SeeAsync()).DueAt.ShouldBe(row.DueAt, "asking for prices again and again puts nothing off");
        (await VideosAsync()).ShouldHaveSingleItem().State.ShouldBeOfType<Published>();

        (await LookAsync()).ShouldBe(1);
        (await RowAsync()).RemakeId.ShouldNotBeNull();
        (await FindAsync(clip.Id)).State.ShouldBeOfType<Withdrawing>();
    }

    [Fact]
    public async Task a_look_for_a_dry_run_calls_for_none_where_what_follows_was_done_already()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake);
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup", Images = [mug.Images[1]] });
        var remake = (await HintAndLookAsync()).RemakeId.ShouldNotBeNull();

        var row = await SeeAsync();
        (row.State, row.DueAt, row.RemakeId).ShouldBe(("Stale", null, remake));
    }

    [Fact]
    public async Task a_look_for_a_dry_run_cancels_nothing_of_a_product_that_is_gone_and_the_next_does()
    {
        var ordered = await Pipeline.OrderAsync();
        Shop.Products.Remove("mug");

        (await SeeAsync()).State.ShouldBe("Gone");
        (await FindAsync(ordered.Id)).CancelRequestedBy.ShouldBeNull();
        await LookAsync();
        (await Pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Cancelled>();
    }

    [Fact]
    public async Task a_look_for_a_dry_run_that_could_not_be_had_leaves_the_hint_and_the_tries_as_they_were()
    {
        await PublishAsync();
        await HintAsync();
        var before = await RowAsync();
        Shop.ReadFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));

        var after = await SeeAsync(isAway: true);

        (after.DueAt, after.HintedAt, after.Tries, after.Problem).ShouldBe((before.DueAt, before.HintedAt, 0, null));
        after.Owner.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task every_clip_that_shows_a_picture_that_left_is_taken_off_and_not_the_newest_alone(bool newestShowsItToo)
    {
        await WantAsync(OnChange.Tell, withdraw: true);
        var (back, front) = await TwoClipsAsync(newestShowsItToo ? ["front.jpg", "back.jpg"] : ["front.jpg"]);

        Shop.Edit("mug", mug => mug with { Images = [.. mug.Images.Where(image => image.Id != "back.jpg")] });
        await HintAndLookAsync();

        (await FindAsync(back.Id)).State.ShouldBeOfType<Withdrawing>();
        (await FindAsync(front.Id)).State.ShouldBeOfType(newestShowsItToo ? typeof(Withdrawing) : typeof(Published));
    }

    [Fact]
    public async Task an_earlier_clip_stays_while_its_pictures_are_listed_or_may_be_under_another_id()
    {
        await WantAsync(OnChange.Tell, withdraw: true);
        var (back, front) = await TwoClipsAsync(["front.jpg"]);
        var fetched = Shop.PictureReads;
        await HintAndLookAsync();
        Shop.PictureReads.ShouldBe(fetched, "nothing left the listing");
        await StaysAsync();

        // The same picture under another id, which can't be fetched at first.
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[0], new ListedImage("again", new ImageSource.Held("again.jpg"), null)] });
        var row = await HintAndLookAsync();
        (row.State, row.Tries, WatchedProduct.Of(row).Problem!.Code).ShouldBe(("Current", 1, "image_unreachable"));
        await StaysAsync();

        Shop.Pictures["again.jpg"] = Shop.Pictures["back.jpg"];
        await LookAsync();
        row = await RowAsync();
        (row.State, row.Tries, row.Problem).ShouldBe(("Current", 0, null));
        await StaysAsync();

        // Nothing is fetched for the newest any more, and the earlier one is judged all the same.
        Shop.Pictures["again.jpg"] = PipelineFixture.Picture(700, 700);
        await HintAndLookAsync();
        (await FindAsync(back.Id)).State.ShouldBeOfType<Withdrawing>();
        (await FindAsync(front.Id)).State.ShouldBeOfType<Published>();

        async Task StaysAsync() => (await FindAsync(back.Id)).State.ShouldBeOfType<Published>();
    }

    /// <summary>Looks at the mug as a dry run does.</summary>
    private async Task<WatchedProductRow> SeeAsync(bool isAway = false)
    {
        ((await Pipeline.Get<ProductLook>().LookNowAsync(Mug, Token)) is not null).ShouldBe(isAway);
        return await RowAsync();
    }

    /// <summary>A clip of the back, and a newer one of these pictures beside it.</summary>
    private async Task<(Generation Back, Generation Newest)> TwoClipsAsync(IReadOnlyList<string> newest)
    {
        var back = await PublishAsync(new VideoWishes { ImageIds = ["back.jpg"] });
        back.Order.MadeFrom!.Pictures.Select(picture => picture.Id).ShouldBe(["back.jpg"]);
        var front = await PublishAsync(new VideoWishes { ImageIds = newest, KeepEarlier = true });
        (await FindAsync(back.Id)).State.ShouldBeOfType<Published>();
        return (back, front);
    }

    [Fact]
    public async Task of_a_product_that_is_gone_what_was_not_sent_is_cancelled_and_nothing_is_ordered()
    {
        var clip = await PublishAsync();
        await WantAsync(OnChange.Remake);
        var waiting = await Pipeline.OrderAsync(new VideoWishes { Again = true });
        var mug = Shop.Products["mug"];
        Shop.Products.Remove("mug");

        var row = await HintAndLookAsync();

        row.State.ShouldBe("Gone");
        ChangeWords.Of(WatchedProduct.Of(row))!.ShouldContain("no more");
        (await FindAsync(waiting.Id)).CancelRequestedBy.ShouldNotBeNull();
        (await Pipeline.AdvanceAsync(waiting.Id)).State.ShouldBeOfType<Cancelled>();
        Pipeline.Provider.Submits.Count.ShouldBe(1);
        (await VideosAsync()).Count.ShouldBe(2);

        Shop.Products["mug"] = mug;
        (await HintAndLookAsync()).State.ShouldBe("Current", "it came back as it was");
        (await RowAsync()).ClipId.ShouldBe(clip.Id);
    }

    [Fact]
    public async Task a_clip_from_before_what_it_was_made_from_was_written_down_is_compared_from_the_first_look_on()
    {
        var clip = await PublishAsync();
        await Pipeline.Get<VideoGenerations>().WithdrawAsync(clip.Id, "tester", Token);
        await Pipeline.AdvanceAsync(clip.Id);
        var old = clip with { Id = Guid.CreateVersion7(Pipeline.Clock.GetUtcNow()), Order = clip.Order with { MadeFrom = null }, Version = 0, CreatedAt = Pipeline.Clock.GetUtcNow() };
        await Pipeline.Get<ProductVideo.Data.GenerationStore>().AddAsync(old, idempotency: null, Token);
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        (await HintAndLookAsync()).State.ShouldBe("Current", "how it was is not known");

        Shop.Edit("mug", mug => mug with { Title = "Glass bowl" });
        var row = await HintAndLookAsync();
        (row.State, row.Reasons, row.ClipId).ShouldBe(("Stale", "Text", old.Id));
    }

    [Fact]
    public async Task a_video_that_awaits_review_is_compared_where_none_is_on_the_listing()
    {
        var ordered = await Pipeline.OrderAsync();
        await Pipeline.AdvanceAsync(ordered.Id);
        await WantAsync(OnChange.Remake);
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

        var row = await HintAndLookAsync();

        (row.State, row.ClipId).ShouldBe(("Stale", ordered.Id));
        (await VideosAsync()).Count.ShouldBe(1, "one is under way");
    }

    [Fact]
    public async Task a_shop_that_is_away_is_asked_again_with_growing_waits_and_nothing_is_said_of_its_products()
    {
        await PublishAsync();
        Shop.Edit("mug", mug => mug);
        var front = Shop.Pictures["front.jpg"];
        Shop.Pictures.Remove("front.jpg");
        var waits = new List<TimeSpan>();
        await HintAsync();
        for (var i = 0; i < 4; i++)
        {
            await LookAsync();
            var row = await RowAsync();
            waits.Add(row.DueAt!.Value - Pipeline.Clock.GetUtcNow());
            Pipeline.Clock.Advance(waits[^1]);
        }

        waits.ShouldBe([.. new[] { 1, 2, 4, 8 }.Select(minutes => TimeSpan.FromMinutes(minutes))]);
        Shop.Pictures["front.jpg"] = front;
        await LookAsync();
        ((await RowAsync()).State, (await RowAsync()).DueAt).ShouldBe(("Current", null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_look_that_is_broken_off_keeps_nobody_else_from_looking(bool isDue)
    {
        await PublishAsync();
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        await HintAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));
        Shop.Reading = new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        Task looking = isDue ? Pipeline.Get<ProductLook>().LookNextAsync(stop.Token) : Pipeline.Get<ProductLook>().LookNowAsync(Mug, stop.Token);
        while ((await RowAsync()).Owner is null)
        {
            // It is about to be claimed.
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => looking);
        (await RowAsync()).Owner.ShouldBeNull();

        Shop.Reading = Task.CompletedTask;
        (await LookNowAsync()).ShouldBe(1);
        (await RowAsync()).State.ShouldBe("Stale");
    }

    [Fact]
    public async Task a_look_at_a_clip_says_nothing_of_the_one_that_took_its_place_meanwhile()
    {
        await ScanAsync();
        await PublishAsync();
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        var newer = await Pipeline.OrderAsync();
        Shop.BeforeReads.Enqueue(() => ApproveAsync(newer));

        await HintAndLookAsync();

        var product = (await Pipeline.Get<CatalogProducts>().FindAsync("test", ["mug"], Token)).Single();
        (product.Video, product.Lacks).ShouldBe((newer.Id, Lacks.None));
    }
}
