using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin;
using ProductVideo.Admin.Videos;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class VideoPageTests : AdminPages
{
    [Fact]
    public async Task progress_moves_with_the_render_without_a_reload()
    {
        var ordered = await Pipeline.OrderAsync();
        var page = RenderPage(ordered.Id);
        page.Find("[data-testid=progress]").HasAttribute("aria-valuenow").ShouldBeFalse();

        await Pipeline.AdvanceAsync(ordered.Id);

        page.WaitForAssertion(() => page.Find("[data-testid=progress]").GetAttribute("aria-valuenow").ShouldBe("50"));
        page.Find("[aria-current=step]").TextContent.ShouldContain("Being made");
    }

    [Fact]
    public async Task a_clip_plays_is_approved_and_leads_to_its_listing()
    {
        var review = await ForReviewAsync();
        var page = RenderPage(review.Id);
        page.Find("[data-testid=clip]").GetAttribute("src").ShouldBe($"/api/v1/clips/{review.Id}/video.mp4");

        await page.Find("[data-testid=approve]").ClickAsync();
        await Pipeline.AdvanceAsync(review.Id);

        page.WaitForAssertion(() => page.Find("[data-testid=listing-link]").GetAttribute("href").ShouldBe("/listing/mug"));
        page.FindAll("[data-testid=approve]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_that_is_slow_to_answer_keeps_nobody_from_the_video()
    {
        var ordered = await Pipeline.OrderAsync();
        var answer = new TaskCompletionSource();
        Pipeline.Shop.Reading = answer.Task;
        var page = RenderPage(ordered.Id);
        page.WaitForElement("[data-testid=state]");
        page.FindAll(".player img").ShouldBeEmpty();

        answer.SetResult();
        page.WaitForElement(".player img");
    }

    [Fact]
    public async Task where_there_is_a_clip_the_shop_is_not_asked()
    {
        var review = await ForReviewAsync();
        var reads = Pipeline.Shop.Reads;
        RenderPage(review.Id).WaitForElement("[data-testid=clip]");
        Pipeline.Shop.Reads.ShouldBe(reads);
    }

    [Fact]
    public async Task a_clip_can_be_changed_where_a_provider_does_that()
    {
        var review = await ForReviewAsync();
        RenderPage(review.Id).FindAll("[data-testid=change]").ShouldBeEmpty();
        Pipeline.Provider.Modes = VideoModes.References | VideoModes.Edit;
        Pipeline.Provider.SourceClip = new SourceClipRule { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 1_000_000, MinSide = 100, MaxSide = 4_096 };
        RenderPage(review.Id).Find("[data-testid=change]").GetAttribute("href").ShouldBe($"/products/test/mug?change={review.Id}");
    }

    [Fact]
    public async Task a_clip_that_looks_different_says_so_before_it_can_be_approved()
    {
        (Pipeline.Provider.Modes, Pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        var clip = await Pipeline.ReadyClipAsync("testsrc2=size=320x320:rate=30");
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await Pipeline.OrderAsync();
        await Pipeline.AdvanceAsync(ordered.Id);

        var page = RenderPage(ordered.Id);
        page.Find("[role=alert]").TextContent.ShouldContain("It does not begin with the picture that was sent.");
        page.FindAll(".checks .bad").ShouldHaveSingleItem().GetAttribute("aria-label").ShouldBe("Look at it yourself");
        page.Find("[data-testid=sent-pictures] img").GetAttribute("src").ShouldNotBeNullOrEmpty();
        page.Find("[data-testid=state]").TextContent.Trim().ShouldBe(Words.LooksDifferent);
        page.FindAll("[data-testid=approve]").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task rejecting_asks_why_and_keeps_the_answer()
    {
        var review = await ForReviewAsync();
        var dialogs = Render<MudDialogProvider>();
        var page = RenderPage(review.Id);

        var clicked = page.Find("[data-testid=reject]").ClickAsync();
        dialogs.WaitForElement("textarea").Input("The handle is cut off");
        dialogs.Find("[data-testid=confirm]").Click();
        await clicked;

        var rejected = (await Generations.GetAsync(review.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Rejected>();
        (rejected.By, rejected.Reason).ShouldBe(("merchant", "The handle is cut off"));
    }

    [Fact]
    public async Task the_state_is_read_out_and_takes_the_keyboard_s_place_after_a_decision()
    {
        var review = await ForReviewAsync();
        var page = RenderPage(review.Id);
        page.Find("[role=status]").TextContent.Trim().ShouldBe("Ready for your review");
        JSInterop.Invocations.ShouldNotContain(invocation => invocation.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase));

        await page.Find("[data-testid=approve]").ClickAsync();

        page.Find("[role=status]").TextContent.Trim().ShouldBe("Going to the listing");
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public void the_place_where_the_state_is_read_out_is_there_before_the_state_is() =>
        RenderPage(Guid.NewGuid()).Find("[role=status]").TextContent.Trim().ShouldBeEmpty();

    [Fact]
    public async Task going_back_from_the_question_changes_nothing()
    {
        var ordered = await Pipeline.OrderAsync();
        var dialogs = Render<MudDialogProvider>();
        var page = RenderPage(ordered.Id);

        var clicked = page.Find("[data-testid=cancel]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.FindAll("button").First(button => button.TextContent.Trim() == "Back").Click();
        await clicked;

        (await Generations.GetAsync(ordered.Id, CancellationToken.None)).CancelRequestedBy.ShouldBeNull();
    }

    [Fact]
    public async Task a_video_in_doubt_tells_what_is_known_and_offers_three_ways()
    {
        Pipeline.Provider.Correlation = CorrelationClass.Nothing;
        Pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset by peer", "The connection broke."));
        var ordered = await Pipeline.OrderAsync();
        await Pipeline.AdvanceAsync(ordered.Id);

        var page = RenderPage(ordered.Id);

        page.Find("[data-testid=doubt]").TextContent.ShouldContain(Pipeline.Provider.Submits.Single().Nonce);
        foreach (var way in new[] { "adopt", "retry", "give-up" })
            page.Find($"[data-testid={way}]").ShouldNotBeNull();
        page.Find("[data-testid=doubt]").TextContent.ShouldContain("Scripted");
        page.Find("[role=alert]").TextContent.ShouldContain("It may have been made and charged.");
        page.Find("details.operator").TextContent.ShouldContain("reset by peer");
        page.Find("details.operator").HasAttribute("open").ShouldBeFalse();
    }

    [Fact]
    public async Task looking_again_shows_the_providers_task_and_adopts_it_with_one_click()
    {
        Pipeline.Provider.Correlation = CorrelationClass.Nothing;
        Pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset by peer", "The connection broke."));
        Pipeline.Provider.OnFind = _ => new FindOutcome.Several([new RemoteTask("task-7", DateTimeOffset.UnixEpoch), new RemoteTask("task-8", DateTimeOffset.UnixEpoch)], "two");
        var ordered = await Pipeline.OrderAsync();
        await Pipeline.AdvanceAsync(ordered.Id);
        var page = RenderPage(ordered.Id);
        page.FindAll("[data-testid=candidates]").ShouldBeEmpty();
        page.Find("[data-testid=ways]").TextContent.ShouldContain("$0.70");

        await page.Find("[data-testid=look]").ClickAsync();
        page.Find("[data-testid=seen]").TextContent.ShouldContain("nothing tells for sure");
        await page.Find("[aria-label='Adopt task task-8']").ClickAsync();

        (await Generations.GetAsync(ordered.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-8");
    }

    [Fact]
    public async Task looking_again_at_a_task_that_took_too_long_shows_it_and_adopts_it_with_one_click()
    {
        var ordered = await Pipeline.OrderAsync();
        var rendering = await Pipeline.AdvanceAsync(ordered.Id);
        for (var looks = 0; rendering.State is GenerationState.Rendering && looks < 15; looks++)
            rendering = await Pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered.Id);
        var task = rendering.State.ShouldBeOfType<GenerationState.InDoubt>().Operation!.RemoteId;
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([new ClipSource.Stored("provider/none.mp4")]);
        var page = RenderPage(ordered.Id);

        await page.Find("[data-testid=look]").ClickAsync();
        page.Find("[data-testid=seen]").TextContent.ShouldBe("The provider has finished this video. Adopt it: it is paid for already.");
        await page.Find($"[aria-label='Adopt task {task}']").ClickAsync();

        (await Generations.GetAsync(ordered.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe(task);
    }

    [Fact]
    public async Task trying_again_at_a_paid_provider_says_what_it_costs_first()
    {
        var review = await ForReviewAsync();
        await Generations.RejectAsync(review.Id, "merchant", reason: null, CancellationToken.None);
        var dialogs = Render<MudDialogProvider>();
        var page = RenderPage(review.Id);

        var clicked = page.Find("[data-testid=retry]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("It is charged again: about $0.70.");
        Pipeline.Provider.Submits.Count.ShouldBe(1);
        dialogs.Find("[data-testid=confirm]").Click();
        await clicked;

        Navigation.Uri.ShouldNotContain(review.Id.ToString());
        Navigation.Uri.ShouldContain("/videos/");
    }

    [Fact]
    public async Task of_a_clip_that_its_shop_does_not_take_off_the_tries_can_be_ended()
    {
        var review = await ForReviewAsync();
        await Generations.ApproveAsync(review.Id, "merchant", keepEarlier: null, CancellationToken.None);
        await Pipeline.AdvanceAsync(review.Id);
        await Generations.WithdrawAsync(review.Id, "merchant", CancellationToken.None);
        RenderPage(review.Id).FindAll("[data-testid=stop-trying]").ShouldBeEmpty("it was not tried yet");
        Pipeline.Shop.DetachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Gone for good.", "no such host"));
        await Pipeline.AdvanceAsync(review.Id);
        var dialogs = Render<MudDialogProvider>();
        var page = RenderPage(review.Id);

        var clicked = page.Find("[data-testid=stop-trying]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").Click();
        await clicked;

        (await Generations.GetAsync(review.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Failed>().Clip.ShouldNotBeNull();
        page.Find("[role=alert]").TextContent.ShouldContain("may still be there");
    }

    [Fact]
    public async Task a_clip_that_its_shop_makes_wait_can_be_stopped_before_it_is_on_its_listing()
    {
        var review = await ForReviewAsync();
        await Generations.ApproveAsync(review.Id, "merchant", keepEarlier: null, CancellationToken.None);
        RenderPage(review.Id).FindAll("[data-testid=stop-publishing]").ShouldBeEmpty("it is on its way");
        Pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.RateLimited, "The shop's week is full.", "429"));
        await Pipeline.AdvanceAsync(review.Id);
        var dialogs = Render<MudDialogProvider>();
        var page = RenderPage(review.Id);
        page.Find("[data-testid=standing]").TextContent.ShouldContain("makes it wait");

        var clicked = page.Find("[data-testid=stop-publishing]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").Click();
        await clicked;

        (await Pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(5), review.Id)).State.ShouldBeOfType<GenerationState.Withdrawn>().By.ShouldBe("merchant");
        Pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_clip_that_goes_back_onto_its_listing_says_what_becomes_of_the_other_one(bool keepBoth)
    {
        var off = await PublishedAsync("a");
        var other = await PublishedAsync("b");
        await Generations.WithdrawAsync(off.Id, "merchant", CancellationToken.None);
        await Pipeline.AdvanceAsync(off.Id);
        var page = RenderPage(off.Id);
        page.Find("[data-testid=replaces]").TextContent.ShouldContain("It takes the place of the video that is on the listing now");
        if (keepBoth)
            await TickAsync(page);
        page.FindAll("[data-testid=replaces]").Count.ShouldBe(keepBoth ? 0 : 1);

        await page.Find("[data-testid=publish]").ClickAsync();
        await Pipeline.AdvanceAsync(off.Id);

        (await Generations.GetAsync(off.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Published>();
        (await Generations.GetAsync(other.Id, CancellationToken.None)).State.Name.ShouldBe(keepBoth ? nameof(GenerationState.Published) : nameof(GenerationState.Withdrawing));
    }

    [Fact]
    public async Task an_order_that_wished_to_keep_the_other_one_keeps_it_when_its_clip_is_put_back()
    {
        var off = await PublishedAsync("a", keepEarlier: true);
        var other = await PublishedAsync("b");
        await Generations.WithdrawAsync(off.Id, "merchant", CancellationToken.None);
        await Pipeline.AdvanceAsync(off.Id);
        var page = RenderPage(off.Id);
        page.FindAll("[data-testid=replaces]").ShouldBeEmpty();

        await page.Find("[data-testid=publish]").ClickAsync();
        await Pipeline.AdvanceAsync(off.Id);

        (await Generations.GetAsync(other.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Published>();
    }

    [Fact]
    public async Task a_tick_stays_while_the_page_looks_again()
    {
        await PublishedAsync("a");
        var review = await ForReviewAsync();
        var decisions = Render<Decisions>(with => with.Add(d => d.Video, review));
        await TickAsync(decisions);

        decisions.Render(with => with.Add(d => d.Video, review));

        decisions.FindAll("[data-testid=replaces]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_decision_that_came_too_late_is_told()
    {
        var review = await ForReviewAsync();
        Problem? told = null;
        var decisions = Render<Decisions>(with => with.Add(d => d.Video, review).Add(d => d.OnRefused, (Problem problem) => told = problem));
        await Generations.RejectAsync(review.Id, "somebody else", reason: null, CancellationToken.None);

        await decisions.Find("[data-testid=approve]").ClickAsync();

        told.ShouldNotBeNull().MerchantText.ShouldContain("awaits review");
    }

    [Fact]
    public void a_video_that_does_not_exist_is_told()
    {
        RenderPage(Guid.NewGuid()).Find("[role=alert]").TextContent.ShouldContain("There is no such video");
    }

    [Fact]
    public async Task what_was_taken_off_leaves_the_pictures_alone_and_is_no_failure()
    {
        var off = await InAsync(new GenerationState.Withdrawn(WordsTests.Clip(), "merchant", DateTimeOffset.UnixEpoch));
        Render<Standing>(with => with.Add(s => s.Video, off).AddCascadingValue("visitor", "merchant"))
            .Find("[data-testid=standing]").TextContent.ShouldBe("You took it off its listing. The listing shows only its pictures now.");

        var steps = Render<Steps>(with => with.Add(s => s.State, off.State));
        steps.FindAll(".stopped").ShouldBeEmpty();
        steps.FindAll(".done").Count.ShouldBe(Words.Steps.Count - 1);
        steps.Find(".over").TextContent.ShouldBe("–On the listing");
    }

    [Fact]
    public async Task what_was_taken_off_beside_another_says_that_the_other_is_there()
    {
        var review = await ForReviewAsync();
        await Generations.ApproveAsync(review.Id, "merchant", keepEarlier: false, CancellationToken.None);
        (await Pipeline.AdvanceAsync(review.Id)).State.ShouldBeOfType<GenerationState.Published>();
        var off = review with { Id = Guid.CreateVersion7(), State = new GenerationState.Withdrawn(WordsTests.Clip(), "merchant", DateTimeOffset.UnixEpoch) };
        Render<Standing>(with => with.Add(s => s.Video, off)).Find("[data-testid=standing]").TextContent.ShouldBe("merchant took it off its listing. Another video is on the listing.");
    }

    [Fact]
    public async Task a_failure_is_marked_where_it_happened()
    {
        var failed = await InAsync(new GenerationState.Failed(new Problem("x", "x", "x")));
        Render<Steps>(with => with.Add(s => s.State, failed.State)).Find(".stopped .bullet").TextContent.ShouldBe("!");
    }

    [Fact]
    public async Task while_orders_are_stopped_nobody_says_that_the_video_is_being_made()
    {
        var ordered = await Pipeline.OrderAsync();
        Render<Standing>(with => with.Add(s => s.Video, ordered)).Find("[data-testid=standing]").TextContent.ShouldContain("goes on being made");
        await Pipeline.Get<ProductVideo.Accounts.SubmitSwitches>().PauseAsync("all", "merchant", "Empty.", CancellationToken.None);
        Render<Standing>(with => with.Add(s => s.Video, ordered)).Find("[data-testid=standing]").TextContent.ShouldStartWith("New orders are stopped.");
    }

    [Fact]
    public async Task nor_while_its_provider_s_account_waits_for_somebody_to_mend_it()
    {
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.OutOfCredit, "402", "There is no credit left."));
        await Pipeline.AdvanceAsync((await Pipeline.OrderAsync()).Id);
        var waiting = await Pipeline.OrderAsync();
        await Pipeline.AdvanceAsync(waiting.Id);

        var page = RenderPage(waiting.Id);

        page.Find("[role=alert]").TextContent.ShouldContain("Your orders wait meanwhile.");
        page.Find("[data-testid=standing]").TextContent.ShouldBe("You can leave this page; the video is made once that is mended.");
    }

    [Fact]
    public async Task what_was_checked_is_one_line_with_its_numbers_behind_it()
    {
        Pipeline.Get<SigningOptions>().Enabled = true;
        var review = await ForReviewAsync();
        var page = RenderPage(review.Id);
        page.Find("[data-testid=checked]").TextContent.ShouldBe("✓ Checked: size, length, picture, ratio, colours, AI mark, signature; nothing black or empty.");
        page.Find("details.checks-more").HasAttribute("open").ShouldBeFalse();
        page.Find("details.checks-more").TextContent.ShouldContain("MB");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(null)]
    public async Task no_link_leads_where_no_listing_is(string? address)
    {
        var published = await InAsync(new GenerationState.Published(WordsTests.Clip(), "key", "media", address, DateTimeOffset.UnixEpoch));

        Render<Standing>(with => with.Add(s => s.Video, published)).FindAll("a").ShouldBeEmpty();
    }

    private static Task TickAsync(IRenderedComponent<IComponent> page) => page.Find("[data-testid=keep-earlier]").ChangeAsync(true);

    /// <summary>On the listing beside those that are there.</summary>
    private async Task<Generation> PublishedAsync(string wish, bool keepEarlier = false)
    {
        var clip = await Pipeline.ReadyClipAsync();
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await Pipeline.OrderAsync(VideoWishes.None with { Wish = wish, KeepEarlier = keepEarlier });
        await Pipeline.AdvanceAsync(ordered.Id);
        await Generations.ApproveAsync(ordered.Id, "merchant", keepEarlier: true, CancellationToken.None);
        return await Pipeline.AdvanceAsync(ordered.Id);
    }

    private IRenderedComponent<VideoPage> RenderPage(Guid id) => Render<VideoPage>(with => with.Add(p => p.Id, id));
}
