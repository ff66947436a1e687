using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using ProductVideo.Admin.Backfills;
using ProductVideo.Admin.Videos;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ReviewGridTests : BackfillPages
{
    private const string SomethingElse = "testsrc2=size=320x320:rate=30";

    [Fact]
    public async Task what_is_ticked_by_hand_is_approved_with_one_press_and_nothing_else()
    {
        var page = await OfThreeAsync();
        page.FindAll("[data-testid=tick]").ShouldAllBe(tick => !tick.HasAttribute("checked"));
        page.FindAll("[data-testid=approve-many]").ShouldBeEmpty();
        page.FindAll("[data-testid=review-card] video").ShouldAllBe(video => video.GetAttribute("preload") == "none");

        await TickAsync(page, "mug");
        await TickAsync(page, "p001");
        page.Find("[data-testid=approve-many]").TextContent.Trim().ShouldBe("Approve 2");
        await page.Find("[data-testid=approve-many]").ClickAsync();

        page.Find("[data-testid=approve-told]").TextContent.ShouldBe("2 videos approved.");
        (await StateAsync("mug"), await StateAsync("p000"), await StateAsync("p001")).ShouldBe((nameof(GenerationState.Publishing), nameof(GenerationState.AwaitingReview), nameof(GenerationState.Publishing)));
        (await VideoAsync("mug")).State.ShouldBeOfType<GenerationState.Publishing>().ApprovedBy.ShouldBe("merchant");
        Card(page, "mug").QuerySelector("[data-testid=card-decided]")!.TextContent.ShouldBe("You approved it.");
        page.FindAll("[data-testid=approve-many]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_tick_at_all_that_are_shown_takes_those_alone_that_need_no_closer_look()
    {
        (Pipeline.Provider.Modes, Pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        Stock(1);
        await ForReviewAsync(new BackfillPlan { Scope = new BackfillScope { ProductTypes = ["Mugs"] } }, count: 1, SomethingElse);
        Tick();
        await ForReviewAsync(new BackfillPlan(), count: 1);
        var page = Render<ReviewGridPage>();

        Card(page, "mug").QuerySelector("[data-testid=card-open]")!.TextContent.ShouldBe("Open it, Stoneware mug: it may show another product, or change yours");
        Card(page, "mug").QuerySelector("[data-testid=card-open]")!.GetAttribute("href").ShouldBe($"/videos/{(await VideoAsync("mug")).Id}");
        Card(page, "mug").QuerySelector("[data-testid=tick]").ShouldBeNull();
        await page.Find("[data-testid=tick-all]").ChangeAsync(true);
        await page.Find("[data-testid=approve-many]").ClickAsync();

        (await StateAsync("mug"), await StateAsync("p000")).ShouldBe((nameof(GenerationState.AwaitingReview), nameof(GenerationState.Publishing)));
    }

    [Fact]
    public async Task what_would_take_the_place_of_a_video_on_the_listing_is_opened()
    {
        var first = await ForReviewAsync();
        await Generations.ApproveAsync(first.Id, "merchant", keepEarlier: null, CancellationToken.None);
        var second = await AnotherAsync("warmer");
        var page = Render<ReviewGridPage>();
        page.Find("[data-testid=card-open]").TextContent.ShouldEndWith("another video of its product waits too");

        await Pipeline.AdvanceAsync(first.Id);
        page.WaitForAssertion(() => page.Find("[data-testid=card-open]").TextContent.ShouldEndWith("its listing has a video already, whose place it would take"));

        var refused = await Should.ThrowAsync<RefusedException>(() => Pipeline.Get<SideBySide>().ApproveAsync(second, "merchant", CancellationToken.None));
        refused.Problem.Code.ShouldBe("needs_a_closer_look");
        (await Generations.GetAsync(second.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.AwaitingReview>();
    }

    [Fact]
    public async Task what_somebody_else_decided_meanwhile_is_told_and_stands()
    {
        var page = await OfThreeAsync();
        await TickAsync(page, "mug");
        await TickAsync(page, "p000");
        await Generations.RejectAsync((await VideoAsync("mug")).Id, "another", "Blurred", CancellationToken.None);

        page.WaitForAssertion(() => Card(page, "mug").QuerySelector("[data-testid=card-decided]")!.TextContent.ShouldBe("Somebody else decided about it."));
        page.Find("[data-testid=approve-many]").TextContent.Trim().ShouldBe("Approve 1");
        await page.Find("[data-testid=approve-many]").ClickAsync();

        (await StateAsync("mug"), await StateAsync("p000")).ShouldBe((nameof(GenerationState.Rejected), nameof(GenerationState.Publishing)));
    }

    [Fact]
    public async Task a_decision_that_the_page_does_not_know_yet_is_a_reason_at_its_card_and_the_rest_goes_on()
    {
        var page = await OfThreeAsync();
        await page.Find("[data-testid=tick-all]").ChangeAsync(true);
        var mug = await VideoAsync("mug");
        // Of another server: nobody tells this one.
        (await Pipeline.Get<ProductVideo.Data.GenerationStore>().FollowAsync(mug.Id, new Command.Reject("another", "Blurred"), CancellationToken.None)).ShouldNotBeNull();

        await page.Find("[data-testid=approve-many]").ClickAsync();

        Card(page, "mug").QuerySelector("[data-testid=card-refused]")!.TextContent.ShouldContain("Somebody else decided about this video meanwhile");
        page.Find("[data-testid=approve-told]").TextContent.ShouldBe("2 videos approved. 1 video not: why stands with each.");
        (await StateAsync("mug"), await StateAsync("p000"), await StateAsync("p001")).ShouldBe((nameof(GenerationState.Rejected), nameof(GenerationState.Publishing), nameof(GenerationState.Publishing)));
    }

    [Fact]
    public async Task what_was_published_and_taken_off_since_it_was_looked_at_is_not_put_back()
    {
        var seen = await ForReviewAsync();
        await Generations.ApproveAsync(seen.Id, "another", keepEarlier: null, CancellationToken.None);
        await Pipeline.AdvanceAsync(seen.Id);
        await Generations.WithdrawAsync(seen.Id, "another", CancellationToken.None);
        await Pipeline.AdvanceAsync(seen.Id);

        var refused = await Should.ThrowAsync<RefusedException>(() => Pipeline.Get<SideBySide>().ApproveAsync(seen, "merchant", CancellationToken.None));
        refused.Problem.Code.ShouldBe("decided_meanwhile");
        (await Generations.GetAsync(seen.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Withdrawn>();
    }

    [Fact]
    public async Task a_backfills_grid_holds_its_own_videos_and_new_ones_come_while_it_is_open()
    {
        var single = await ForReviewAsync();
        Tick();
        Stock(1);
        var backfill = await ForReviewAsync(new BackfillPlan(), count: 1);
        Navigation.NavigateTo($"/review/many?backfill={backfill.Id}");
        var page = Render<ReviewGridPage>();
        page.FindAll("[data-testid=review-card]").ShouldHaveSingleItem().GetAttribute("data-video").ShouldBe($"{(await VideoAsync("p000")).Id}");
        page.Find("[data-testid=review]").GetAttribute("href").ShouldBe($"/review?backfill={backfill.Id}");
        Render<RunPanel>(with => with.Add(p => p.Backfill, backfill).Add(p => p.Progress, Desk.ProgressAsync(backfill, CancellationToken.None).Result))
            .Find("[data-testid=to-review-many]").GetAttribute("href").ShouldBe($"/review/many?backfill={backfill.Id}");

        Navigation.NavigateTo("/review/many");
        var all = Render<ReviewGridPage>();
        all.FindAll("[data-testid=review-card]").Count.ShouldBe(2);
        var third = await AnotherAsync("colder");
        all.WaitForAssertion(() => all.FindAll("[data-testid=review-card]").Select(card => card.GetAttribute("data-video")).Last().ShouldBe($"{third.Id}"));
        single.Id.ShouldNotBe(third.Id);
        Render<VideosPage>().Find("[data-testid=review-many]").GetAttribute("href").ShouldBe("/review/many");
    }

    [Fact]
    public async Task a_visitor_of_one_shop_sees_and_approves_there_only()
    {
        var page = await OfThreeAsync();
        await page.Find("[data-testid=tick-all]").ChangeAsync(true);
        var backfill = (await VideoAsync("mug")).Order.Backfill;
        Authorization.SetClaims(new Claim(ProductVideoAuth.ShopClaim, "elsewhere"));

        await page.Find("[data-testid=approve-many]").ClickAsync();

        page.FindAll("[data-testid=card-refused]").Count.ShouldBe(3);
        (await StateAsync("mug")).ShouldBe(nameof(GenerationState.AwaitingReview));
        Navigation.NavigateTo("/review/many");
        Render<ReviewGridPage>().FindAll("[data-testid=nothing-to-review]").ShouldHaveSingleItem();
        Navigation.NavigateTo($"/review/many?backfill={backfill}");
        Render<ReviewGridPage>().Markup.ShouldContain("There is no such backfill.");
        Navigation.NavigateTo("/review/many?shop=test");
        Render<ReviewGridPage>().Markup.ShouldContain("There is no shop “test” here.");
    }

    private async Task<IRenderedComponent<ReviewGridPage>> OfThreeAsync()
    {
        Stock(2);
        await ForReviewAsync(new BackfillPlan(), count: 3);
        var page = Render<ReviewGridPage>();
        page.WaitForAssertion(() => page.FindAll("[data-testid=tick]").Count.ShouldBe(3));
        return page;
    }

    /// <summary>Another video of the mug that waits for a look.</summary>
    private async Task<Generation> AnotherAsync(string wish) =>
        await Pipeline.AdvanceAsync((await Pipeline.OrderAsync(VideoWishes.None with { Wish = wish })).Id);

    private async Task<Generation> VideoAsync(string product) =>
        (await Generations.LatestAsync("test", [product], CancellationToken.None)).ShouldHaveSingleItem();

    private async Task<string> StateAsync(string product) => (await VideoAsync(product)).State.Name;

    private IElement Card(IRenderedComponent<ReviewGridPage> page, string product)
    {
        var id = $"{Generations.LatestAsync("test", [product], CancellationToken.None).Result.Single().Id}";
        return page.Find($"[data-video='{id}']");
    }

    private Task TickAsync(IRenderedComponent<ReviewGridPage> page, string product) => Card(page, product).QuerySelector("[data-testid=tick]")!.ChangeAsync(true);
}
