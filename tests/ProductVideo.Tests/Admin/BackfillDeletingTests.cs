using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Backfills;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class BackfillDeletingTests : BackfillPages
{
    [Fact]
    public async Task deleting_asks_says_what_goes_and_leads_to_the_others_of_the_shop()
    {
        var quoted = await QuotedAsync();
        var dialogs = Dialogs();
        var deleting = PageOf(quoted).Find("[data-testid=delete]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").TextContent.Trim().ShouldBe("Delete the backfill");
        dialogs.Find(".dialog-text").TextContent.ShouldBe("It ordered nothing and cost nothing. What it was to make, its price and its list go for good.");
        (await Desk.FindAsync(quoted.Id, CancellationToken.None)).ShouldNotBeNull();
        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await deleting;

        (await Desk.FindAsync(quoted.Id, CancellationToken.None)).ShouldBeNull();
        Navigation.Uri.ShouldEndWith("/backfills?shop=test");
        Services.GetRequiredService<BunitNavigationManager>().History.First().Options.ReplaceHistoryEntry.ShouldBeTrue("the way back would lead to what is gone");
    }

    [Fact]
    public async Task who_thinks_better_of_it_keeps_it()
    {
        var quoted = await QuotedAsync();
        var dialogs = Dialogs();
        var deleting = PageOf(quoted).Find("[data-testid=delete]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        await dialogs.FindAll("button").First(button => button.TextContent.Trim() == "Back").ClickAsync();
        await deleting;
        (await Desk.FindAsync(quoted.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_page_that_shows_it_elsewhere_says_that_it_is_gone(bool isMoving)
    {
        var shown = isMoving ? await Desk.QuoteAsync((await WriteDownAsync()).Id, CancellationToken.None) : await QuotedAsync();
        var page = PageOf(shown);
        page.FindAll("[data-testid=delete]").Count.ShouldBe(1);
        await Desk.DeleteAsync(shown.Id, CancellationToken.None);
        Tick();

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("This backfill was deleted just now. It had ordered nothing."));
        page.FindAll("[data-testid=actions]").ShouldBeEmpty();
        page.Find("a.back").GetAttribute("href").ShouldBe("/backfills?shop=test");
    }

    [Fact]
    public async Task one_that_is_gone_already_is_told_to_whoever_presses_at_that_moment()
    {
        var quoted = await QuotedAsync();
        var page = PageOf(quoted);
        await Desk.DeleteAsync(quoted.Id, CancellationToken.None);
        await page.Find("[data-testid=price-again]").ClickAsync();
        page.Find("[role=alert]").TextContent.ShouldContain("It may have been deleted");
    }

    [Fact]
    public async Task what_may_order_or_has_ordered_has_no_button_and_what_ended_before_has()
    {
        var started = await StartedAsync();
        PageOf(started).FindAll("[data-testid=delete]").ShouldBeEmpty();
        var cancelled = await Desk.CancelAsync((await QuotedAsync()).Id, "merchant", CancellationToken.None);
        PageOf(cancelled).FindAll("[data-testid=delete]").Count.ShouldBe(1);

        await WorkAsync();
        await Desk.CancelAsync(started.Id, "merchant", CancellationToken.None);
        PageOf(started).FindAll("[data-testid=delete]").ShouldBeEmpty();
    }

    [Fact]
    public async Task the_page_of_one_that_was_not_started_follows_another_browser()
    {
        var quoted = await QuotedAsync();
        var page = PageOf(quoted);
        await Desk.StartAsync(quoted.Id, quoted.Quote!.Prices, "somebody else", CancellationToken.None);
        Tick();
        page.WaitForAssertion(() => page.Find("[data-testid=backfill-state]").GetAttribute("data-state").ShouldBe(nameof(BackfillState.Running)));
    }

    private IRenderedComponent<BackfillPage> PageOf(Backfill backfill) => Render<BackfillPage>(with => with.Add(p => p.Id, backfill.Id));
}
