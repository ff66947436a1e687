using Microsoft.EntityFrameworkCore;
using ProductVideo.Accounts;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillRunTests : BackfillFixture
{
    [Fact]
    public async Task each_product_gets_its_video_and_the_backfill_is_done()
    {
        Stock(5);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await RunAsync();

        var done = await NowAsync(started);
        done.State.ShouldBe(BackfillState.Done);
        var progress = await ProgressAsync(done);
        progress.Of(ItemState.Review).ShouldBe(5);
        progress.Spent.ShouldBe([Clip * 5]);
        progress.Held.ShouldBeEmpty();
        Pipeline.Provider.Submits.Count.ShouldBe(5);
        (await ReadAsync(db => Task.FromResult(db.Budgets.Count()))).ShouldBe(0, "its caps go with it");
    }

    [Fact]
    public async Task what_was_agreed_is_kept_to_the_cent()
    {
        Stock(4);
        await ScanAsync();
        var quoted = await QuotedAsync();
        // The provider became dearer since: three fit into what was agreed for four.
        Pipeline.Provider.PerSecond = 0.17m;
        await StartedAsync(quoted);
        await RunAsync();

        var progress = await ProgressAsync(quoted);
        progress.Spent.ShouldBe([new Money(2.55m, "USD")]);
        progress.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.OverBudget] = 1 });
        (await NowAsync(quoted)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task nothing_starts_for_less_than_its_price()
    {
        Stock(2);
        await ScanAsync();
        var quoted = await QuotedAsync();
        var refused = await Should.ThrowAsync<RefusedException>(() => Desk.StartAsync(quoted.Id, [new Money(1.39m, "USD")], "tester", Token));
        refused.Problem.Code.ShouldBe("price_not_agreed");
        refused.Problem.MerchantText.ShouldContain("1.40 USD");
        (await VideosAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0 2 * * *")]
    public async Task two_prices_in_one_currency_are_no_agreement(string? cron)
    {
        Stock(1);
        await ScanAsync();
        var quoted = await QuotedAsync(schedule: new BackfillSchedule { Cron = cron });
        var refused = await Should.ThrowAsync<RefusedException>(() => Desk.StartAsync(quoted.Id, [new Money(5, "USD"), new Money(7, "USD")], "tester", Token));
        (refused.Field, refused.Kind).ShouldBe(("prices", RefusalKind.Invalid));
        refused.Problem.MerchantText.ShouldContain("5.00 USD and 7.00 USD");
        (await NowAsync(quoted)).State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public async Task two_prices_in_one_currency_are_no_agreement_beforehand_either()
    {
        Stock(1);
        var wanted = new NewBackfill("test", "Mugs", new BackfillPlan { Recipe = Scripted }, Products: null, new Requester("a program", GenerationOrigin.Api)) { Agreed = [new Money(5, "USD"), new Money(5, "USD")] };
        (await Should.ThrowAsync<RefusedException>(() => Desk.CreateAsync(wanted, Token))).Field.ShouldBe("prices");
    }

    [Fact]
    public async Task no_more_are_ordered_than_may_be_ahead()
    {
        Stock(6);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 2;
        await StartedAsync(await QuotedAsync());
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(2);
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(2));
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(2, "none of them is finished");
        await AdvanceAllAsync();
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(2));
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task a_full_account_is_not_flooded()
    {
        Stock(9);
        await ScanAsync();
        await Pipeline.Get<ProviderAccounts>().LimitAsync("scripted", maxInFlight: 3, startsPerSecond: null, Token);
        await StartedAsync(await QuotedAsync());
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(5, "three at the provider and two to follow");
    }

    [Fact]
    public async Task pausing_orders_nothing_more_and_resuming_goes_on()
    {
        Stock(4);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        await Desk.PauseAsync(started.Id, "tester", Token);
        await RunAsync();
        (await VideosAsync()).Count.ShouldBe(1);
        (await ProgressAsync(started)).Of(ItemState.Review).ShouldBe(1, "what was under way went on");

        await Desk.ResumeAsync(started.Id, Token);
        await RunAsync(10);
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
        (await VideosAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task cancelling_cancels_what_was_not_sent()
    {
        Stock(4);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 2;
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        await Desk.CancelAsync(started.Id, "tester", Token);
        // Before the work had its turn.
        await AdvanceAllAsync();

        Pipeline.Provider.Submits.ShouldBeEmpty();
        await MoveAsync();
        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Cancelled), progress.Skipped[SkipReason.Cancelled]).ShouldBe((2, 2));
        (await NowAsync(started)).State.ShouldBe(BackfillState.Cancelled);
    }

    [Fact]
    public async Task one_product_that_fails_stops_nothing()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Shop.Pictures["p002.jpg"] = [1, 2, 3];
        await RunAsync();

        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Review), progress.Of(ItemState.Failed)).ShouldBe((2, 1));
        (await ItemsAsync(started, ItemState.Failed)).Single().Problem!.MerchantText.ShouldNotBeEmpty();
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task the_same_failure_again_and_again_pauses_it()
    {
        Stock(8);
        await ScanAsync();
        (Pipeline.Get<BackfillsOptions>().SameFailures, Pipeline.Get<BackfillsOptions>().Ahead) = (3, 1);
        var started = await StartedAsync(await QuotedAsync());
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "The provider refuses these pictures."));
        await RunAsync(10);

        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code).ShouldBe((BackfillState.Paused, "backfill_same_failure"));
        paused.Problem.MerchantText.ShouldContain("The provider refuses these pictures.");
        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(3);
    }

    [Fact]
    public async Task the_same_doubt_again_and_again_pauses_it()
    {
        Stock(8);
        await ScanAsync();
        (Pipeline.Get<BackfillsOptions>().SameFailures, Pipeline.Get<BackfillsOptions>().Ahead) = (3, 1);
        var started = await StartedAsync(await QuotedAsync());
        Pipeline.Provider.OnStart = _ => new StartOutcome.Accepted(new ProviderOperation("the-same-task"));
        await RunAsync(10);

        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code).ShouldBe((BackfillState.Paused, "backfill_same_failure"));
        paused.Problem.MerchantText.ShouldStartWith("The last 3 videos all came into doubt for the same reason, so no more were ordered: The provider named a task that belongs to another video.");
        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Review), progress.Of(ItemState.InDoubt), progress.Of(ItemState.Waiting)).ShouldBe((1, 3, 4));
        (await ItemsAsync(started, ItemState.InDoubt)).ShouldAllBe(item => item.Problem!.Code == Problem.TaskTaken);

        // Whoever gives them up says nothing of those that come next.
        await Desk.ResumeAsync(started.Id, Token);
        foreach (var video in (await VideosAsync()).Where(video => video.State is GenerationState.InDoubt))
            await Pipeline.Get<VideoGenerations>().GiveUpAsync(video.Id, "tester", Token);
        (await ReadAsync(db => db.Backfills.Select(row => row.Failures).SingleAsync(Token))).ShouldBe(0);
    }

    [Fact]
    public async Task a_refused_key_pauses_it_before_anything_else_is_ordered()
    {
        Stock(5);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync());
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.Unauthorised, "401", "The provider does not know this key."));
        await RunAsync(10);

        var paused = await NowAsync(started);
        paused.State.ShouldBe(BackfillState.Paused);
        paused.Problem!.MerchantText.ShouldContain("The provider does not know this key.");
        (await VideosAsync()).Count.ShouldBeLessThanOrEqualTo(3);
        (await ProgressAsync(started)).Spent.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_cap_without_room_is_waited_for_and_fails_nothing()
    {
        Stock(3);
        await ScanAsync();
        await Pipeline.Get<Budgets>().PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Everything, null, BudgetPeriod.Day, new Money(1.00m, "USD")), Token);
        var started = await StartedAsync(await QuotedAsync());
        await RunAsync();
        var waiting = await NowAsync(started);
        (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Running, "budget_exceeded"));
        (await ProgressAsync(started)).Of(ItemState.Waiting).ShouldBe(2);

        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(2);
        (await ProgressAsync(started)).Of(ItemState.Waiting).ShouldBe(1);
    }

    [Fact]
    public async Task the_shops_week_is_not_exceeded()
    {
        Stock(5);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync(caps: new BackfillCaps { VideosPerWeek = 2 }));
        await RunAsync();
        var waiting = await NowAsync(started);
        (waiting.Problem!.Code, (await VideosAsync()).Count).ShouldBe(("backfill_week_full", 2));

        Pipeline.Clock.Advance(TimeSpan.FromDays(7));
        await RunAsync();
        (await VideosAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task nothing_is_ordered_in_the_hours_that_were_named()
    {
        Stock(2);
        await ScanAsync();
        var hour = TimeOnly.FromDateTime(Pipeline.Clock.GetUtcNow().UtcDateTime);
        var started = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Blackouts = [new Blackout(hour.AddHours(-1), hour.AddHours(1))] }));
        await RunAsync();
        (await VideosAsync()).ShouldBeEmpty();
        (await NowAsync(started)).Problem!.Code.ShouldBe("backfill_blackout");

        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task approved_in_advance_the_videos_go_onto_their_listings()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync(autoApprove: true));
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Published).ShouldBe(2);
        Shop.Media.Count.ShouldBe(2);
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 2 });
    }

    [Fact]
    public async Task two_ratios_of_a_product_stand_on_its_listing_side_by_side()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        await StartedAsync(await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] }));
        await RunAsync();
        await ApproveAllAsync();
        Shop.Media.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_node_that_dies_in_the_middle_leaves_nothing_to_be_ordered_twice()
    {
        Stock(4);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        var claim = (await Pipeline.Get<BackfillStore>().ClaimNextAsync(Token)).ShouldNotBeNull();
        // It orders, and never gets to give its claim up.
        await Pipeline.Get<BackfillRun>().RunAsync(claim, Token);
        (await VideosAsync()).Count.ShouldBe(4);
        await ReadAsync(async db =>
        {
            foreach (var row in db.BackfillItems)
                (row.State, row.GenerationId) = (nameof(ItemState.Waiting), null);
            return await db.SaveChangesAsync(Token);
        });

        await RunAsync();
        (await VideosAsync()).Count.ShouldBe(4);
        Pipeline.Provider.Submits.Count.ShouldBe(4);
        (await NowAsync(started)).State.ShouldNotBe(BackfillState.Paused);
    }

    [Fact]
    public async Task a_schedule_makes_a_run_each_time_and_only_of_what_is_new()
    {
        Stock(2);
        await ScanAsync();
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        schedule.State.ShouldBe(BackfillState.Scheduled);
        (await VideosAsync()).ShouldBeEmpty("it is not two o'clock");

        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await RunAsync();
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Single();
        (run.State, (await VideosAsync()).Count).ShouldBe((BackfillState.Done, 2));

        Stock(3);
        await ScanAsync();
        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        var runs = await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token);
        runs.Count.ShouldBe(2);
        (runs[0].Quote!.Videos, runs[0].Quote!.Skipped[SkipReason.UnderWay]).ShouldBe((1, 2));
        (await NowAsync(schedule)).State.ShouldBe(BackfillState.Scheduled);
    }

    [Fact]
    public async Task a_run_of_a_schedule_counts_the_products_that_have_their_video_and_lists_them_not()
    {
        Stock(5);
        await ScanAsync();
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        await ReadAsync(db => db.CatalogProducts.Where(row => row.ProductId != "p001" && row.ProductId != "p002")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, 0).SetProperty(row => row.Video, Guid.NewGuid()), Token));

        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await RunAsync();
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Single();
        (run.State, run.Quote!.Videos, run.Quote.Skipped[SkipReason.HasVideo]).ShouldBe((BackfillState.Done, 2, 3));
        (await ProgressAsync(run)).Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 3 });
        (await ItemsAsync(run)).Select(item => item.ProductId).ShouldBe(["p001", "p002"]);
        run.Lists(SkipReason.HasVideo).ShouldBeFalse();

        var byHand = await QuotedAsync();
        (await ItemsAsync(byHand, reason: SkipReason.HasVideo)).Count.ShouldBe(3, "whoever asks once may look at each");
        byHand.Lists(SkipReason.HasVideo).ShouldBeTrue();
    }

    [Fact]
    public async Task what_was_rejected_is_not_ordered_again_night_after_night()
    {
        Stock(1);
        await ScanAsync();
        await StartedAsync(await QuotedAsync());
        await RunAsync();
        await Pipeline.Get<VideoGenerations>().RejectAsync((await VideosAsync()).Single().Id, "tester", "too fast", Token);
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
        (await QuotedAsync(new BackfillScope { TryAgain = true })).Quote!.Videos.ShouldBe(1);

        Shop.Edit("p001", product => product with { Title = "Blue mug" });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Videos.ShouldBe(1, "it is another product now");
    }

    [Theory]
    [InlineData(VainEnd.Rejected)]
    [InlineData(VainEnd.Withdrawn)]
    [InlineData(VainEnd.Failed)]
    public async Task a_sale_buys_nothing_again_and_other_pictures_do(VainEnd end)
    {
        Stock(1);
        await ScanAsync();
        if (end is VainEnd.Failed)
            Pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "The provider refuses these pictures."));
        await StartedAsync(await QuotedAsync(autoApprove: end is VainEnd.Withdrawn));
        await RunAsync();
        var video = (await VideosAsync()).Single();
        if (end is VainEnd.Rejected)
            await Pipeline.Get<VideoGenerations>().RejectAsync(video.Id, "tester", "too fast", Token);
        else if (end is VainEnd.Withdrawn)
            await WithdrawAsync(video.Id);
        await ScanAsync();

        Sell();
        await ScanAsync();
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
        Shop.Pictures["new.jpg"] = PipelineFixture.Picture(640, 640);
        Shop.Edit("p001", product => product with { Images = [new ListedImage("new.jpg", new ImageSource.Held("new.jpg"), null)] });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Videos.ShouldBe(1);
    }

    [Fact]
    public async Task what_a_person_took_off_months_after_the_product_changed_is_not_bought_again_by_the_schedule_that_night()
    {
        Stock(1);
        await ScanAsync();
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }, autoApprove: true));
        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await RunAsync();
        Shop.Edit("p001", product => product with { Title = "Blue mug" });
        Sell();
        await ScanAsync();
        Pipeline.Clock.Advance(TimeSpan.FromDays(60));
        await WithdrawAsync((await VideosAsync()).Single().Id);

        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        var night = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token))[0];
        (night.State, night.Quote!.Skipped[SkipReason.TriedBefore]).ShouldBe((BackfillState.Done, 1));
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_was_taken_off_for_a_picture_that_left_is_made_of_the_new_ones()
    {
        Stock(1);
        await ScanAsync();
        await Pipeline.Get<WatchedShops>().PutAsync("test", new ChangePolicy { WithdrawRemovedPictures = true }, "tester", Token);
        await StartedAsync(await QuotedAsync(autoApprove: true));
        await RunAsync();
        Shop.Pictures["new.jpg"] = PipelineFixture.Picture(640, 640);
        Shop.Edit("p001", product => product with { Images = [new ListedImage("new.jpg", new ImageSource.Held("new.jpg"), null)] });
        await ScanAsync();
        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        while (await Pipeline.Get<ProductLook>().LookNextAsync(Token))
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        await AdvanceAllAsync();
        (await VideosAsync()).Single().State.ShouldBeOfType<GenerationState.Withdrawn>();

        (await QuotedAsync()).Quote!.Videos.ShouldBe(1);
    }

    [Fact]
    public async Task an_update_of_the_program_makes_no_product_look_changed()
    {
        Stock(1);
        await ScanAsync();
        await StartedAsync(await QuotedAsync());
        await RunAsync();
        await Pipeline.Get<VideoGenerations>().RejectAsync((await VideosAsync()).Single().Id, "tester", "too fast", Token);
        await ReadAsync(async db =>
        {
            // As the version before left it.
            var row = db.CatalogProducts.Single();
            (row.Content, row.ContentAt, row.EndedAt) = (null, null, null);
            return await db.SaveChangesAsync(Token);
        });

        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
        Sell();
        await ScanAsync();
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
    }

    /// <summary>The price falls and a tag comes with it; nothing that a video is made from is another.</summary>
    private void Sell() => Shop.Edit("p001", product => product with { Price = new Money(5, "USD"), Tags = ["sale"], ListingUrl = "/sale/p001" });

    private async Task WithdrawAsync(Guid video)
    {
        await Pipeline.Get<VideoGenerations>().WithdrawAsync(video, "tester", Token);
        (await Pipeline.AdvanceAsync(video)).State.ShouldBeOfType<GenerationState.Withdrawn>();
    }

    [Fact]
    public async Task a_remake_that_was_rejected_is_not_ordered_again_while_the_old_clip_stays()
    {
        Stock(1);
        await ScanAsync();
        await StartedAsync(await QuotedAsync(autoApprove: true));
        await RunAsync();
        Shop.Edit("p001", product => product with { Title = "Blue mug" });
        await ScanAsync();
        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        while (await Pipeline.Get<ProductLook>().LookNextAsync(Token))
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        var changed = new BackfillScope { WithoutVideo = false, Changed = true };
        await StartedAsync(await QuotedAsync(changed));
        await RunAsync();
        var remake = (await VideosAsync())[0];
        await Pipeline.Get<VideoGenerations>().RejectAsync(remake.Id, "tester", "no", Token);

        (await QuotedAsync(changed)).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.TriedBefore] = 1 });
    }

    [Fact]
    public async Task what_one_clip_may_cost_fails_the_dear_ones_and_holds_up_nothing()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await Pipeline.Get<Budgets>().PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Everything, null, BudgetPeriod.Clip, new Money(0.50m, "USD")), Token);
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(2);
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task after_a_backup_was_put_back_nothing_goes_on_by_itself()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await Pipeline.Get<RestoredBackup>().RunAsync(Token);
        await RunAsync();
        (await VideosAsync()).ShouldBeEmpty();
        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code).ShouldBe((BackfillState.Paused, "backfill_restored"));
    }

    [Fact]
    public async Task what_got_its_video_since_the_dry_run_is_not_paid_for_again()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await Pipeline.Get<VideoGenerations>().CreateAsync(
            new("test", "p001"), new VideoWishes { Provider = "scripted", Seconds = 8 }, new Requester("tester", GenerationOrigin.Click), key: null, Token);
        await RunAsync();
        (await ProgressAsync(started)).Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.UnderWay] = 1 });
        Pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task pausing_a_schedule_pauses_its_run()
    {
        Stock(3);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await MoveAsync(most: 4);
        await Desk.PauseAsync(schedule.Id, "tester", Token);
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Single();
        run.State.ShouldBe(BackfillState.Paused);
        await Desk.ResumeAsync(schedule.Id, Token);
        (await NowAsync(run)).State.ShouldBe(BackfillState.Running);
        await Desk.CancelAsync(schedule.Id, "tester", Token);
        (await NowAsync(run)).State.ShouldBe(BackfillState.Cancelled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_word_about_a_schedule_that_was_cut_off_halfway_reaches_its_run_all_the_same(bool cancel)
    {
        var (schedule, run) = await ScheduledRunAsync();
        var sent = Pipeline.Provider.Submits.Count;
        // What was written where the process died, or whoever asked hung up, before the run was followed in a transaction of its own.
        var now = Pipeline.Clock.GetUtcNow();
        (await Pipeline.Get<BackfillStore>().FollowAsync(
            schedule.Id, before => cancel ? BackfillMachine.Cancel(before, "tester", now) : BackfillMachine.Pause(before, "tester", why: null, now), together: null, Token)).ShouldNotBeNull();
        // Whoever asks again is told how it stands.
        (await (cancel ? Desk.CancelAsync(schedule.Id, "tester", Token) : Desk.PauseAsync(schedule.Id, "tester", Token))).StoppedBy.ShouldBe("tester");

        await RunAsync(20);

        ((await NowAsync(run)).State, Pipeline.Provider.Submits.Count).ShouldBe((cancel ? BackfillState.Cancelled : BackfillState.Paused, sent));
        (await NowAsync(schedule)).DueAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_word_about_a_schedule_that_is_said_once_more_holds_for_a_run_that_was_set_going_since(bool cancel)
    {
        var (schedule, run) = await ScheduledRunAsync();
        await Desk.PauseAsync(schedule.Id, "tester", Token);
        await Desk.ResumeAsync(run.Id, Token);
        if (cancel)
            await Pipeline.Get<BackfillStore>().FollowAsync(schedule.Id, before => BackfillMachine.Cancel(before, "tester", Pipeline.Clock.GetUtcNow()), together: null, Token);

        await (cancel ? Desk.CancelAsync(schedule.Id, "tester", Token) : Desk.PauseAsync(schedule.Id, "tester", Token));

        (await NowAsync(run)).State.ShouldBe(cancel ? BackfillState.Cancelled : BackfillState.Paused);
        (await ItemsAsync(run, ItemState.Waiting)).Any().ShouldBe(!cancel);
    }

    [Fact]
    public async Task a_schedule_that_is_resumed_once_more_takes_a_run_along_that_paused_by_itself()
    {
        var (schedule, run) = await ScheduledRunAsync();
        var why = new Problem("same_failure_again", "The same failure came again.", "10 in a row.");
        await Pipeline.Get<BackfillStore>().FollowAsync(run.Id, before => BackfillMachine.Pause(before, by: null, why, Pipeline.Clock.GetUtcNow()), together: null, Token);

        (await Desk.ResumeAsync(schedule.Id, Token)).State.ShouldBe(BackfillState.Scheduled);

        (await NowAsync(run)).State.ShouldBe(BackfillState.Running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task whoever_hangs_up_while_a_schedule_is_stopped_stops_its_run_too(bool cancel)
    {
        var (schedule, run) = await ScheduledRunAsync();
        using var hangUp = new CancellationTokenSource();
        var calling = Task.Run(() => cancel ? Desk.CancelAsync(schedule.Id, "tester", hangUp.Token) : Desk.PauseAsync(schedule.Id, "tester", hangUp.Token), Token);
        while ((await NowAsync(schedule)).State is BackfillState.Scheduled)
        {
            // As soon as it is said.
        }

        await hangUp.CancelAsync();
        // Nothing moved since: what is true of the run was written with the word about its schedule.
        (await NowAsync(run)).State.ShouldBe(cancel ? BackfillState.Cancelled : BackfillState.Paused);
        await Task.WhenAny(calling);
        if (cancel)
            (await ItemsAsync(run, ItemState.Waiting)).ShouldBeEmpty();
    }

    /// <summary>A schedule, and its first run, which has ordered something and has more to order.</summary>
    private async Task<(Backfill Schedule, Backfill Run)> ScheduledRunAsync()
    {
        Stock(6);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await MoveAsync(most: 4);
        await AdvanceAllAsync();
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Single();
        run.State.ShouldBe(BackfillState.Running);
        return (schedule, run);
    }

    [Fact]
    public async Task what_is_clicked_while_its_batch_is_being_ordered_is_not_paid_for_beside_the_click()
    {
        Stock(1);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        var reading = new TaskCompletionSource();
        Shop.Reading = reading.Task;
        var before = Shop.Reads;
        var moving = Task.Run(() => Pipeline.Get<BackfillWork>().MoveNextAsync(Token), Token);
        while (Shop.Reads == before)
            await Task.Delay(5, Token);
        // The run has looked whether the product has a video under way, and reads the shop. Now a click in another style is written.
        var now = Pipeline.Clock.GetUtcNow();
        var made = Some.Generation(new GenerationState.Planned(), provider: "scripted");
        var click = made with { Product = new ProductRef("test", "p001"), Order = made.Order with { Origin = GenerationOrigin.Click }, CreatedAt = now, UpdatedAt = now, DueAt = now };
        await Pipeline.Get<GenerationStore>().AddAsync(click, idempotency: null, Token);
        reading.SetResult();
        await moving;

        (await VideosAsync()).ShouldHaveSingleItem().Id.ShouldBe(click.Id);
        (await ItemsAsync(started)).ShouldHaveSingleItem().Reason.ShouldBe(SkipReason.UnderWay);
        (await ReadAsync(db => db.SpendEntries.AnyAsync(entry => entry.GenerationId != click.Id, Token))).ShouldBeFalse("nothing is held for the backfill");
    }

    [Fact]
    public async Task two_ratios_that_come_to_the_same_clip_are_one_video_and_hold_up_nothing()
    {
        Stock(1);
        await ScanAsync();
        // The model makes 1:1 and 16:9, so that both of these become 16:9.
        var started = await StartedAsync(await QuotedAsync(recipe: Scripted with { Aspects = ["16:10", "16:9"] }));
        started.Quote!.Videos.ShouldBe(1);
        started.Quote.Prices.ShouldBe([Clip]);
        // An older dry run may have listed both.
        await ReadAsync(db =>
        {
            db.BackfillItems.Add(new() { BackfillId = started.Id, ProductId = "p001", Aspect = "16:9", State = nameof(ItemState.Waiting), Rank = 1 });
            return db.SaveChangesAsync(Token);
        });
        await RunAsync();

        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
        (await ProgressAsync(started)).Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.UnderWay] = 1 });
        Pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_run_of_several_ratios_leaves_out_the_one_that_got_its_video_meanwhile_and_leaves_that_video_where_it_is()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var started = await StartedAsync(await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] }));
        var click = (await Pipeline.Get<VideoGenerations>().CreateAsync(
            new("test", "p001"), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5, AutoApprove = true }, new Requester("tester", GenerationOrigin.Click), key: null, Token)).Generation;
        await AdvanceAllAsync();
        await RunAsync();

        (await ItemsAsync(started)).Select(item => (item.Aspect, item.State, item.Reason)).ShouldBe(
            [("1:1", ItemState.Skipped, SkipReason.HasVideo), ("16:9", ItemState.Review, null)], ignoreOrder: true);
        Pipeline.Provider.Submits.Count.ShouldBe(2);
        await ApproveAllAsync();
        (await Pipeline.Get<VideoGenerations>().GetAsync(click.Id, Token)).State.ShouldBeOfType<GenerationState.Published>();
        Shop.Media.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_ratio_that_a_shop_lacks_is_added_beside_the_one_that_it_has()
    {
        Stock(2);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        await StartedAsync(await QuotedAsync());
        await RunAsync();
        await ApproveAllAsync();
        Shop.Media.Count.ShouldBe(2);

        var both = await StartedAsync(await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] }));
        await RunAsync();
        await ApproveAllAsync();
        (await ItemsAsync(both)).Select(item => (item.Aspect, item.State)).ShouldBe([("16:9", ItemState.Published), ("16:9", ItemState.Published)]);
        Shop.Media.Count.ShouldBe(4);
    }

    [Fact]
    public async Task what_a_limit_cut_off_one_ratio_is_made_by_the_next_run()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var several = Scripted with { Aspects = ["1:1", "16:9"] };
        await StartedAsync(await QuotedAsync(caps: new BackfillCaps { Videos = 1 }, recipe: several));
        await RunAsync();
        (await VideosAsync()).Single().Order.Request.Aspect.ShouldBe("16:9");

        await StartedAsync(await QuotedAsync(recipe: several));
        await RunAsync();
        (await VideosAsync()).Select(video => video.Order.Request.Aspect).ShouldBe(["1:1", "16:9"]);
    }

    [Fact]
    public async Task a_schedule_in_several_ratios_makes_the_next_night_what_a_product_lacks()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var schedule = await NightlyInBothAsync(most: 1);
        await NightAsync(schedule);
        (await VideosAsync()).Single().State.ShouldBeOfType<GenerationState.Published>();

        (await NightAsync(schedule)).Quote!.Videos.ShouldBe(1);
        (await VideosAsync()).Select(video => (video.Order.Request.Aspect, video.State is GenerationState.Published)).ShouldBe([("1:1", true), ("16:9", true)]);

        var third = await NightAsync(schedule);
        (third.Quote!.Videos, third.Quote.Skipped[SkipReason.HasVideo]).ShouldBe((0, 1));
        (await ItemsAsync(third)).ShouldBeEmpty("what has all its videos is a number");
    }

    [Fact]
    public async Task a_schedule_in_several_ratios_counts_each_product_once()
    {
        Stock(2);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var schedule = await NightlyInBothAsync();
        await NightAsync(schedule);
        foreach (var video in (await VideosAsync()).Where(video => (video.Product.ProductId, video.Order.Request.Aspect) == ("p002", "16:9")))
            await WithdrawAsync(video.Id);

        var night = await NightAsync(schedule);
        night.Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 1, [SkipReason.TriedBefore] = 1 }, ignoreOrder: true);
        (await ItemsAsync(night)).Select(item => item.ProductId).ShouldBe(["p002", "p002"]);
    }

    [Fact]
    public async Task what_no_video_can_be_ordered_of_is_tried_once_also_where_another_ratio_has_its_clip()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var schedule = await NightlyInBothAsync(most: 1);
        await NightAsync(schedule);
        Shop.Pictures["broken.jpg"] = [1, 2, 3];
        ShowOnly("broken.jpg");
        await ScanAsync();
        (await ProgressAsync(await NightAsync(schedule))).Of(ItemState.Failed).ShouldBe(1);

        (await NightAsync(schedule)).Quote!.Skipped[SkipReason.TriedBefore].ShouldBe(1);
        ShowOnly("p001.jpg");
        await ScanAsync();
        (await NightAsync(schedule)).Quote!.Videos.ShouldBe(1, "it has another picture now");

        void ShowOnly(string picture) => Shop.Edit("p001", product => product with { Images = [new ListedImage(picture, new ImageSource.Held(picture), null)] });
    }

    private async Task<Backfill> NightlyInBothAsync(int? most = null) => await StartedAsync(await QuotedAsync(
        caps: new BackfillCaps { Videos = most }, recipe: Scripted with { Aspects = ["1:1", "16:9"] }, schedule: new BackfillSchedule { Cron = "0 2 * * *" }));

    /// <summary>Its run of the next night, with what it made on the listings.</summary>
    private async Task<Backfill> NightAsync(Backfill schedule)
    {
        Pipeline.Clock.Advance((await NowAsync(schedule)).DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await RunAsync();
        await ApproveAllAsync();
        return (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token))[0];
    }

    [Fact]
    public async Task a_ratio_that_was_not_made_anew_with_the_other_one_is_made_where_that_is_asked_for()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var (several, changed) = (Scripted with { Aspects = ["1:1", "16:9"] }, new BackfillScope { WithoutVideo = false, Changed = true });
        await StartedAsync(await QuotedAsync(recipe: several));
        await RunAsync();
        await ApproveAllAsync();
        Shop.Edit("p001", product => product with { Images = [product.Images[0] with { Id = "another id of the same picture" }] });
        await ScanAsync();
        (await QuotedAsync(changed, recipe: several)).Quote!.Videos.ShouldBe(0, "that matters to no clip");

        Shop.Edit("p001", product => product with { Title = "Blue mug" });
        await ScanAsync();
        await Pipeline.Get<VideoGenerations>().CreateAsync(
            new("test", "p001"), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Click), key: null, Token);
        await AdvanceAllAsync();
        await ApproveAllAsync();
        var quoted = await QuotedAsync(changed, recipe: several);
        (await ItemsAsync(quoted, ItemState.Waiting)).ShouldHaveSingleItem().Aspect.ShouldBe("16:9");
        await StartedAsync(quoted);
        await RunAsync();
        await ApproveAllAsync();
        (await VideosAsync()).Where(video => video.State is GenerationState.Published).Select(video => (video.Order.Request.Aspect, video.Order.ProductTitle))
            .ShouldBe([("1:1", "Blue mug"), ("16:9", "Blue mug")], ignoreOrder: true);
        (await QuotedAsync(changed, recipe: several)).Quote!.Videos.ShouldBe(0);
    }

    [Fact]
    public async Task both_ratios_of_a_changed_product_are_made_anew_and_each_takes_the_place_of_its_own()
    {
        Stock(1);
        await ScanAsync();
        await ClipsOfTwoShapesAsync();
        var several = Scripted with { Aspects = ["1:1", "16:9"] };
        await StartedAsync(await QuotedAsync(recipe: several));
        await RunAsync();
        await ApproveAllAsync();
        Shop.Edit("p001", product => product with { Title = "Blue mug" });
        await ScanAsync();
        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        while (await Pipeline.Get<ProductLook>().LookNextAsync(Token))
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        Pipeline.Get<BackfillsOptions>().Ahead = 1;

        var changed = await StartedAsync(await QuotedAsync(new BackfillScope { WithoutVideo = false, Changed = true }, recipe: several));
        for (var i = 0; i < 6; i++)
        {
            // The first is on the listing before the second is ordered.
            await RunAsync(1);
            await ApproveAllAsync();
        }

        (await ItemsAsync(changed)).Select(item => item.State).ShouldBe([ItemState.Published, ItemState.Published]);
        (await VideosAsync()).Where(video => video.State is GenerationState.Published).Select(video => (video.Order.Request.Aspect, video.Order.ProductTitle))
            .ShouldBe([("1:1", "Blue mug"), ("16:9", "Blue mug")], ignoreOrder: true);
        Shop.Media.Count.ShouldBe(2);
    }

    /// <summary>The provider's clips have the ratio that was ordered.</summary>
    private async Task ClipsOfTwoShapesAsync()
    {
        var (square, wide) = (await Pipeline.ReadyClipAsync(), await Pipeline.ReadyClipAsync("testsrc2=size=640x360:rate=30"));
        Pipeline.Provider.OnCheck = operation => new CheckOutcome.Ready([Pipeline.Provider.Requests[operation.RemoteId].Aspect == "1:1" ? square : wide]);
    }

    private async Task ApproveAllAsync()
    {
        foreach (var video in (await VideosAsync()).Where(video => video.State is GenerationState.AwaitingReview))
        {
            await Pipeline.Get<VideoGenerations>().ApproveAsync(video.Id, "tester", keepEarlier: null, Token);
            await Pipeline.AdvanceAsync(video.Id);
        }

        await AdvanceAllAsync();
    }

    [Fact]
    public async Task what_a_run_made_of_a_product_itself_is_no_reason_to_leave_out_its_other_ratio()
    {
        Stock(1);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync(recipe: Scripted with { Aspects = ["16:9", "1:1"] }));
        await MoveAsync();
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "The provider refuses these pictures."));
        await RunAsync();

        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(2);
        Pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_shop_that_is_away_for_a_while_costs_no_product_its_video()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        var away = new StorefrontException(StorefrontFault.Unavailable, "The shop does not answer.", "503");
        for (var i = 0; i < 100; i++)
        {
            Shop.ReadFaults.Enqueue(away);
            Shop.ListFaults.Enqueue(away);
        }

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            await MoveAsync();
            var waiting = await NowAsync(started);
            waiting.Problem!.Code.ShouldBe("shop_unavailable");
            waits.Add(waiting.DueAt!.Value - Pipeline.Clock.GetUtcNow());
            Pipeline.Clock.Advance(waits[^1]);
        }

        waits.ShouldBe([.. new[] { 1, 2, 4, 8, 16 }.Select(minutes => TimeSpan.FromMinutes(minutes))]);
        (await ProgressAsync(started)).Of(ItemState.Waiting).ShouldBe(3);

        Shop.ReadFaults.Clear();
        Shop.ListFaults.Clear();
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Review).ShouldBe(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task a_shop_that_gives_no_pictures_for_a_while_costs_no_product_its_video(int ordered)
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        for (var i = 0; i < ordered; i++)
            await RunAsync(1);
        Pipeline.Get<BackfillsOptions>().Ahead = 64;
        var pictures = Shop.Pictures.ToList();
        Shop.Pictures.Clear();
        for (var i = 0; i < 8; i++)
        {
            await MoveAsync();
            var waiting = await NowAsync(started);
            waiting.Problem!.Code.ShouldBe("shop_unavailable");
            Pipeline.Clock.Advance(waiting.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        }

        (await ProgressAsync(started)).Of(ItemState.Waiting).ShouldBe(3 - ordered);
        foreach (var (key, bytes) in pictures)
            Shop.Pictures[key] = bytes;
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Review).ShouldBe(3);
    }

    [Fact]
    public async Task a_product_without_its_picture_holds_up_nobody_where_one_is_ordered_at_a_time()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        Shop.Pictures.Remove("p001.jpg");
        var began = Pipeline.Clock.GetUtcNow();
        await RunAsync();

        (await ProgressAsync(started)).Of(ItemState.Review).ShouldBe(2);
        (Pipeline.Clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await NowAsync(started)).DueAt!.Value.ShouldBeGreaterThan(Pipeline.Clock.GetUtcNow(), "for the last one it is waited");
    }

    [Fact]
    public async Task products_that_fail_by_their_own_fault_in_the_end_pause_nothing()
    {
        Stock(5);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        (Pipeline.Get<BackfillsOptions>().SameFailures, Pipeline.Get<BackfillsOptions>().Ahead) = (2, 1);
        foreach (var id in (string[])["p001", "p002", "p003"])
            Shop.Pictures.Remove($"{id}.jpg");
        await RunAsync();
        for (var i = 0; i < 6; i++)
        {
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(16));
            await RunAsync(1);
        }

        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Review), progress.Of(ItemState.Failed)).ShouldBe((2, 3));
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task one_product_that_the_shop_cant_read_holds_up_no_other_and_fails_in_the_end()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Shop.Products["p001"] = Shop.Products["p001"] with { Images = [new ListedImage("away", new ImageSource.Held("away.jpg"), null)] };
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Review).ShouldBe(2);

        for (var i = 0; i < 6; i++)
        {
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(16));
            await RunAsync(1);
        }

        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(1);
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task a_product_that_cant_be_read_while_the_shop_lists_its_products_fails_in_the_end()
    {
        Stock(1);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        for (var i = 0; i < 100; i++)
            Shop.ReadFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop answers with an error.", "500"));
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(1);
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        (await ProgressAsync(started)).Of(ItemState.Waiting).ShouldBe(1);
        await RunAsync();
        (await ItemsAsync(started, ItemState.Failed)).Single().Problem!.Code.ShouldBe("shop_unavailable");
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }
}
