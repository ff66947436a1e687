using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ProductVideo.Admin.Videos;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ReviewPageTests : BackfillPages
{
    [Fact]
    public async Task a_backfills_videos_are_gone_through_in_its_order_and_then_those_that_wait_longest()
    {
        var single = await ForReviewAsync();
        Tick();
        Stock(2);
        var backfill = await ForReviewAsync(new BackfillPlan(), count: 2);

        var first = await NextAsync($"/review?backfill={backfill.Id}");
        var page = RenderVideo(first);
        var second = Link(page);
        await page.Find("[data-testid=approve]").ClickAsync();
        Link(page).ShouldBe(second);
        (await ProductOf(first), await ProductOf(second)).ShouldBe(("p000", "p001"));

        page = RenderVideo(second);
        Link(page).ShouldBe(single.Id);
        await page.Find("[data-testid=approve]").ClickAsync();
        page = RenderVideo(single.Id);
        page.FindAll("[data-testid=next]").ShouldBeEmpty();
    }

    [Fact]
    public async Task one_press_approves_and_goes_on_to_the_next()
    {
        var first = await ForReviewAsync();
        Tick();
        Stock(2);
        await ForReviewAsync(new BackfillPlan(), count: 2);
        var page = RenderVideo(first.Id);
        var next = Link(page);

        // The second press of a double click on the one before this.
        await page.Find("[data-testid=approve-next]").ClickAsync(new MouseEventArgs { Detail = 2 });
        (await Generations.GetAsync(first.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.AwaitingReview>();
        await page.Find("[data-testid=approve-next]").ClickAsync();

        new Uri(Navigation.Uri).AbsolutePath.ShouldBe($"/videos/{next}");
        (await Generations.GetAsync(first.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Publishing>();
    }

    [Fact]
    public async Task the_one_that_waits_longest_comes_first_where_no_backfill_is_named()
    {
        var single = await ForReviewAsync();
        Tick();
        Stock(1);
        await ForReviewAsync(new BackfillPlan(), count: 1);

        (await NextAsync("/review")).ShouldBe(single.Id);
        Render<VideosPage>().Find("[data-testid=review]").GetAttribute("href").ShouldBe("/review");
    }

    [Fact]
    public async Task nobody_is_led_to_another_shops_video()
    {
        await ForReviewAsync();
        Authorization.SetClaims(new System.Security.Claims.Claim(ProductVideo.Security.ProductVideoAuth.ShopClaim, "elsewhere"));

        Navigation.NavigateTo("/review");
        Render<ReviewPage>().Find("[data-testid=nothing-to-review]").TextContent.ShouldContain("Nothing waits for your look");
    }

    [Fact]
    public void a_backfill_that_does_not_exist_is_a_sentence()
    {
        Navigation.NavigateTo($"/review?backfill={Guid.NewGuid()}");
        Render<ReviewPage>().Markup.ShouldContain("There is no such backfill.");
    }

    private async Task<Guid> NextAsync(string address)
    {
        Navigation.NavigateTo(address);
        var page = Render<ReviewPage>();
        await page.InvokeAsync(() => Task.CompletedTask);
        return Guid.Parse(new Uri(Navigation.Uri).AbsolutePath.Split('/')[^1]);
    }

    private async Task<string> ProductOf(Guid video) => (await Generations.GetAsync(video, CancellationToken.None)).Product.ProductId;

    private IRenderedComponent<VideoPage> RenderVideo(Guid id) => Render<VideoPage>(parameters => parameters.Add(page => page.Id, id));

    private static Guid Link(IRenderedComponent<VideoPage> page) => Guid.Parse(page.Find("[data-testid=next]").GetAttribute("href")!.Split('/')[^1]);
}
