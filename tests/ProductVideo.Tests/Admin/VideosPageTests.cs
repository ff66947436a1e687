using Bunit;
using MudBlazor;
using ProductVideo.Admin.Videos;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class VideosPageTests : AdminPages
{
    [Fact]
    public async Task every_video_has_a_row_with_its_state()
    {
        var ordered = await Pipeline.OrderAsync();

        var row = Render<VideosPage>().Find("[data-testid=video-row]");

        row.GetAttribute("href").ShouldBe($"/videos/{ordered.Id}");
        row.TextContent.ShouldContain("Waiting to start");
        row.TextContent.ShouldContain("Stoneware mug");
    }

    [Fact]
    public async Task the_filter_shows_one_state_only()
    {
        await Pipeline.OrderAsync();
        Navigation.NavigateTo("/videos?state=Published");

        var page = Render<VideosPage>();

        page.FindAll("[data-testid=video-row]").ShouldBeEmpty();
        page.Markup.ShouldContain("Choose another filter");
    }

    [Fact]
    public async Task choosing_a_state_stands_in_the_address()
    {
        var page = Render<VideosPage>();

        await page.Find("[data-testid=state-filter]").ChangeAsync(nameof(GenerationState.Failed));

        new Uri(Navigation.Uri).Query.ShouldBe("?state=Failed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    public void a_search_for_nothing_is_none(string words)
    {
        Navigation.NavigateTo("/videos?q=" + words);
        Render<VideosPage>().Find(".empty").TextContent.ShouldContain("No videos yet");
    }

    [Fact]
    public async Task words_of_the_products_title_narrow_the_list_which_goes_on_following_its_videos()
    {
        var ordered = await Pipeline.OrderAsync();
        Navigation.NavigateTo("/videos?q=MUG stone");
        var page = Render<VideosPage>();
        page.WaitForAssertion(() => page.Find("[data-testid=state]").TextContent.Trim().ShouldBe("Waiting to start"));

        await Generations.CancelAsync(ordered.Id, "merchant", CancellationToken.None);
        await Pipeline.AdvanceAsync(ordered.Id);

        page.WaitForAssertion(() => page.Find("[data-testid=state]").TextContent.Trim().ShouldBe("Cancelled"));
        Navigation.NavigateTo("/videos?q=lamp");
        Render<VideosPage>().Find(".empty").TextContent.ShouldContain("Nothing found for “lamp”");
    }

    [Fact]
    public async Task what_is_searched_stands_in_the_address_beside_the_state()
    {
        Navigation.NavigateTo("/videos?state=Failed");
        var search = Render<VideosPage>().FindComponent<MudTextField<string>>();

        await search.InvokeAsync(() => search.Instance.ValueChanged.InvokeAsync(" blue mug "));
        new Uri(Navigation.Uri).Query.ShouldBe("?state=Failed&q=blue%20mug");
        await search.InvokeAsync(() => search.Instance.ValueChanged.InvokeAsync(" "));
        new Uri(Navigation.Uri).Query.ShouldBe("?state=Failed");
    }

    [Fact]
    public void without_videos_the_page_leads_to_the_products() =>
        Render<VideosPage>().Find(".empty a").GetAttribute("href").ShouldBe("/");

    [Fact]
    public async Task a_row_follows_its_video()
    {
        var ordered = await Pipeline.OrderAsync();
        var page = Render<VideosPage>();

        await Generations.CancelAsync(ordered.Id, "merchant", CancellationToken.None);
        await Pipeline.AdvanceAsync(ordered.Id);

        page.WaitForAssertion(() => page.Find("[data-testid=state]").TextContent.Trim().ShouldBe("Cancelled"));
    }

    [Fact]
    public async Task what_waits_for_a_look_is_offered_however_many_newer_ones_are_being_made()
    {
        Render<VideosPage>().FindAll("[data-testid=review]").ShouldBeEmpty();
        var page = Render<VideosPage>();
        var review = await ForReviewAsync();
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 30; i++)
            await Pipeline.OrderAsync(VideoWishes.None with { Wish = $"wish {i}" });

        Pipeline.Get<GenerationChanges>().Tell(review.Id);
        page.WaitForElement("[data-testid=review]").GetAttribute("href").ShouldBe("/review");
        page.WaitForAssertion(() => page.Markup.ShouldNotContain($"{review.Id}"));
        Navigation.NavigateTo("/videos?state=Failed");
        Render<VideosPage>().FindAll("[data-testid=review]").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task videos_that_come_while_the_page_is_open_leave_the_earlier_ones_within_reach()
    {
        var first = await Pipeline.OrderAsync();
        var page = Render<VideosPage>();
        for (var i = 0; i < 30; i++)
            await Pipeline.OrderAsync(VideoWishes.None with { Wish = $"wish {i}" });
        Pipeline.Get<GenerationChanges>().Tell(first.Id);

        page.WaitForAssertion(() => page.FindAll("[data-testid=video-row]").Count.ShouldBe(30));
        await page.Find(".more button").ClickAsync();
        page.FindAll("[data-testid=video-row]").Select(row => row.GetAttribute("href")).ShouldContain($"/videos/{first.Id}");
    }
}
