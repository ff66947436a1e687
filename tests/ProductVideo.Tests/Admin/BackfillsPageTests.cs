using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Backfills;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class BackfillsPageTests : BackfillPages
{
    private TimeSpan _behind;

    [Fact]
    public void without_any_the_page_says_what_a_backfill_is() =>
        Render<BackfillsPage>().Find("[data-testid=no-backfills]").TextContent.ShouldContain("makes videos of many products as one order");

    [Fact]
    public async Task the_catalogue_stands_in_one_line_and_can_be_gone_through_again()
    {
        Stock(4);
        await IndexAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = Render<BackfillsPage>();
        var line = page.Find("[data-testid=catalogue]");
        line.TextContent.ShouldContain("5 products");
        line.TextContent.ShouldContain("5 have no video");
        line.TextContent.ShouldContain("Gone through 20 minutes ago");
        line.QuerySelector("a")!.GetAttribute("href").ShouldBe("/?shop=test&needs=video");

        Pipeline.Shop.Products.Remove("p003");
        await page.Find("[data-testid=scan]").ClickAsync();
        page.Find("[data-testid=catalogue]").TextContent.ShouldContain("Being gone through now");
        await IndexAsync();
        Tick();
        page.WaitForAssertion(() => page.Find("[data-testid=catalogue]").TextContent.ShouldContain("4 products"));
        page.FindAll("[data-testid=scan]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task that_it_was_gone_through_is_seen_though_the_databases_clock_is_behind_this_servers()
    {
        _behind = TimeSpan.FromHours(1);
        await IndexAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = Render<BackfillsPage>();
        await page.Find("[data-testid=scan]").ClickAsync();
        page.Find("[data-testid=catalogue]").TextContent.ShouldContain("Being gone through now");
        await IndexAsync();
        Tick();
        page.WaitForAssertion(() => page.FindAll("[data-testid=scan]").Count.ShouldBe(1));
    }

    [Fact]
    public async Task a_shop_whose_products_can_not_be_gone_through_says_why_wherever_they_are_waited_for()
    {
        Pipeline.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        await IndexAsync();
        var page = Render<BackfillsPage>();
        page.Find("[data-testid=catalogue]").TextContent.ShouldContain("never gone through");
        page.Find("[data-testid=scan-problem]").TextContent.ShouldBe("The shop is away.");

        Navigation.NavigateTo("/?needs=any");
        var lacking = Render<ProductVideo.Admin.Products.ProductsPage>().WaitForElement("[data-testid=none-lacking]");
        lacking.TextContent.ShouldContain("The shop is away.");
        lacking.TextContent.ShouldNotContain("Come back in a moment");

        var made = await WriteDownAsync();
        await Desk.QuoteAsync(made.Id, CancellationToken.None);
        await WorkAsync();
        var why = Render<BackfillPage>(with => with.Add(p => p.Id, made.Id)).Find("[data-testid=waits-why]").TextContent;
        why.ShouldContain("The shop is away.");
        why.ShouldNotContain("for the first time");

        Pipeline.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "It is still away.", "503"));
        await page.Find("[data-testid=scan]").ClickAsync();
        await IndexAsync();
        Tick();
        page.WaitForAssertion(() => page.Find("[data-testid=scan-problem]").TextContent.ShouldBe("It is still away."));
        page.Find("[data-testid=catalogue]").TextContent.ShouldNotContain("Being gone through now");

        await page.Find("[data-testid=scan]").ClickAsync();
        await IndexAsync();
        Tick();
        page.WaitForAssertion(() => page.FindAll("[data-testid=scan-problem]").ShouldBeEmpty());
    }

    [Fact]
    public async Task a_row_tells_state_count_price_and_leads_to_its_page()
    {
        Stock(1);
        var quoted = await QuotedAsync();
        var row = Render<BackfillsPage>().Find("[data-testid=backfill-row]");

        row.GetAttribute("href").ShouldBe($"/backfills/{quoted.Id}");
        row.QuerySelector("[data-testid=backfill-state]")!.TextContent.ShouldBe("Waits for your word");
        row.TextContent.ShouldContain($"2 videos for {BackfillLabels.Sum(quoted.Quote!.Prices)}");
    }

    [Fact]
    public async Task backfills_that_come_while_the_page_is_open_leave_the_earlier_ones_within_reach()
    {
        var started = await StartedAsync();
        var page = Render<BackfillsPage>();
        for (var i = 0; i < 20; i++)
            await WriteDownAsync();

        Tick();
        page.WaitForAssertion(() => page.FindAll("[data-testid=backfill-row]").Count.ShouldBe(20));
        await page.Find(".more button").ClickAsync();
        page.FindAll("[data-testid=backfill-row]").Select(row => row.GetAttribute("href")).ShouldContain($"/backfills/{started.Id}");
    }

    [Fact]
    public async Task a_running_one_shows_how_far_it_is()
    {
        await StartedAsync();
        var page = Render<BackfillsPage>();
        page.Find("[data-testid=backfill-progress]").GetAttribute("aria-valuetext").ShouldBe("0 of 1 video · 0 %");
    }

    [Fact]
    public async Task a_schedule_shows_its_next_time_and_its_runs_stand_on_its_own_page()
    {
        var quoted = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } });
        await Desk.StartAsync(quoted.Id, [new Money(50, "USD")], "merchant", CancellationToken.None);
        Pipeline.Clock.Advance(TimeSpan.FromHours(14));
        await WorkAsync();
        var page = Render<BackfillsPage>();

        var row = page.FindAll("[data-testid=backfill-row]").ShouldHaveSingleItem();
        row.TextContent.ShouldContain("Every night at 02:00 · next 24 Nov 2026, 02:00 (UTC)");
        var schedule = Render<BackfillPage>(with => with.Add(p => p.Id, quoted.Id));
        schedule.FindAll("[data-testid=backfill-row]").ShouldHaveSingleItem().GetAttribute("data-backfill").ShouldNotBe($"{quoted.Id}");
    }

    [Fact]
    public async Task a_run_that_waits_for_a_word_is_seen_on_its_schedule()
    {
        var mug = Pipeline.Shop.Products["mug"];
        Pipeline.Shop.Products.Clear();
        var quoted = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } });
        await Desk.StartAsync(quoted.Id, [], "merchant", CancellationToken.None);
        Pipeline.Shop.Products["mug"] = mug;
        Pipeline.Clock.Advance(TimeSpan.FromHours(14));
        await Pipeline.Get<ProductVideo.Changes.WatchedShops>().ScanNowAsync("test", CancellationToken.None);
        await IndexAsync();
        await WorkAsync();

        Render<BackfillsPage>().Find("[data-testid=backfill-row] .error").TextContent.ShouldBe("Its last run waits for your word.");
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: quoted.Id), CancellationToken.None)).ShouldHaveSingleItem();
        var page = Render<BackfillPage>(with => with.Add(p => p.Id, run.Id));
        page.Find("[data-testid=waits-why]").TextContent.ShouldContain("and nothing was agreed for each run");
        page.Find("[data-testid=start]").ShouldNotBeNull();
    }

    [Fact]
    public void a_shop_that_is_nobodys_is_told()
    {
        Navigation.NavigateTo("/backfills?shop=elsewhere");
        Render<BackfillsPage>().Find("[role=alert]").TextContent.ShouldContain("There is no shop “elsewhere” here.");
    }

    internal override void AddTo(IServiceCollection services) =>
        services.AddSingleton<IDatabaseClock>(provider => new OtherClock(provider.GetRequiredService<TimeProvider>(), () => _behind));

    private sealed class OtherClock(TimeProvider server, Func<TimeSpan> behind) : IDatabaseClock
    {
        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(server.GetUtcNow() - behind());
    }
}
